import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { earlierPlan } from '../../../apps/platform/src/api/energy/earlier-plan.fixture.js';
import { energySchema } from '../../../apps/platform/src/api/energy/energy.schema.js';
import { energyPlan, minute } from '../../../apps/platform/src/api/live/plan.fixture.js';
import { eventually, RunningApi } from './running-api.js';

describe('the energy of the event', () => {
  let api: RunningApi;
  const read = async () => energySchema.parse(await (await api.get('/api/v1/energy')).json());

  beforeAll(async () => {
    api = await RunningApi.start();
    await api.tellTime(minute(35));
    for (const [at, kw] of [
      [1, 100],
      [14, 120],
      [16, 200],
    ] as const)
      await api.addReading('marshall', 'main.active_power', minute(at), kw);
    for (const at of [14, 16]) await api.addReading('library', 'main.active_power', minute(at), 5);
    await api.addReading('marshall', 'battery.state_of_charge', minute(29), 0.5);
    // Of the quarter-hour under way.
    await api.addReading('marshall', 'main.active_power', minute(31), 999);
    await eventually(read, ({ at_ms: at }) => at < minute(60));
  });
  afterAll(() => api.close());

  it('is measured also while there is no plan', async () => {
    const { plan, measured } = await read();
    expect(plan).toBeNull();
    expect([measured.from_ms, measured.step_ms]).toEqual([minute(30 - 720), 900_000]);
    expect(measured.sites.map(({ site }) => site)).toEqual(api.pack.venues.map(({ id }) => id));
    const [marshall] = measured.sites;
    expect(marshall?.grid_kw).toHaveLength(48);
    expect(marshall?.grid_kw.slice(-3)).toEqual([null, 110, 200]);
    expect(marshall?.soc_ratio.slice(-2)).toEqual([null, 0.5]);
    expect(marshall?.load_kw.every((kw) => kw === null)).toBe(true);
    expect(measured.feeders.map(({ feeder }) => feeder)).toEqual(['substation', 'north', 'south']);
  });

  it('has the active plan, and what was measured of its feeders', async () => {
    await api.addPlan(energyPlan('active'));
    const { plan, measured } = await read();
    expect(plan).toMatchObject({
      id: 'energy-1',
      currency: 'USD',
      sites: [{ site: 'marshall', import_limit_kw: [300, 300], import_kw: [100, 90] }],
      feeders: [{ feeder: 'north', limit_kw: [440, 440] }],
      next: [{ asset: 'battery', kind: 'store', steps: [{ from_ms: minute(0), until_ms: minute(30), kw: -10 }] }],
      cost: { total: 11, without_plan: 12 },
    });
    // Nobody measures those on the south feeder, so that the substation is not known either.
    expect(measured.feeders.map(({ load_kw }) => load_kw.slice(-3))).toEqual([
      [null, null, null],
      [null, 115, 205],
      [null, null, null],
    ]);
  });

  it('follows when another plan becomes active', async () => {
    await api.addPlan({ ...energyPlan('active', 'energy-2'), seq: 2 });
    expect((await read()).plan).toMatchObject({ id: 'energy-2', seq: 2 });
  });

  it('shows a plan that an earlier release stored', async () => {
    await api.addPlan({ ...earlierPlan(), id: 'energy-0', seq: 3 });
    expect((await read()).plan).toMatchObject({
      id: 'energy-0',
      feeders: [{ limit_kw: [440, 440] }],
      violations: [{ tier: 'contract' }, { tier: 'comfort' }],
    });
    expect((await api.get('/api/v1/overview')).status).toBe(200);
  });
});
