import { add, type Schedule, SHIFT_CODES, SHIFTS } from './schedule.js';

/**
 * An arc of the residual network: one vehicle of a class more here, or one less. `at` is a node (of standing and calling), a trip or a deadhead number;
 * of a shift it is trip x SHIFT_CODES + code, the departure given up and where it goes.
 */
export const Arc = {
  stand: 0,
  standLess: 1,
  trip: 2,
  tripLess: 3,
  deadhead: 4,
  deadheadLess: 5,
  /** A departure moved: the vehicle stands longer or shorter where it leaves, and arrives at another time. */
  shiftArrival: 6,
  /** A departure moved: the vehicle stands longer or shorter where it arrives, and is taken at another time. */
  shiftLeaving: 7,
  call: 8,
  callLess: 9,
  uncalled: 10,
  uncalledLess: 11,
} as const;

export const ARC_BITS = 4;
export const arcCode = (kind: number, at: number): number => (at << ARC_BITS) | kind;

/** Changes a schedule by one arc of a class; `sign` -1 takes it back. */
export const applyArc = (schedule: Schedule, vehicles: number, code: number, sign: 1 | -1): void => {
  const at = code >> ARC_BITS;
  switch (code & 15) {
    case Arc.stand:
      add(schedule.stand[vehicles], at, sign);
      return;
    case Arc.standLess:
      add(schedule.stand[vehicles], at, -sign);
      return;
    case Arc.trip:
      schedule.addTrip(vehicles, at, sign);
      return;
    case Arc.tripLess:
      schedule.addTrip(vehicles, at, -sign);
      return;
    case Arc.deadhead:
      schedule.addDeadhead(vehicles, at, sign);
      return;
    case Arc.deadheadLess:
      schedule.addDeadhead(vehicles, at, -sign);
      return;
    case Arc.call:
      schedule.addCall(vehicles, at, sign);
      return;
    case Arc.callLess:
      schedule.addCall(vehicles, at, -sign);
      return;
    case Arc.uncalled:
      add(schedule.uncalled[vehicles], at, sign);
      return;
    case Arc.uncalledLess:
      add(schedule.uncalled[vehicles], at, -sign);
      return;
    default:
      applyShift(schedule, vehicles, code, sign);
      return;
  }
};

const applyShift = (schedule: Schedule, vehicles: number, code: number, sign: 1 | -1): void => {
  const { slots, patterns } = schedule.compiled.network;
  const at = code >> ARC_BITS;
  const trip = Math.floor(at / SHIFT_CODES);
  const by = SHIFTS[at - trip * SHIFT_CODES] ?? 0;
  const pattern = patterns[Math.floor(trip / slots)];
  if (!pattern) return;
  const slot = trip % slots;
  schedule.addTrip(vehicles, trip, -sign);
  schedule.addTrip(vehicles, trip + by, sign);
  if ((code & 15) === Arc.shiftArrival) addStanding(schedule, vehicles, pattern.from, slot, slot + by, sign);
  else addStanding(schedule, vehicles, pattern.to, slot + by + pattern.busy, slot + pattern.busy, sign);
};

/** One vehicle more that stands in [from, until), or, when `until` is before `from`, one less in [until, from). */
const addStanding = (
  schedule: Schedule,
  vehicles: number,
  place: number,
  from: number,
  until: number,
  sign: 1 | -1,
): void => {
  const { slots, places } = schedule.compiled.network;
  const by = from < until ? sign : -sign;
  const last = Math.min(slots, Math.max(from, until));
  for (let slot = Math.min(from, until); slot < last; slot += 1)
    add(schedule.stand[vehicles], slot * places + place, by);
};

/** Whether what an arc touched is possible: nothing below zero, no limit passed. */
export const isPossible = (schedule: Schedule, vehicles: number, code: number): boolean => {
  const at = code >> ARC_BITS;
  const has = (counts: Int32Array | undefined): boolean => (counts?.[at] ?? 0) >= 0;
  switch (code & 15) {
    case Arc.stand:
    case Arc.standLess:
      return has(schedule.stand[vehicles]);
    case Arc.trip:
    case Arc.tripLess:
      return isTripPossible(schedule, vehicles, at);
    case Arc.deadhead:
    case Arc.deadheadLess:
      return has(schedule.deadheads[vehicles]);
    case Arc.call:
    case Arc.callLess:
      return has(schedule.calls[vehicles]);
    case Arc.uncalled:
    case Arc.uncalledLess:
      return has(schedule.uncalled[vehicles]);
    default:
      return isShiftPossible(schedule, vehicles, code);
  }
};

const isTripPossible = (schedule: Schedule, vehicles: number, trip: number): boolean => {
  const { slots, patterns } = schedule.compiled.network;
  const pattern = patterns[Math.floor(trip / slots)];
  if (!pattern || (schedule.trips[vehicles]?.[trip] ?? 0) < 0) return false;
  const slot = trip % slots;
  return (
    (schedule.departures[trip] ?? 0) <= (pattern.most[slot] ?? 0) &&
    pattern.bayCalls.every(
      ({ bay, offset }) => slot + offset >= slots || (schedule.bayRoom[bay * slots + slot + offset] ?? 0) >= 0,
    )
  );
};

const isShiftPossible = (schedule: Schedule, vehicles: number, code: number): boolean => {
  const { slots, places, patterns } = schedule.compiled.network;
  const at = code >> ARC_BITS;
  const trip = Math.floor(at / SHIFT_CODES);
  const by = SHIFTS[at - trip * SHIFT_CODES] ?? 0;
  const pattern = patterns[Math.floor(trip / slots)];
  if (!pattern || !isTripPossible(schedule, vehicles, trip) || !isTripPossible(schedule, vehicles, trip + by))
    return false;
  const slot = trip % slots;
  const isArrival = (code & 15) === Arc.shiftArrival;
  const place = isArrival ? pattern.from : pattern.to;
  const one = isArrival ? slot : slot + pattern.busy;
  const last = Math.min(slots, Math.max(one, one + by));
  for (let standing = Math.min(one, one + by); standing < last; standing += 1) {
    if ((schedule.stand[vehicles]?.[standing * places + place] ?? 0) < 0) return false;
  }
  return true;
};
