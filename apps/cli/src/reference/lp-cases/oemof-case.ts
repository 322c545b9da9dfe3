import { z } from 'zod';

import { type EnergyProblem, POWER, type Unit } from '#libs/energy';

import { Table } from '../read-data.js';
import { hourly, UNLIMITED_KW } from './hourly.js';

const HEAT = 'heat';

/** Power plants, wind, sun, a heat pump and a CHP for power and heat; what is too much of power goes at no cost. Costs are per unit of electric output, fuel is free. */
export const dispatchInputs = z.strictObject({
  csv: z.string(),
  steps: z.number().int().positive(),
  scale: z.strictObject({ demand_el: z.number(), demand_th: z.number(), wind: z.number(), pv: z.number() }),
  el_plants: z.record(z.string(), z.strictObject({ p: z.number(), cost: z.number(), eff: z.number() })),
  chp: z.strictObject({
    el_p: z.number(),
    el_cost: z.number(),
    th_p: z.number(),
    ratio_el: z.number(),
    ratio_th: z.number(),
  }),
  heat_pump: z.strictObject({ th_p: z.number(), cop: z.number() }),
  excess_el: z.literal('free sink'),
  fuels: z.literal('free, unlimited'),
});

export const dispatchProblem = (
  { steps, scale, el_plants, chp, heat_pump }: z.infer<typeof dispatchInputs>,
  table: Table,
): EnergyProblem => {
  const series = (name: keyof typeof scale): readonly number[] =>
    table
      .numbers(name)
      .slice(0, steps)
      .map((share) => share * scale[name]);
  const heatPerPower = chp.ratio_th / chp.ratio_el;
  const plants = Object.entries(el_plants).map(([unit, { p, cost }]): Unit => ({
    unit,
    capacity_kw: p,
    outputs: [{ bus: POWER, per_kw: 1 }],
    inputs: [],
    cost_per_kwh: cost,
  }));
  return hourly(steps, {
    connections: [
      {
        connection: 'excess',
        feeder: 'grid',
        import_limit_kw: 0,
        export_limit_kw: UNLIMITED_KW,
        tariff: { import_price_per_kwh: 0, export_price_per_kwh: 0, carbon_kg_per_kwh: 0 },
      },
    ],
    loads: [
      { load: 'power', tier: 'normal', power_kw: series('demand_el') },
      { load: 'warmth', bus: HEAT, tier: 'normal', power_kw: series('demand_th') },
    ],
    supplies: [
      { supply: 'wind', available_kw: series('wind') },
      { supply: 'pv', available_kw: series('pv') },
    ],
    units: [
      ...plants,
      {
        unit: 'chp',
        capacity_kw: Math.min(chp.el_p, chp.th_p / heatPerPower),
        outputs: [
          { bus: POWER, per_kw: 1 },
          { bus: HEAT, per_kw: heatPerPower },
        ],
        inputs: [],
        cost_per_kwh: chp.el_cost,
      },
      {
        unit: 'heat pump',
        capacity_kw: heat_pump.th_p,
        outputs: [{ bus: HEAT, per_kw: 1 }],
        inputs: [{ bus: POWER, per_kw: 1 / heat_pump.cop }],
        cost_per_kwh: 0,
      },
    ],
  });
};
