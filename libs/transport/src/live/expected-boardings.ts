import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem, PatternProblem, Ride } from '../problem/problem.js';
import type { OrderedTrip, PatternTimes } from './trip-plan.js';

/** People whom plans expect to board: by pattern and slot of departure, then by call, for each vehicle that leaves in it. */
export interface ExpectedBoardings {
  /** Slots of all plans begin at whole ones from here. */
  readonly origin_ms: number;
  readonly slotMs: number;
  /** By pattern, then by the start of the departure's slot, ms, then by `callName`. */
  readonly trips: ReadonlyMap<string, ReadonlyMap<number, ReadonlyMap<string, number>>>;
}

type PlannedBoardings = Pick<DispatchPlan, 'boardings' | 'departures'>;

/** What an older plan said of a trip is kept so long after its departure: a late vehicle still has to make calls that newer plans take for made. */
const KEEP_MS = 3 * 3_600_000;

/** A stop and how often the pattern called there before: patterns that leave a stop out agree on what is left. */
export const callName = (stops: readonly { readonly stop: string }[], call: number): string => {
  const stop = stops[call]?.stop ?? '';
  return `${stop} ${stops.slice(0, call).filter((one) => one.stop === stop).length}`;
};

/**
 * What a plan expects, in place of what was expected `before` of calls within its horizon. Of calls that it takes for made the last word stands, so that a vehicle that is
 * late for them still has its people. Vehicles that leave on a pattern in the same slot share its people evenly.
 */
export const expectBoardings = (
  { grid, patterns, rides, under_way }: Pick<DispatchProblem, 'grid' | 'patterns' | 'rides' | 'under_way'>,
  { boardings, departures }: PlannedBoardings,
  before?: ExpectedBoardings,
): ExpectedBoardings => {
  const known = new Map(patterns.map((pattern) => [pattern.pattern, pattern]));
  const vehicles = new Map<string, number>();
  const add = (sums: Map<string, number>, key: string, value: number): void =>
    void sums.set(key, (sums.get(key) ?? 0) + value);
  for (const { pattern, slot } of under_way) add(vehicles, tripKey(pattern, slot), 1);
  for (const { pattern, departs_ms } of departures) {
    const slot = Math.floor((departs_ms - grid.start) / grid.slotMs);
    if (slot >= 0) add(vehicles, tripKey(pattern, slot), 1);
  }
  const people = new Map<string, number>();
  for (const { ride, pattern, slot, people: some } of boardings) {
    const call = boardingCall(known.get(pattern), rides[ride]);
    if (call !== undefined) add(people, `${tripKey(pattern, slot)} ${call}`, some);
  }
  const trips = new Map<string, Map<number, ReadonlyMap<string, number>>>();
  const put = (pattern: string, slotStart: number, calls: ReadonlyMap<string, number>): void => {
    const slots = trips.get(pattern) ?? new Map<number, ReadonlyMap<string, number>>();
    trips.set(pattern, slots.set(slotStart, calls));
  };
  for (const [pattern, slots] of before?.trips ?? [])
    for (const [slotStart, calls] of slots)
      if (slotStart < grid.start && slotStart > grid.start - KEEP_MS) put(pattern, slotStart, calls);
  for (const [key, count] of vehicles) {
    const { pattern, slot } = readTripKey(key);
    const way = known.get(pattern);
    if (!way) continue;
    const slotStart = grid.start + slot * grid.slotMs;
    const calls = new Map(trips.get(pattern)?.get(slotStart));
    for (const [call, { offset_slots }] of way.stops.entries()) {
      const at = slot + offset_slots;
      if (at >= 0 && at < grid.count) calls.set(callName(way.stops, call), (people.get(`${key} ${call}`) ?? 0) / count);
    }
    put(pattern, slotStart, calls);
  }
  return { origin_ms: grid.start, slotMs: grid.slotMs, trips };
};

/** Of a trip at a call of its timetable; undefined where no plan says anything. */
export const boardingsAt = (
  { origin_ms, slotMs, trips }: ExpectedBoardings,
  { pattern, departs_ms }: Pick<OrderedTrip, 'pattern' | 'departs_ms'>,
  times: PatternTimes,
  call: number,
): number | undefined => {
  const slotStart = origin_ms + Math.floor((departs_ms - origin_ms) / slotMs) * slotMs;
  return trips.get(pattern)?.get(slotStart)?.get(callName(times, call));
};

const tripKey = (pattern: string, slot: number): string => `${slot} ${pattern}`;
const readTripKey = (key: string): { readonly pattern: string; readonly slot: number } => {
  const space = key.indexOf(' ');
  return { pattern: key.slice(space + 1), slot: Number(key.slice(0, space)) };
};

/** The call at which a ride's people board a pattern: where the way to their stop is shortest. */
const boardingCall = (pattern: PatternProblem | undefined, ride: Ride | undefined): number | undefined => {
  if (!pattern || !ride) return undefined;
  const { stops } = pattern;
  return stops
    .flatMap(({ stop, offset_slots }, call) => {
      const to = stop === ride.from_stop ? stops.find((one, at) => at > call && one.stop === ride.to_stop) : undefined;
      return to ? [{ call, slots: to.offset_slots - offset_slots }] : [];
    })
    .reduce<{ readonly call: number; readonly slots: number } | undefined>(
      (best, one) => (best && best.slots <= one.slots ? best : one),
      undefined,
    )?.call;
};
