import { type EpochMs, floorTo, MINUTE_MS } from '#libs/kernel';
import { USUAL_DRIVING } from '../shuttle-day/driving.js';
import { Streams } from './streams.js';

/**
 * How a simulated day differs from what planners expect, at a mismatch of 1; at 0 not at all, at 2 by twice as much. Standard deviations are of logarithms.
 * Assumed, in the order of what is published: bus running times TCQSM (TCRP 165, 2013) chapter 5; short-term load forecasts of buildings 3 to 8 % (GEFCom2014).
 */
export const MISMATCH = {
  /** People of a venue on a day. */
  attendance: 0.1,
  /** Driving time of a leg, as good or bad for five minutes. */
  driving: 0.12,
  /** Load of a site on a day, and in a quarter of an hour. */
  load_day: 0.04,
  load_quarter: 0.03,
  /** Sun on a day. */
  sun_day: 0.2,
  /** Of vehicles, those that break down on a day, and for how long. */
  broken_share: 1 / 40,
  broken_ms: 40 * MINUTE_MS,
  /** Energy of an electric vehicle by km, on a day. */
  consumption: 0.1,
  /** Of a standby generator's starts, those that come to nothing: IEEE 493-2007 (Gold Book). */
  start_fails: 0.0135,
} as const;

const ROAD_MS = 5 * MINUTE_MS;
const QUARTER_MS = 15 * MINUTE_MS;
/** A call in a timetable, s. */
const USUAL_CALL_S = 30;

/** What chance and error make of a day. */
export interface World {
  /** People who pass a counter in a minute, of a mean. */
  people(venue: string, point: string, minute: EpochMs, mean: number): number;
  /** How often as long as in the timetable a leg of a pattern takes. */
  drivingRatio(pattern: string, call: number, at: EpochMs): number;
  /** Seconds that a call takes longer than in the timetable. */
  longerCallS(alighting: number, boarding: number): number;
  loadRatio(venue: string, at: EpochMs): number;
  sunRatio(venue: string): number;
  /** What a vehicle takes by km, of what its type does in the mean. */
  consumptionRatio(vehicle: string): number;
  /** Whether a generator does not start, by the number of the start. */
  startFails(generator: string, start: number): boolean;
  /** When a vehicle breaks down in a day of so many ms; undefined: not at all. */
  breakdown(vehicle: string, dayMs: number): { readonly atMs: number; readonly lastsMs: number } | undefined;
}

/** Everything is as expected: for tests that can be counted on paper. */
export const EXPECTED_WORLD: World = {
  people: (_venue, _point, _minute, mean) => mean,
  drivingRatio: () => 1,
  longerCallS: () => 0,
  loadRatio: () => 1,
  sunRatio: () => 1,
  consumptionRatio: () => 1,
  startFails: () => false,
  breakdown: () => undefined,
};

/** One day by chance. Counts are Poisson also where the mismatch is 0: chance is no error of a planner. */
export const drawWorld = (seed: number, mismatch: number): World => {
  const streams = new Streams(seed);
  const { board_s, alight_s, doors_s } = USUAL_DRIVING;
  /** Of mean 1. */
  const around = (spread: number, entity: string, purpose: string, ...places: readonly number[]): number =>
    streams.lognormal(spread, entity, purpose, ...places) / Math.exp(spread ** 2 / 2);
  return {
    people: (venue, point, minute, mean) =>
      streams.poisson(
        mean * around(mismatch * MISMATCH.attendance, venue, 'attendance'),
        `${venue} ${point}`,
        'people',
        minute / MINUTE_MS,
      ),
    drivingRatio: (pattern, call, at) =>
      streams.lognormal(mismatch * MISMATCH.driving, pattern, 'driving', call, floorTo(at, ROAD_MS) / ROAD_MS),
    longerCallS: (alighting, boarding) =>
      mismatch * Math.max(0, doors_s + alighting * alight_s + boarding * board_s - USUAL_CALL_S),
    loadRatio: (venue, at) =>
      around(mismatch * MISMATCH.load_day, venue, 'load') *
      around(mismatch * MISMATCH.load_quarter, venue, 'load', floorTo(at, QUARTER_MS) / QUARTER_MS),
    sunRatio: (venue) => around(mismatch * MISMATCH.sun_day, venue, 'sun'),
    consumptionRatio: (vehicle) => around(mismatch * MISMATCH.consumption, vehicle, 'consumption'),
    startFails: (generator, start) => streams.uniform(generator, 'starts', start) < mismatch * MISMATCH.start_fails,
    breakdown: (vehicle, dayMs) =>
      streams.uniform(vehicle, 'breaks') < mismatch * MISMATCH.broken_share
        ? { atMs: streams.uniform(vehicle, 'breaks at') * dayMs, lastsMs: MISMATCH.broken_ms }
        : undefined,
  };
};
