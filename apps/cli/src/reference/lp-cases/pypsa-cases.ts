import { z } from 'zod';

import { POWER, type SiteProblem } from '#libs/energy';

import { hourly } from './hourly.js';

const amounts = z.array(z.number());

/** A store that costs what it holds, beside a generator that is there for some hours. */
export const storeInputs = z
  .strictObject({
    steps: z.number().int().positive(),
    dt_h: z.literal(1),
    load: amounts,
    generator: z.strictObject({ p_nom: z.number(), marginal_cost: z.number(), p_max_pu: amounts }),
    store: z.strictObject({
      e_nom: z.number(),
      e_initial: z.number(),
      e_cyclic: z.literal(false),
      marginal_cost_storage: z.number(),
      efficiency: z.literal(1),
    }),
  })
  .transform(({ steps, load, generator, store }) =>
    hourly(steps, {
      ...loadOf(load),
      supplies: [
        {
          supply: 'generator',
          available_kw: generator.p_max_pu.map((share) => share * generator.p_nom),
          cost_per_kwh: generator.marginal_cost,
        },
      ],
      stores: [
        {
          store: 'store',
          capacity_kwh: store.e_nom,
          // As much in an hour as it holds: PyPSA's store has no limit of power.
          charge_kw: store.e_nom,
          discharge_kw: store.e_nom,
          charge_efficiency: 1,
          discharge_efficiency: 1,
          wear_cost_per_kwh: 0,
          holding_cost_per_kwh_hour: store.marginal_cost_storage,
          soc_min_ratio: 0,
          soc_max_ratio: 1,
          soc_ratio: store.e_initial / store.e_nom,
          end_value_per_kwh: 0,
        },
      ],
    }),
  );

/** Units that are on or off, by start-up cost. */
export const commitmentInputs = z
  .strictObject({
    steps: z.number().int().positive(),
    load: amounts,
    units: z.array(
      z.strictObject({
        name: z.string(),
        p_nom: z.number(),
        p_min_pu: z.number(),
        marginal_cost: z.number(),
        start_up_cost: z.number(),
        up_time_before: z.number().int().nonnegative(),
      }),
    ),
  })
  .transform(({ steps, load, units }) =>
    hourly(steps, {
      ...loadOf(load),
      units: units.map(({ name, p_nom, p_min_pu, marginal_cost, start_up_cost, up_time_before }) => ({
        unit: name,
        capacity_kw: p_nom,
        outputs: [{ bus: POWER, per_kw: 1 }],
        inputs: [],
        cost_per_kwh: marginal_cost,
        commitment: commitmentOf(p_min_pu * p_nom, start_up_cost, 0, up_time_before),
      })),
    }),
  );

/** A gas turbine that is on or off, beside wind. Its level is the gas that it takes. */
export const linkInputs = z
  .strictObject({
    steps: z.number().int().positive(),
    load: amounts,
    wind: z.strictObject({ p_nom: z.number(), marginal_cost: z.number() }),
    gas_source: z.strictObject({ p_nom: z.number(), marginal_cost: z.number() }),
    ocgt_link: z.strictObject({
      p_nom_input: z.number(),
      efficiency: z.number(),
      p_min_pu: z.number(),
      start_up_cost: z.number(),
      min_up_time: z.number().int(),
      up_time_before: z.number().int().nonnegative(),
    }),
  })
  .transform(({ steps, load, wind, gas_source, ocgt_link: link }) =>
    hourly(steps, {
      ...loadOf(load),
      supplies: [
        { supply: 'wind', available_kw: wind.p_nom, cost_per_kwh: wind.marginal_cost },
        { supply: 'gas', bus: 'gas', available_kw: gas_source.p_nom, cost_per_kwh: gas_source.marginal_cost },
      ],
      units: [
        {
          unit: 'turbine',
          capacity_kw: link.p_nom_input,
          outputs: [{ bus: POWER, per_kw: link.efficiency }],
          inputs: [{ bus: 'gas', per_kw: 1 }],
          cost_per_kwh: 0,
          commitment: commitmentOf(
            link.p_min_pu * link.p_nom_input,
            link.start_up_cost,
            link.min_up_time,
            link.up_time_before,
          ),
        },
      ],
    }),
  );

const loadOf = (power_kw: readonly number[]): Pick<SiteProblem, 'loads'> => ({
  loads: [{ load: 'load', tier: 'normal', power_kw }],
});

const commitmentOf = (min_kw: number, start_cost: number, min_up_slots: number, upBefore: number) => ({
  min_kw,
  start_cost,
  stop_cost: 0,
  min_up_slots,
  min_down_slots: 0,
  on: upBefore > 0,
  slots_so: upBefore,
});
