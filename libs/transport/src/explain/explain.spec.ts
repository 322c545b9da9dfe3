import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { DispatchProblem } from '../problem/problem.js';
import { explainChanges } from './plan-changes.js';
import { sayChange } from './words.js';

const START = Date.UTC(2026, 1, 20, 20);
const names = { timeZone: 'Europe/Rome', line: (id: string) => id, group: () => 'Spectators' };
const none = new Array<number>(24).fill(0);

/** Line C from the stadium; people come in one slot. */
const problemAt = (cameSlot: number, people: number, vehicles = ['bus-1']): DispatchProblem => ({
  grid: { start: epochMs(START), slotMs: 5 * MINUTE_MS, count: 24 },
  currency: 'EUR',
  places: [{ id: 'stadium' }],
  vehicle_types: [{ id: 'bus', seats: 50, standing: 0, accessible: 0, cost_per_hour: 1, cost_per_km: 0 }],
  vehicles: vehicles.map((id) => ({ id, type: 'bus', place: 'stadium', ready_slot: 0 })),
  deadheads: [],
  patterns: [
    { line: 'C', pattern: 'C-1', from_place: 'stadium', to_place: 'stadium', busy_slots: 4, km: 10, stops: [] },
  ],
  bays: [],
  groups: [{ id: 'spectators', waiting_cost_per_hour: 20, late_cost_per_hour: 0 }],
  rides: [
    {
      line: 'C',
      group: 'spectators',
      from_stop: 'stadium',
      to_stop: 'station',
      waiting: 0,
      arrivals: none.map((zero, slot) => (slot === cameSlot ? people : zero)),
    },
  ],
  under_way: [],
  prices: { change_cost: 0, missed_cost: 0, left_wait_slots: 0 },
});
const leaving = (...slots: readonly number[]) =>
  slots.map((slot) => ({ line: 'C', pattern: 'C-1', departs_ms: START + slot * 5 * MINUTE_MS, vehicle: 'bus-1' }));
const say = (before: Parameters<typeof explainChanges>[0], after: Parameters<typeof explainChanges>[1]) =>
  explainChanges(before, after).map((change) => sayChange(change, names));

describe('explainChanges', () => {
  it('says that people leave later, where the departures went and that they left the old time', () => {
    const before = { problem: problemAt(2, 1900), rides: [], departures: leaving(4, 5) };
    const after = { problem: problemAt(10, 1900), rides: [], departures: leaving(12, 13) };
    expect(say(before, after)).toEqual([
      '−2 departures on line C 21:20 to 21:25: 1,900 spectators leave 40 minutes later',
      '+2 departures on line C 22:00 to 22:05: 1,900 spectators leave 40 minutes later',
    ]);
  });

  it('says that more people come, or that a vehicle is gone', () => {
    const before = { problem: problemAt(2, 100, ['bus-1', 'bus-2']), rides: [], departures: leaving(4) };
    const more = { problem: problemAt(2, 160, ['bus-1', 'bus-2']), rides: [], departures: leaving(4, 5) };
    expect(say(before, more)).toEqual(['+1 departure on line C 21:25: 60 more spectators than expected']);
    const fewer = { problem: problemAt(2, 100, ['bus-1']), rides: [], departures: leaving() };
    expect(say(before, fewer)).toEqual(['−1 departure on line C 21:20: bus-2 cannot drive']);
  });

  it('says nothing of a plan that keeps to what is announced, of a departure that moves by a slot, and of what only one plan reaches', () => {
    const before = { problem: problemAt(2, 100), rides: [], departures: leaving(4) };
    expect(say(before, { problem: problemAt(2, 100), rides: [], departures: leaving(4) })).toEqual([]);
    expect(say(before, { problem: problemAt(2, 100), rides: [], departures: leaving(5) })).toEqual([]);
    const later = {
      ...problemAt(2, 100),
      grid: { ...before.problem.grid, start: epochMs(START + 20 * 5 * MINUTE_MS) },
    };
    expect(say(before, { problem: later, rides: [], departures: leaving(4, 30) })).toEqual([]);
  });

  it('does not take people for missing who left with the plan', () => {
    const waited = { ...problemAt(-1, 0), rides: problemAt(-1, 0).rides.map((ride) => ({ ...ride, waiting: 100 })) };
    const flow = { queue: none, late: none };
    const before = { problem: waited, rides: [flow], departures: leaving(0, 10) };
    const next = problemAt(-1, 0);
    const later = { ...next, grid: { ...next.grid, start: epochMs(START + 5 * MINUTE_MS) } };
    expect(say(before, { problem: later, rides: [flow], departures: [] })).toEqual([
      '−1 departure on line C 21:50: its vehicles are worth more elsewhere',
    ]);
  });

  it('has a word when nothing but the vehicles elsewhere tells', () => {
    const before = { problem: problemAt(2, 100), rides: [], departures: leaving(4) };
    expect(say(before, { problem: problemAt(2, 100), rides: [], departures: [] })).toEqual([
      '−1 departure on line C 21:20: its vehicles are worth more elsewhere',
    ]);
  });
});
