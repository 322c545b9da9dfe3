import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';

import { applyOverlays } from './overlays.js';
import { runDay } from './run-day.js';
import { tinyFeed, tinyPack, tinyScenario } from './tiny-day.fixture.js';

describe('three hours of a simulated day', () => {
  const solver = createSolver('highs');
  afterAll(() => solver.close());
  const run = (which: 'planned' | 'without_plan', overlays = {}) =>
    runDay({
      scenario: { ...tinyScenario, overlays },
      pack: tinyPack,
      feed: tinyFeed,
      solver,
      run: which,
      hours: 3,
    });

  it('drive the timetable and leave batteries alone without the planners', async () => {
    const indicators = await run('without_plan');
    // 10, 30 and 10 kWh, 5 of them over the limit; 18 departures of 20 minutes; somebody comes each minute, and the last ten wait at the end.
    expect(indicators).toEqual({
      energy_cost: expect.closeTo(10 * 0.1 + 30 * 0.5 + 10 * 0.1),
      peak_import_kw: expect.closeTo(30),
      over_limit_kwh: expect.closeTo(5),
      carbon_kg: expect.closeTo(10),
      unserved_passengers: 10,
      mean_wait_s: 300,
      vehicle_hours: 6,
    });
  });

  it('lose every second departure with one bus instead of two', async () => {
    expect(await run('without_plan', { fleet_count: 1 })).toMatchObject({
      vehicle_hours: 3,
      mean_wait_s: 600,
      energy_cost: expect.closeTo(17),
    });
  });

  it('keep the limit, for less, with the planners', async () => {
    const indicators = await run('planned');
    expect(indicators.over_limit_kwh).toBeCloseTo(0);
    // At least 20 of the 30 dear kWh are bought: the battery gives 10 kW.
    expect(indicators.energy_cost).toBeGreaterThan(12.9);
    expect(indicators.energy_cost).toBeLessThan(16);
    // A third bus is worth its price: no more than 3 x 3 hours, and nobody waits as long as for the timetable.
    expect(indicators.vehicle_hours).toBeLessThanOrEqual(9);
    expect(indicators.mean_wait_s).toBeLessThan(300);
    expect(indicators.mean_wait_s).toBeGreaterThan(60);
  });

  it('come out the same every time', async () => {
    expect(JSON.stringify(await run('planned'))).toBe(JSON.stringify(await run('planned')));
  });
});

it('a pack is overlaid: limits, vehicles and people, but no power', () => {
  const overlaid = applyOverlays(tinyPack, {
    overlays: { import_limit_scale: 0.5, fleet_count: 7, attendance_scale: 2 },
  });
  expect(overlaid.venues.map(({ grid }) => grid.import_limit_kw)).toEqual([12.5, 12.5]);
  expect(overlaid.transport.fleet.map(({ count }) => count)).toEqual([7]);
  expect(overlaid.gateways[0]?.points.map(({ kind, recorded }) => [kind, recorded?.scale])).toEqual([
    ['load_power', 1],
    ['count_out', 2],
  ]);
});
