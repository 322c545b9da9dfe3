import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { DispatchProblem, PatternProblem, Vehicle } from '../problem/problem.js';
import { departuresOfBlocks, driveTimetable } from './timetable.js';

const pattern = (line: string, from: string, to: string, scheduled: readonly number[]): PatternProblem => ({
  line,
  pattern: `${line}-1`,
  from_place: from,
  to_place: to,
  busy_slots: 2,
  km: 5,
  stops: [],
  scheduled,
});
const bus = (id: string, place: string, until?: number): Vehicle => ({
  id,
  type: 'bus',
  place,
  ready_slot: 0,
  ...(until !== undefined && { until_slot: until }),
});
const problem = (patterns: readonly PatternProblem[], vehicles: readonly Vehicle[]): DispatchProblem => ({
  grid: { start: epochMs(0), slotMs: 5 * MINUTE_MS, count: 8 },
  currency: 'EUR',
  places: [{ id: 'mall' }, { id: 'rink' }],
  vehicle_types: [{ id: 'bus', seats: 50, standing: 0, accessible: 0, cost_per_hour: 1, cost_per_km: 0 }],
  vehicles,
  deadheads: [{ from_place: 'rink', to_place: 'mall', slots: 1, km: 4 }],
  patterns,
  bays: [],
  groups: [],
  rides: [],
  under_way: [],
  prices: { change_cost: 0, missed_cost: 0, left_wait_slots: 0 },
});
const driven = (patterns: readonly PatternProblem[], vehicles: readonly Vehicle[]) => {
  const made = problem(patterns, vehicles);
  return departuresOfBlocks(made, driveTimetable(made)).map(
    ({ line, departs_ms, vehicle }) => `${departs_ms / MINUTE_MS / 5} ${line} ${vehicle}`,
  );
};

describe('driveTimetable', () => {
  it('01 sends a vehicle of the line that stands at its first stop', () => {
    const loop = pattern('A', 'mall', 'mall', [1, 0, 1, 0, 1, 0, 0, 0]);
    expect(driven([loop], [bus('1', 'mall'), bus('2', 'mall')])).toEqual(['0 A 1', '2 A 1', '4 A 1']);
  });

  it('02 brings one empty when none stands there, if it can come in time', () => {
    const out = pattern('A', 'mall', 'rink', [1, 0, 1, 1, 0, 0, 0, 0]);
    // Ready at the rink in slot 2, at the mall in slot 3: the departure of slot 2 is late, and cancelled by that of slot 3.
    expect(driven([out], [bus('1', 'mall')])).toEqual(['0 A 1', '3 A 1']);
    expect(driveTimetable(problem([out], [bus('1', 'mall')]))[0]?.activities.map(({ kind }) => kind)).toEqual([
      'trip',
      'deadhead',
      'trip',
    ]);
  });

  it('03 serves the line that is overdue longest first: a short fleet starves none', () => {
    const lines = ['A', 'B'].map((line) => pattern(line, 'mall', 'mall', [1, 0, 1, 0, 1, 0, 1, 0]));
    expect(driven(lines, [bus('1', 'mall')])).toEqual(['0 A 1', '2 B 1', '4 A 1', '6 B 1']);
  });

  it("04 keeps to the drivers' hours, types and closed slots", () => {
    const loop = pattern('A', 'mall', 'mall', [1, 0, 1, 0, 1, 0, 1, 0]);
    expect(driven([loop], [bus('1', 'mall', 5)])).toEqual(['0 A 1', '2 A 1']);
    expect(driven([{ ...loop, types: ['tram'] }], [bus('1', 'mall')])).toEqual([]);
    expect(driven([{ ...loop, most: [0, 0, 0, null, null, null, null, 0] }], [bus('1', 'mall')])).toEqual(['3 A 1', '5 A 1']); // prettier-ignore
  });

  it('05 drives nothing without vehicles or a timetable', () => {
    expect(driven([pattern('A', 'mall', 'mall', [1, 1, 1, 1, 1, 1, 1, 1])], [])).toEqual([]);
    expect(driven([], [bus('1', 'mall')])).toEqual([]);
  });

  it('06 sends nobody farther than the battery lasts, its reserve kept', () => {
    const loop = pattern('A', 'mall', 'mall', [1, 0, 1, 0, 1, 0, 0, 0]);
    const made = problem([loop], [bus('1', 'mall'), { ...bus('2', 'mall'), charge_kwh: 9 }]);
    const battery = { capacity_kwh: 14, reserve_kwh: 4, kwh_per_km: 1, charging_kw: 10 };
    const electric = { ...made, vehicle_types: made.vehicle_types.map((type) => ({ ...type, battery })) };
    // Each trip takes 5 kWh: the first has charge for two above its reserve, the second for one.
    expect(departuresOfBlocks(electric, driveTimetable(electric)).map(({ vehicle }) => vehicle)).toEqual(['1', '1', '2']);
  }); // prettier-ignore
});
