import { expect, it } from '@jest/globals';
import { minuteValues } from '#libs/games';
import { DAY_MS, epochMs } from '#libs/kernel';

import { findRecorded } from '../measured-series.js';
import { dayWindow } from '../run-day.js';
import { tinyPack, tinyScenario } from '../tiny-day.fixture.js';
import { measuredWorld, withMeasured } from './measured-day.js';
import { sumUpFlows } from './sum-up-flows.js';
import { drawWorld } from '../world/world.js';

const window = dayWindow(tinyScenario, tinyPack);
const minutes = (window.end - window.start) / 60_000;
const valuesOf = (pack: typeof tinyPack, kind: 'load_power' | 'count_out', from: number, to: number) => {
  const recorded = findRecorded(pack, 'hall', kind);
  if (!recorded) throw new Error('The hall has no such point.');
  return [...minuteValues(pack, recorded, epochMs(from), epochMs(to))];
};

it('a day has what was measured, the days before what was recorded, as has a gap', () => {
  const load = Array.from({ length: minutes }, (_, minute) => (minute === 5 ? null : 100 + minute / 1000));
  const people = Array.from({ length: minutes }, (_, minute) => minute % 4);
  const pack = withMeasured(tinyPack, window, [
    { venue: 'hall', point: 'load.active_power', values: load },
    { venue: 'hall', point: 'gates.count_out', values: people },
  ]);
  const before = valuesOf(tinyPack, 'load_power', window.start, window.end);
  expect(valuesOf(pack, 'load_power', window.start, window.end)).toEqual(
    load.map((value, minute) => value ?? before[minute]),
  );
  expect(valuesOf(pack, 'count_out', window.start, window.end)).toEqual(people);
  const week = [window.start - 8 * DAY_MS, window.start] as const;
  expect(valuesOf(pack, 'load_power', ...week)).toEqual(valuesOf(tinyPack, 'load_power', ...week));
  expect(valuesOf(pack, 'count_out', ...week)).toEqual(valuesOf(tinyPack, 'count_out', ...week));
});

it('nothing is drawn of what was measured', () => {
  const world = measuredWorld(drawWorld(1, 1));
  expect([world.people('v', 'p', window.start, 7.5), world.loadRatio('v', window.start), world.sunRatio('v')]).toEqual([
    7.5, 1, 1,
  ]);
  expect(world.drivingRatio('l', 0, window.start)).not.toBe(1);
});

it('what flowed is counted as a simulated day is', () => {
  // The first three hours of the tiny day without a planner: 10, 30 and 10 kW, at the fivefold price in the second; then nothing.
  const grid = Array.from({ length: minutes }, (_, minute) => [10, 30, 10][Math.floor(minute / 60)] ?? 0);
  const gap = grid.map((kw, minute) => (minute === 70 ? null : kw));
  const still = { battery: grid.map(() => 0), soc: grid.map(() => 0.5), positions: new Map() };
  expect(sumUpFlows(tinyPack, window, [{ venue: 'hall', grid: gap, ...still }])).toEqual({
    energy_cost: expect.closeTo(10 * 0.1 + 30 * 0.5 + 10 * 0.1),
    peak_import_kw: expect.closeTo(30),
    over_limit_kwh: expect.closeTo(5),
    carbon_kg: expect.closeTo(10),
  });
});

it('what flowed at a venue of two connections went through both, by their limits', () => {
  const [hall, ...others] = tinyPack.venues;
  if (!hall) throw new Error('There is a hall.');
  const connections = [{ id: 'hall-b', feeder: 'north', import_limit_kw: 25, export_limit_kw: 0 }];
  const pack = { ...tinyPack, venues: [{ ...hall, connections }, ...others] };
  const flat = (value: number) => Array.from({ length: minutes }, () => value);
  const flows = [{ venue: 'hall', grid: flat(40), battery: flat(0), soc: flat(0.5), positions: new Map() }];
  // 20 of 25 kW each; on one alone it would be 15 kW too much.
  expect(sumUpFlows(pack, window, flows)['over_limit_kwh']).toBe(0);
});

it('what flowed at a venue went through the connection on which it stood, before anybody read that through its first', () => {
  const [hall, ...others] = tinyPack.venues;
  if (!hall) throw new Error('There is a hall.');
  const connections = [{ id: 'hall-b', feeder: 'north', import_limit_kw: 40, export_limit_kw: 0 }];
  const switched = { id: 'transfer', connections: ['hall', 'hall-b'], point: 'transfer.position' };
  const switches = [{ ...switched, operation_cost: 0, most_operations: 1 }];
  const pack = { ...tinyPack, venues: [{ ...hall, connections, switches }, ...others] };
  const flat = (value: number) => Array.from({ length: minutes }, () => value);
  const overWith = (positions: readonly (number | null)[]) =>
    sumUpFlows(pack, window, [
      {
        ...{ venue: 'hall', grid: flat(40), battery: flat(0), soc: flat(0.5) },
        positions: new Map([['transfer.position', positions]]),
      },
    ])['over_limit_kwh'];
  // Over the 25 kW of the first by 15.
  expect(overWith(flat(1))).toBeCloseTo((15 * minutes) / 60);
  expect(overWith(flat(2))).toBe(0);
  // Not read for an hour, then on the second; a gap later changes nothing.
  expect(overWith(flat(2).map((value, minute) => (minute < 60 || minute === 70 ? null : value)))).toBeCloseTo(15);
});
