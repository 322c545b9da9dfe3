import { describe, expect, it } from '@jest/globals';
import type { Pack } from '#libs/games';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { prepareEnergyProblem } from './prepare-energy-problem.js';

const battery = {
  capacity_kwh: 100,
  power_kw: 50,
  charge_efficiency: 0.95,
  discharge_efficiency: 0.95,
  soc_min_ratio: 0.1,
  soc_max_ratio: 0.9,
  initial_soc_ratio: 0.5,
  wear_cost_per_kwh: 0.02,
};
const venue = (id: string, over: Partial<Pack['venues'][number]> = {}): Pack['venues'][number] => ({
  id,
  name: id,
  stop: '1',
  grid: { feeder: 'north', import_limit_kw: 300, export_limit_kw: 0 },
  ...over,
});
const pack: Pick<Pack, 'games' | 'feeders' | 'venues' | 'energy'> = {
  games: { id: 'g', name: 'G', version: '1', time_zone: 'UTC', currency: 'EUR', history_days: 14 },
  feeders: [{ id: 'north', name: 'North', limit_kw: 440 }],
  venues: [venue('hall', { battery }), venue('rink', { battery }), venue('gate')],
  energy: {
    import_price_per_kwh: 't.p',
    export_price_ratio: 0.3,
    carbon_kg_per_kwh: 't.c',
    carbon_price_per_kg: 0.1,
    approval: 'automatic',
  },
};
const grid = { start: epochMs(0), slotMs: 15 * MINUTE_MS, count: 2 };
const problem = prepareEnergyProblem({
  pack,
  grid,
  tariff: { importPrice: [1, 2], exportPrice: [0.3, 0.6], carbonKg: [0, 0] },
  loadKw: new Map([['hall', [10, 20]]]),
  pvKw: new Map([['hall', [1, 2]]]),
  socRatio: new Map([['hall', 0.4]]),
});

describe('prepareEnergyProblem', () => {
  it('puts forecasts, limits and prices on the grid', () => {
    expect(problem.sites[0]).toMatchObject({ site: 'hall', import_limit_kw: 300, load_kw: [10, 20], pv_kw: [1, 2] });
    expect(problem).toMatchObject({ currency: 'EUR', import_price_per_kwh: [1, 2], carbon_price_per_kg: 0.1 });
    expect(problem.feeders).toEqual([{ feeder: 'north', limit_kw: 440 }]);
  });

  it('starts a battery from its measured charge, and leaves alone one of which none is known', () => {
    expect(problem.sites[0]?.battery).toMatchObject({ capacity_kwh: 100, soc_ratio: 0.4 });
    expect(problem.sites[0]?.battery).not.toHaveProperty('initial_soc_ratio');
    expect(problem.sites[1]?.battery).toBeNull();
  });

  it('gives a venue without a forecast nothing to draw', () => {
    expect(problem.sites[2]).toMatchObject({ site: 'gate', load_kw: [0, 0], pv_kw: [0, 0], battery: null });
  });
});
