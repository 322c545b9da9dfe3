import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';

import { readCampus } from './campus.fixture.js';
import { applyOverlays } from './overlays.js';
import { runDay } from './run-day.js';

describe('a simulated day', () => {
  const solver = createSolver('highs');
  let campus: Awaited<ReturnType<typeof readCampus>>;
  beforeAll(async () => {
    const read = await readCampus('baseline');
    campus = { ...read, scenario: { ...read.scenario, cadence: { energy_minutes: 180, dispatch_minutes: 180 } } };
  });
  afterAll(() => solver.close());

  it('comes out the same every time', async () => {
    const run = () => runDay({ ...campus, solver, run: 'planned', hours: 9 });
    const first = await run();
    expect(first.vehicle_hours).toBeGreaterThan(10);
    expect(first.energy_cost).toBeGreaterThan(0);
    expect(JSON.stringify(await run())).toBe(JSON.stringify(first));
    // Some twenty plans on a machine that may be busy.
  }, 240_000);

  it('drives the timetable and leaves batteries alone without the planners', async () => {
    const run = (overlays: object) =>
      runDay({ ...campus, scenario: { ...campus.scenario, overlays }, solver, run: 'without_plan', hours: 9 });
    const usual = await run({});
    // 07:00 to 09:00 at the feed's headways: 12 departures each of A, D, E and F, 14 of B, 10 of C, cycles rounded up to five minutes.
    expect(usual.vehicle_hours).toBeCloseTo((12 * (25 + 40 + 35 + 65) + 14 * 20 + 10 * 30) / 60, 0);
    const short = await run({ fleet_count: 6 });
    expect(short.vehicle_hours).toBeLessThan(usual.vehicle_hours);
    expect(short.mean_wait_s).toBeGreaterThan(usual.mean_wait_s);
    expect(short.energy_cost).toBe(usual.energy_cost);
  });

  it('is overlaid: limits, vehicles and people, but no power', () => {
    const { pack } = campus;
    const overlaid = applyOverlays(pack, {
      overlays: { import_limit_scale: 0.5, fleet_count: 3, attendance_scale: 2 },
    });
    const scalesOf = ({ gateways }: typeof pack, unit: string) =>
      gateways
        .flatMap(({ points }) => points)
        .flatMap((point) => (point.unit === unit && point.recorded ? [point.recorded.scale] : []));
    expect(overlaid.venues[0]?.grid.import_limit_kw).toBe((pack.venues[0]?.grid.import_limit_kw ?? 0) / 2);
    expect(overlaid.transport.fleet.count).toBe(3);
    expect(scalesOf(overlaid, 'people')).toEqual(scalesOf(pack, 'people').map((scale) => scale * 2));
    expect(scalesOf(overlaid, 'kW')).toEqual(scalesOf(pack, 'kW'));
  });
});
