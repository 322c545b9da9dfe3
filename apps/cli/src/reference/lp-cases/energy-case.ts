import { z } from 'zod';

import type { EnergyProblem } from '#libs/energy';
import { epochMs } from '#libs/kernel';

/** A problem and the least cost that it is known to have: docs/energy-cases.md. */
export interface EnergyCase {
  readonly id: string;
  readonly problem: EnergyProblem;
  readonly objective: number;
}

const name = z.string().min(1);
const series = z.union([z.number(), z.array(z.number())]);
const powerBySoc = z.union([z.number(), z.array(z.tuple([z.number(), z.number()]))]);
const flow = z.strictObject({ bus: name, per_kw: z.number() });

const tariff = z.strictObject({
  import_price_per_kwh: series,
  export_price_per_kwh: series,
  carbon_kg_per_kwh: series,
  peaks: z
    .array(
      z.strictObject({
        from_slot: z.number().int(),
        until_slot: z.number().int(),
        price_per_kw: z.number(),
        so_far_kw: z.number(),
      }),
    )
    .exactOptional(),
  ramp: z.strictObject({ price_per_kw: z.number(), before_kw: z.number() }).exactOptional(),
  spread_kw: z.array(z.number()).exactOptional(),
});

const load = z.strictObject({
  load: name,
  bus: name.exactOptional(),
  tier: z.enum(['life_safety', 'broadcast', 'normal']),
  power_kw: series,
  power_factor: z.number().exactOptional(),
  phase: z.literal([1, 2, 3]).exactOptional(),
  restrike_min: z.number().exactOptional(),
  ups: z.strictObject({ power_kw: z.number(), autonomy_min: z.number() }).exactOptional(),
  shed_cost_per_kwh: z.number().exactOptional(),
});

const store = z.strictObject({
  store: name,
  bus: name.exactOptional(),
  capacity_kwh: z.number(),
  charge_kw: powerBySoc,
  discharge_kw: powerBySoc,
  charge_efficiency: z.number(),
  discharge_efficiency: z.number(),
  loss_ratio_per_hour: z.number().exactOptional(),
  wear_cost_per_kwh: z.number(),
  holding_cost_per_kwh_hour: z.number().exactOptional(),
  soc_min_ratio: series,
  soc_max_ratio: series,
  soc_ratio: z.number(),
  targets: z.array(z.strictObject({ slot: z.number().int(), soc_ratio: z.number() })).exactOptional(),
  end_value_per_kwh: z.number().exactOptional(),
});

const unit = z.strictObject({
  unit: name,
  capacity_kw: series,
  outputs: z.array(flow),
  inputs: z.array(flow),
  cost_per_kwh: z.number(),
  fuel: z
    .strictObject({
      curve: z.array(z.tuple([z.number(), z.number()])),
      price: z.number(),
      carbon_kg: z.number(),
      on_hand: z.number().exactOptional(),
    })
    .exactOptional(),
  commitment: z
    .strictObject({
      min_kw: z.number(),
      start_cost: z.number(),
      stop_cost: z.number(),
      min_up_slots: z.number(),
      min_down_slots: z.number(),
      on: z.boolean(),
      slots_so: z.number(),
    })
    .exactOptional(),
});

const task = z.strictObject({
  task: name,
  bus: name.exactOptional(),
  energy_kwh: z.number(),
  power_kw: z.number(),
  from_slot: z.number().int(),
  until_slot: z.number().int(),
  interruptible: z.boolean(),
});

const transferSwitch = z.strictObject({
  switch: name,
  connections: z.array(name),
  closed: name,
  operation_cost: z.number(),
  most_operations: z.number(),
  min_closed_slots: z.number().exactOptional(),
  closed_slots: z.number().exactOptional(),
  held: z.array(z.string().nullable()).exactOptional(),
});

const problem = z.strictObject({
  grid: z.strictObject({
    start: z.number().int().transform(epochMs),
    slotMs: z.number().int(),
    count: z.number().int(),
  }),
  currency: name,
  carbon_price_per_kg: z.number(),
  feeders: z.array(
    z.strictObject({
      feeder: name,
      parent: name.exactOptional(),
      limit_kw: series,
      limit_kva: series.exactOptional(),
      transformer: z
        .strictObject({
          rated_kva: z.number(),
          ambient_c: series,
          load_before: z.number().exactOptional(),
          price: z.number(),
        })
        .exactOptional(),
      tariff: tariff.exactOptional(),
    }),
  ),
  sites: z.array(
    z.strictObject({
      site: name,
      connections: z.array(
        z.strictObject({
          connection: name,
          feeder: name,
          import_limit_kw: series,
          export_limit_kw: series,
          available: series.exactOptional(),
          tariff,
        }),
      ),
      loads: z.array(load),
      supplies: z.array(
        z.strictObject({
          supply: name,
          bus: name.exactOptional(),
          available_kw: series,
          cost_per_kwh: z.number().exactOptional(),
        }),
      ),
      stores: z.array(store),
      units: z.array(unit),
      tasks: z.array(task),
      switches: z.array(transferSwitch).exactOptional(),
      interlocks: z.array(z.strictObject({ interlock: name, connections: z.array(name) })).exactOptional(),
      secured_slots: z.array(z.number().int()).exactOptional(),
    }),
  ),
});

/** A case in the model's own terms. The shape only: `checkEnergyProblem` knows the rules. */
export const energyCaseSchema = z
  .strictObject({
    id: name,
    source: name.exactOptional(),
    licence: name.exactOptional(),
    problem,
    expected: z.strictObject({ objective: z.number() }),
  })
  .transform(({ id, problem: own, expected: { objective } }): EnergyCase => ({ id, problem: own, objective }));
