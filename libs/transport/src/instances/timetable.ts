import type { Random } from '#libs/kernel';
import type { PatternProblem, Ride } from '../problem/problem.js';
import { drawOne, drawWhole } from './draws.js';
import type { Line, Way } from './lines.js';

/** People in a bus as the timetable's makers think of it. */
export const PLANNED_LOAD = 60;
const OFF_PEAK_SLOTS = 4;

/**
 * The line's patterns with their timetable: a headway out of the peak, a denser one in it. `shift` is by how many slots the crowd
 * comes later than the timetable knows.
 */
export const drawPatterns = (
  random: Random,
  line: Line,
  rides: readonly Ride[],
  shift: number,
  slots: number,
): readonly PatternProblem[] => {
  const floor = drawOne(random, 4, 6, 6, 8);
  const timed = (way: Way): PatternProblem => {
    const known = wantedDepartures(rides, way, slots).map((_, slot, all) => all[slot + shift] ?? 0);
    const phase = drawWhole(random, 0, floor - 1);
    return { ...way, scheduled: headways(known), least: floorOf(floor, phase, slots) };
  };
  return [timed(line.out), timed(line.back), ...line.extra];
};

/** Departures a slot that would take everybody who comes for the way, fractional. */
export const wantedDepartures = (rides: readonly Ride[], way: Way, slots: number): readonly number[] => {
  const order = new Map(way.stops.map(({ stop }, place) => [stop, place]));
  const served = rides.filter((ride) => (order.get(ride.from_stop) ?? Infinity) < (order.get(ride.to_stop) ?? -1));
  return Array.from(
    { length: slots },
    (_, slot) => served.reduce((people, { arrivals }) => people + (arrivals[slot] ?? 0), 0) / PLANNED_LOAD,
  );
};

/** Evenly spaced departures, denser in slots that want more. */
const headways = (wanted: readonly number[]): readonly number[] => {
  let [due, left] = [0, 0];
  return wanted.map((value) => {
    due += Math.max(1 / OFF_PEAK_SLOTS, value);
    const now = Math.floor(due) - left;
    left += now;
    return now;
  });
};

/** A departure in every `headway` slots, counted from the start. */
const floorOf = (headway: number, phase: number, slots: number): readonly number[] =>
  Array.from({ length: slots }, (_, slot) => Math.floor((slot + phase) / headway));
