import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import type { DispatchProblem } from '#libs/transport';

import { driveTimetable } from './timetable.js';

/** Two lines with a departure every second slot; a vehicle is away for four slots. */
const problem = (vehicles: number): DispatchProblem => ({
  grid: { start: epochMs(0), slotMs: 300_000, count: 8 },
  currency: 'USD',
  patterns: ['A', 'B'].map((line) => ({
    line,
    pattern: `${line}-1`,
    seats: 40,
    cycle_slots: 4,
    stops: [],
    scheduled: [1, 0, 1, 0, 1, 0, 1, 0],
    least: [],
  })),
  demand: [],
  vehicles: Array.from({ length: vehicles }, (_, index) => `bus-${index}`),
  ready_slot: {},
  under_way: [],
  waiting_cost_per_hour: 1,
  vehicle_cost_per_hour: 1,
});
const slotsOf = (vehicles: number, pattern: number) =>
  driveTimetable(problem(vehicles)).flatMap((departure) => (departure.pattern === pattern ? [departure.slot] : []));

describe('the timetable without a planner', () => {
  it('is driven as it stands where there are vehicles enough', () => {
    expect(slotsOf(4, 0)).toEqual([0, 2, 4, 6]);
    expect(slotsOf(4, 1)).toEqual([0, 2, 4, 6]);
  });

  it('loses departures, not a line, where there are too few', () => {
    // The last one waits for a vehicle: no other is due after it.
    expect(slotsOf(2, 0)).toEqual([0, 4, 8]);
    expect(slotsOf(2, 1)).toEqual([0, 4, 8]);
  });

  it('never drives a vehicle twice at a time', () => {
    const starts = driveTimetable(problem(3)).map(({ slot }) => slot);
    for (let slot = 0; slot < 12; slot++) {
      expect(starts.filter((start) => start <= slot && slot < start + 4).length).toBeLessThanOrEqual(3);
    }
    expect(starts.length).toBeGreaterThan(4);
  });
});
