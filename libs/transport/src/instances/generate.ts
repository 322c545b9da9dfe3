import { epochMs, MINUTE_MS, seededRandom } from '#libs/kernel';
import type { DispatchProblem, PatternProblem, StopBays } from '../problem/problem.js';
import { drawRides, GROUPS } from './demand.js';
import { drawBetween } from './draws.js';
import { drawFleet, type FleetSize, VEHICLE_TYPES, wantedFleet } from './fleet.js';
import { deadheadsBetween, drawGeography, drawPlaces, type Geography } from './geography.js';
import { drawLines } from './lines.js';
import { drawSession } from './sessions.js';
import { drawPatterns, wantedDepartures } from './timetable.js';

export interface InstanceSize {
  /** Two-way lines between a hub and a venue, at least 1. Each has a pattern out and one back, some an express or a short turn besides. */
  readonly lines: number;
  /** Slots of five minutes, at least 1. */
  readonly slots: number;
  readonly seed: number;
  /** `tight`: 70 to 80 % of the vehicles that the demand asks for at its busiest; `loose`: 130 %. */
  readonly fleet: FleetSize;
}

/** 2026-02-14T18:00Z: an evening of medal events. */
const START = epochMs(Date.UTC(2026, 1, 14, 18));
const LOOSE = 1.3;

/** A dispatch problem as a large event has it. The same size and seed give the same problem, byte for byte. */
export const generateInstance = ({ lines: count, slots, seed, fleet }: InstanceSize): DispatchProblem => {
  const random = seededRandom(seed);
  const geography = drawGeography(random, count);
  const lines = drawLines(random, geography, count);
  const sessions = new Map(geography.venues.map(({ id }) => [id, drawSession(random, slots)]));
  const planned = lines.map((line) => {
    const session = sessions.get(line.venue.id) ?? { crowd: 0 };
    const share = 1 / lines.filter(({ venue }) => venue === line.venue).length;
    const rides = drawRides(random, line, session, share, slots);
    const shift = session.end ? session.end.slot - session.end.announcedSlot : 0;
    return { line, rides, patterns: drawPatterns(random, line, rides, shift, slots) };
  });
  const patterns = planned.flatMap((each) => each.patterns);
  const rides = planned.flatMap((each) => each.rides);
  const turns = lines.flatMap((line) => line.turns);
  const wanted = wantedFleet(planned, slots);
  const part = fleet === 'tight' ? drawBetween(random, 0.7, 0.8) : LOOSE;
  const { vehicles, underWay } = drawFleet(random, {
    geography,
    patterns,
    count: Math.max(2, Math.round(wanted * part)),
    lines: count,
    slots,
  });
  return {
    grid: { start: START, slotMs: 5 * MINUTE_MS, count: slots },
    currency: 'EUR',
    places: drawPlaces(random, geography, turns),
    vehicle_types: VEHICLE_TYPES,
    vehicles,
    deadheads: deadheadsBetween(geography, turns),
    patterns,
    bays: baysOf(geography, patterns, (pattern) =>
      wantedDepartures(
        rides.filter(({ line }) => line === pattern.line),
        pattern,
        slots,
      ),
    ),
    groups: GROUPS,
    rides,
    under_way: underWay,
    prices: { change_cost: 15, missed_cost: 10, left_wait_slots: 6 },
  };
};

/** Hubs and every second venue have as many bays as vehicles would call there in the busiest slot, but for a tenth. */
const baysOf = (
  { hubs, venues }: Geography,
  patterns: readonly PatternProblem[],
  wantedOf: (pattern: PatternProblem) => readonly number[],
): readonly StopBays[] =>
  [...hubs, ...venues.filter((_, index) => index % 2 === 0)].flatMap(({ id }) => {
    const calling = patterns.filter(({ scheduled, stops }) => scheduled && stops.some(({ stop }) => stop === id));
    // With few lines a hub may have none.
    if (calling.length === 0) return [];
    const calls = calling.map(wantedOf);
    const busiest = Math.max(
      0,
      ...(calls[0] ?? []).map((_, slot) => calls.reduce((sum, wanted) => sum + (wanted[slot] ?? 0), 0)),
    );
    return [{ stop: id, bays: Math.max(2, Math.ceil(0.9 * busiest) + 1) }];
  });
