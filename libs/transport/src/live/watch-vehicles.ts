/** What can be wrong with a vehicle. */
export const VEHICLE_TROUBLES = [
  'unknown',
  'no_order',
  'missing',
  'silent',
  'stuck',
  'off_route',
  'wrong_line',
  'bunched',
] as const;
export type VehicleTrouble = (typeof VEHICLE_TROUBLES)[number];

/** Something that is wrong with a vehicle, since when, and in words. */
export interface VehicleWatch {
  readonly vehicle: string;
  readonly trouble: VehicleTrouble;
  readonly since_ms: number;
  readonly text: string;
}

/** A vehicle as it was heard. */
export interface WatchedVehicle {
  readonly vehicle: string;
  /** It is of the fleet. */
  readonly isKnown: boolean;
  readonly heard_ms: number;
  /** Between two of its positions, s of event time: at a clock that runs fast they are minutes apart. */
  readonly interval_s: number;
  /** Since when it is where it is, and how many positions say so. */
  readonly standing?: { readonly since_ms: number; readonly positions: number };
  /** Since when it is away from its pattern, how far, and how many positions say so. */
  readonly off?: { readonly since_ms: number; readonly offM: number; readonly positions: number };
  /** The trip that it is on. */
  readonly trip?: {
    readonly line: string;
    readonly since_ms: number;
    /** It was told to drive it. */
    readonly isOrdered: boolean;
    /** The line that it was told to be on instead. */
    readonly orderedLine?: string;
  };
  /** It stands at a stop of its trip; `isTerminal`: the first or last. */
  readonly atStop?: { readonly isTerminal: boolean };
  /** To the vehicle ahead, and what is planned, s. */
  readonly headway?: { readonly ahead_s: number; readonly target_s: number; readonly front: string };
}

/** A trip that should be under way. */
export interface DueTrip {
  readonly vehicle: string;
  readonly line: string;
  readonly departs_ms: number;
  readonly ends_ms: number;
}

export interface WatchInputs {
  readonly now: number;
  readonly vehicles: readonly WatchedVehicle[];
  /** Ordered trips that have departed. */
  readonly due: readonly DueTrip[];
  /** Since when anybody listens, ms: before that nothing could be heard. */
  readonly listening_ms: number;
}

/** How long something lasts before it is trouble, s of event time; never less than three positions. */
const PATIENCE_S = {
  unknown: 0,
  no_order: 180,
  missing: 300,
  silent: 120,
  stuck: 300,
  stuckAtStop: 900,
  off_route: 120,
  wrong_line: 120,
  bunched: 180,
} as const;
const LEAST_POSITIONS = 3;
/** Between two of a vehicle's positions, with room for lost ones. */
const SILENT_INTERVALS = 5;
const BUNCHED_SHARE = 0.25;
const MOST_WATCHES = 2_000;

/**
 * What is wrong with vehicles now. What was wrong before keeps its beginning. A fleet of which no position comes at all is not watched: it may have no units that
 * say where they are.
 */
export const watchVehicles = (before: readonly VehicleWatch[], inputs: WatchInputs): readonly VehicleWatch[] => {
  const since = new Map(before.map(({ vehicle, trouble, since_ms }) => [`${trouble} ${vehicle}`, since_ms]));
  const found = [...inputs.vehicles.flatMap((one) => troublesOf(one, inputs.now)), ...missing(inputs)];
  return found.slice(0, MOST_WATCHES).flatMap((watch) => {
    const began = Math.min(since.get(`${watch.trouble} ${watch.vehicle}`) ?? watch.since_ms, watch.since_ms);
    return [{ ...watch, since_ms: began }];
  });
};

/** Bunching is judged over time: it is noted at once, and shown when it lasts. */
export const lastingWatches = (watches: readonly VehicleWatch[], now: number): readonly VehicleWatch[] =>
  watches.filter(({ trouble, since_ms }) => trouble !== 'bunched' || now - since_ms >= PATIENCE_S.bunched * 1000);

const minutes = (ms: number): string => `${Math.max(1, Math.round(ms / 60_000))} min`;

const troublesOf = (one: WatchedVehicle, now: number): readonly VehicleWatch[] => {
  const { vehicle, trip, isKnown, heard_ms, interval_s } = one;
  const lasts = (since_ms: number, limit_s: number): boolean =>
    heard_ms - since_ms >= Math.max(limit_s, (LEAST_POSITIONS - 1) * interval_s) * 1000;
  const say = (trouble: VehicleTrouble, since_ms: number, text: string): readonly VehicleWatch[] => [
    { vehicle, trouble, since_ms, text },
  ];
  const quiet_ms = now - heard_ms;
  if (quiet_ms > Math.max(PATIENCE_S.silent, SILENT_INTERVALS * interval_s) * 1000)
    return trip
      ? say('silent', heard_ms, `${vehicle} says nothing since ${minutes(quiet_ms)}, on line ${trip.line}.`)
      : [];
  if (!isKnown) return say('unknown', heard_ms, `${vehicle} sends positions and is no vehicle of the fleet.`);
  return [...onTrip(one, lasts, say), ...inTraffic(one, lasts, say)];
};

type Lasts = (since_ms: number, limit_s: number) => boolean;
type Say = (trouble: VehicleTrouble, since_ms: number, text: string) => readonly VehicleWatch[];

const onTrip = ({ vehicle, trip, off }: WatchedVehicle, lasts: Lasts, say: Say): readonly VehicleWatch[] => {
  if (!trip) return [];
  const isElsewhere = trip.orderedLine !== undefined && trip.orderedLine !== trip.line;
  const isOff = off && off.positions >= LEAST_POSITIONS && lasts(off.since_ms, PATIENCE_S.off_route);
  return [
    ...(isElsewhere && lasts(trip.since_ms, PATIENCE_S.wrong_line)
      ? say(
          'wrong_line',
          trip.since_ms,
          `${vehicle} drives on line ${trip.line}; its order is line ${trip.orderedLine}.`,
        )
      : []),
    ...(!trip.isOrdered && trip.orderedLine === undefined && lasts(trip.since_ms, PATIENCE_S.no_order)
      ? say('no_order', trip.since_ms, `${vehicle} drives on line ${trip.line} without an order.`)
      : []),
    ...(isOff
      ? say('off_route', off.since_ms, `${vehicle} is ${Math.round(off.offM)} m off the way of line ${trip.line}.`)
      : []),
  ];
};

const inTraffic = (
  { vehicle, heard_ms, trip, standing, atStop, headway, off }: WatchedVehicle,
  lasts: Lasts,
  say: Say,
): readonly VehicleWatch[] => {
  if (!trip) return [];
  const limit_s = atStop ? PATIENCE_S.stuckAtStop : PATIENCE_S.stuck;
  const isStuck =
    standing &&
    atStop?.isTerminal !== true &&
    standing.positions >= LEAST_POSITIONS &&
    lasts(standing.since_ms, limit_s);
  const isBunched = headway && !off && headway.ahead_s < BUNCHED_SHARE * headway.target_s;
  return [
    ...(isStuck
      ? say(
          'stuck',
          standing.since_ms,
          `${vehicle} has not moved on line ${trip.line}${atStop ? ' from a stop' : ', away from any stop'}.`,
        )
      : []),
    ...(isBunched
      ? say(
          'bunched',
          heard_ms,
          `${vehicle} is ${Math.round(headway.ahead_s)} s behind ${headway.front} where ${minutes(headway.target_s * 1000)} are planned.`,
        )
      : []),
  ];
};

/** Ordered trips whose vehicle nobody has heard of since. */
const missing = ({ now, vehicles, due, listening_ms }: WatchInputs): readonly VehicleWatch[] => {
  const fleet = vehicles.filter(({ isKnown }) => isKnown);
  if (fleet.length === 0) return [];
  const heard = new Map(fleet.map((one) => [one.vehicle, one]));
  const typical_s = median(fleet.map(({ interval_s }) => interval_s));
  const patience_ms = Math.max(PATIENCE_S.missing, SILENT_INTERVALS * typical_s) * 1000;
  return due.flatMap(({ vehicle, line, departs_ms, ends_ms }): readonly VehicleWatch[] => {
    const from = Math.max(departs_ms, listening_ms);
    const isOver = now > ends_ms + patience_ms;
    const one = heard.get(vehicle);
    // One that fell silent on its trip is told as that.
    const isHeard = one !== undefined && (one.heard_ms >= now - patience_ms || one.trip !== undefined);
    if (isOver || isHeard || now - from < patience_ms) return [];
    const text = `${vehicle} was to leave on line ${line} ${minutes(now - departs_ms)} ago, and nothing is heard of it.`;
    return [{ vehicle, trouble: 'missing', since_ms: departs_ms, text }];
  });
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
