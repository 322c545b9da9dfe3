import { energyPlan, minute } from '../live/plan.fixture.js';

/** The plan of `energyPlan` as it was stored until November 2026, with two limits that it breaks: a site with one connection and one battery, feeders with one limit for all slots. */
export const earlierPlan = () => {
  const { content, ...plan } = energyPlan('active', 'energy-1');
  return {
    ...plan,
    problem: {
      grid: content.grid,
      currency: 'USD',
      feeders: [{ feeder: 'north', limit_kw: 440 }],
      sites: [{ site: 'marshall', feeder: 'north', import_limit_kw: 300, export_limit_kw: 100 }],
    },
    content: {
      grid: content.grid,
      sites: content.sites.map(({ site, load_kw, pv_kw, curtailed_kw, import_kw, export_kw, ...rest }) => ({
        ...{ site, load_kw, pv_kw, curtailed_kw, import_kw, export_kw },
        ...{ battery_kw: rest.battery_kw, soc_ratio: rest.soc_ratio },
      })),
      feeders: [{ feeder: 'north', limit_kw: 440, load_kw: [100, 90] }],
      setpoints: content.setpoints,
      violations: [
        { limit: 'import_limit', at: 'marshall', from_ms: minute(0), until_ms: minute(15), worst_kw: 5 },
        { limit: 'soc_band', at: 'marshall', from_ms: minute(0), until_ms: minute(15), worst_kw: 2 },
      ],
      cost: { energy: 9, carbon: 1, wear: 1, total: 11, without_plan: 12 },
      carbon_kg: 14,
    },
  };
};
