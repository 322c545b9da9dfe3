import { MINUTE_MS } from '#libs/kernel';
import type { VehicleState } from './follow-vehicle.js';
import { headwaysOf, type HeadwayPattern, type HeadwayVehicle } from './headways.js';
import { type LivePattern, type OrderedTrip, scheduledPace } from './trip-plan.js';

/** Gaps of the vehicles under way on a pattern. */
export interface PatternHeadways {
  readonly pattern: string;
  readonly line: string;
  readonly gaps: readonly { readonly vehicle: string; readonly ahead_s: number }[];
  /** The vehicle before each one. */
  readonly front: ReadonlyMap<string, string | undefined>;
  readonly target_s?: number;
  /** Absent where positions come too seldom, or nobody planned a headway. */
  readonly control?: HeadwayPattern;
}

export interface LiveHeadwayInputs {
  /** Vehicles on a trip, heard lately. */
  readonly states: readonly VehicleState[];
  /** Trips of all vehicles. */
  readonly orders: readonly OrderedTrip[];
  readonly patternOf: (pattern: string) => LivePattern | undefined;
  readonly fleet: ReadonlyMap<string, number>;
  /** When a vehicle last left each stop of a pattern: `<pattern> <stop>`; and when the last one reached the end of each pattern. */
  readonly lastLeft: ReadonlyMap<string, number>;
  readonly lastArrivals: ReadonlyMap<string, number>;
  readonly hasBay: (stop: string) => boolean;
  readonly now: number;
}

/** Orders that tell the planned headway. */
const HEADWAY_WINDOW = { before: 45 * MINUTE_MS, after: 30 * MINUTE_MS };
/** Positions must come so many times in a headway before anybody is told what to do about it. */
const FIXES_PER_HEADWAY = 8;

/** Of every pattern with a vehicle under way. */
export const listHeadways = (inputs: LiveHeadwayInputs): readonly PatternHeadways[] => {
  const byPattern = new Map<string, VehicleState[]>();
  for (const state of inputs.states) {
    const { trip } = state;
    if (!trip?.matched || trip.isDone || trip.off) continue;
    const { pattern } = trip.trip;
    byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), state]);
  }
  return [...byPattern].flatMap(([pattern, states]): readonly PatternHeadways[] => {
    const live = inputs.patternOf(pattern);
    return live ? [headwaysOn(live, states, inputs)] : [];
  });
};

const headwaysOn = (
  live: LivePattern,
  states: readonly VehicleState[],
  { orders, fleet, lastLeft, lastArrivals, hasBay, now }: LiveHeadwayInputs,
): PatternHeadways => {
  const { pattern, line, stops } = live.path;
  const planned = orders
    .filter((trip) => trip.pattern === pattern)
    .map(({ departs_ms }) => departs_ms)
    .sort((a, b) => a - b);
  const target_s = plannedHeadway(planned, now);
  const next = planned.find((at) => at > now);
  const arrived = lastArrivals.get(pattern);
  const control: HeadwayPattern = {
    pattern,
    vehicles: states.map((state) => headwayVehicle(state, fleet, lastLeft)),
    target_s: target_s ?? Infinity,
    paceMps: scheduledPace(live),
    ...(next !== undefined && { nextDeparture_s: (next - now) / 1000 }),
    ...(arrived !== undefined && { lastArrival_s: (now - arrived) / 1000 }),
    lastStop: stops.length - 1,
    hasBay: (stop) => stop === 0 || hasBay(stops[stop]?.stop ?? ''),
  };
  const inOrder = headwaysOf(control);
  const slowest_s = Math.max(...states.map(({ interval_s }) => interval_s));
  const isSeenOften = target_s !== undefined && slowest_s > 0 && slowest_s * FIXES_PER_HEADWAY <= target_s;
  return {
    pattern,
    line,
    gaps: inOrder.flatMap(({ vehicle, ahead_s }) =>
      ahead_s === undefined ? [] : [{ vehicle: vehicle.vehicle, ahead_s: Math.round(ahead_s) }],
    ),
    front: new Map(inOrder.map(({ vehicle }, index) => [vehicle.vehicle, inOrder[index - 1]?.vehicle.vehicle])),
    ...(target_s !== undefined && { target_s }),
    ...(isSeenOften && { control }),
  };
};

const headwayVehicle = (
  { report, trip }: VehicleState,
  fleet: ReadonlyMap<string, number>,
  lastLeft: ReadonlyMap<string, number>,
): HeadwayVehicle => {
  const capacity = fleet.get(report.vehicle);
  const { progressM = 0, nextStop = 0, atStop = false } = trip?.matched ?? {};
  const left = atStop ? lastLeft.get(`${trip?.trip.pattern ?? ''} ${nextStop}`) : undefined;
  return {
    vehicle: report.vehicle,
    progressM,
    nextStop,
    departs_ms: report.ts,
    ...(left !== undefined && left < report.ts && { sinceLast_s: (report.ts - left) / 1000 }),
    ...(report.occupancy !== null && { aboard: report.occupancy }),
    ...(capacity !== undefined && { capacity }),
  };
};

/** Mean of the gaps between departures planned around now; undefined with fewer than two. */
const plannedHeadway = (planned: readonly number[], now: number): number | undefined => {
  const around = planned.filter((at) => at > now - HEADWAY_WINDOW.before && at <= now + HEADWAY_WINDOW.after);
  const [first, last] = [around[0], around.at(-1)];
  return first === undefined || last === undefined || last === first
    ? undefined
    : (last - first) / 1000 / (around.length - 1);
};
