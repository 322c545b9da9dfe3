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

describe('three hours of people who change lines', () => {
  const solver = createSolver('highs');
  afterAll(() => solver.close());
  // The hall is at b now, the field at c: by L to a, and on with M, which leaves there five minutes after L is back.
  const [hall, field] = tinyPack.venues;
  const journey = tinyPack.transport.lines[0]?.rides[0];
  const l1 = tinyFeed.trips.get('l1');
  if (!hall || !field || !journey || !l1) throw new Error('The tiny day has two venues and a line.');
  const m1 = {
    ...l1,
    id: 'm1',
    line: 'M',
    stops: l1.stops.map((call) => (call.stop === 'b' ? { ...call, stop: 'c' } : call)),
    headways: [{ startS: 300, endS: 24 * 3600, headwayS: 600 }],
  };
  const run = (which: 'planned' | 'without_plan') =>
    runDay({
      scenario: { ...tinyScenario, overlays: { fleet_count: 4 } },
      pack: {
        ...tinyPack,
        venues: [
          { ...hall, stop: 'b' },
          { ...field, stop: 'c' },
        ],
        transport: {
          ...tinyPack.transport,
          lines: [
            { id: 'L', rides: [] },
            { id: 'M', rides: [] },
          ],
          journeys: [journey],
        },
      },
      feed: { ...tinyFeed, trips: new Map([...tinyFeed.trips, ['m1', m1]]) },
      solver,
      run: which,
      hours: 3,
    });

  it('wait twice by the timetable', async () => {
    // Of 180 people, ten still wait at b; 170 waited five minutes there, the 160 of them who are at a by then five minutes more.
    expect(await run('without_plan')).toMatchObject({
      unserved_passengers: 10,
      mean_wait_s: expect.closeTo(((180 * 5 + 160 * 5) / 180) * 60),
      vehicle_hours: expect.closeTo((18 + 18) / 3),
    });
  });

  it('wait less by the plans, which expect them on both lines', async () => {
    const indicators = await run('planned');
    expect(indicators.unserved_passengers).toBeLessThanOrEqual(20);
    expect(indicators.mean_wait_s).toBeLessThan(450);
    expect(indicators.vehicle_hours).toBeLessThanOrEqual(12);
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
