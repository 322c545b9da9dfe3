import { z } from 'zod';
import { TIERS } from '#libs/energy';

const instant = z.number().int();
const kwSlots = z.array(z.number()).describe('Mean kW, one value a slot');
const means = z
  .array(z.number().nullable())
  .describe('One mean a step, null where nothing was measured; empty where nothing measures it');

const sitePlanSchema = z.object({
  site: z.string(),
  load_kw: kwSlots.describe('Asked for, mean kW, one value a slot'),
  pv_kw: kwSlots.describe('There to be used'),
  curtailed_kw: kwSlots.describe('Of that, not used'),
  import_kw: kwSlots,
  export_kw: kwSlots,
  battery_kw: kwSlots.describe('Positive while charging'),
  generated_kw: kwSlots.describe('What units put in less what they take'),
  unserved_kw: kwSlots.describe('Asked for and not served'),
  import_limit_kw: kwSlots.describe('Of all its connections that are alive and closed'),
  export_limit_kw: kwSlots,
  stores: z.array(z.object({ store: z.string(), soc_ratio: z.array(z.number()).describe("At each slot's end") })),
  units: z.array(z.object({ unit: z.string(), level_kw: kwSlots })),
  switches: z
    .array(
      z.object({
        switch: z.string(),
        steps: z.array(
          z.object({
            from_ms: instant,
            until_ms: instant,
            connection: z.string().nullable(),
            feeder: z.string().nullable(),
          }),
        ),
      }),
    )
    .describe('The connection that each has closed over the horizon, and the feeder of that; null: none is alive'),
});

const feederPlanSchema = z.object({
  feeder: z.string(),
  parent: z.string().nullable().describe('The feeder that it hangs on; null: the grid'),
  limit_kw: kwSlots.describe('In both directions'),
  load_kw: kwSlots.describe('Import less export of all that hangs on it'),
});

const violationSchema = z.object({
  limit: z.string(),
  tier: z.enum(TIERS),
  at: z.string().describe('Feeder, connection, or site and asset'),
  from_ms: instant,
  until_ms: instant,
  worst: z.number(),
  unit: z.enum(['kW', 'kWh', 'h']).describe('Of `worst`'),
  relief: z.string().describe('The smallest change that would clear it; empty when the plan does not say'),
});

const shadowPriceSchema = z.object({
  limit: z.string(),
  at: z.string(),
  from_ms: instant,
  until_ms: instant,
  price_per_kw: z.number().describe('What one kW more from `from_ms` to `until_ms` would save'),
});

const assetStepsSchema = z.object({
  site: z.string(),
  asset: z.string(),
  kind: z.enum(['store', 'supply', 'unit', 'task', 'load']),
  steps: z
    .array(z.object({ from_ms: instant, until_ms: instant, kw: z.number() }))
    .describe('In time order; a store charges with positive power, a supply may feed in so much'),
});

const costSchema = z.object({
  energy: z.number(),
  capacity: z.number(),
  carbon: z.number(),
  wear: z.number(),
  generation: z.number(),
  shedding: z.number(),
  total: z.number(),
  without_plan: z.number().describe('The same when nobody decides anything'),
});

export const energyPlanSchema = z.object({
  id: z.string(),
  seq: z.number().int(),
  created_ms: instant,
  valid_until_ms: instant.describe('It may be over: no newer plan is in force then'),
  currency: z.string(),
  start_ms: instant,
  slot_ms: z.number().int(),
  sites: z.array(sitePlanSchema),
  feeders: z.array(feederPlanSchema),
  violations: z.array(violationSchema).describe('The first tier first; at most 200'),
  violations_total: z.number().int(),
  shadow_prices: z
    .array(shadowPriceSchema)
    .nullable()
    .describe('The dearest first; at most 50. Null of a plan that does not say'),
  next: z.array(assetStepsSchema).describe('Setpoints of the first two hours'),
  cost: costSchema.describe('Over the horizon, in `currency`'),
  carbon_kg: z.number(),
});
export type EnergyPlanDocument = z.infer<typeof energyPlanSchema>;

const measuredSiteSchema = z.object({
  site: z.string(),
  load_kw: means,
  pv_kw: means,
  grid_kw: means,
  battery_kw: means,
  soc_ratio: means,
  stores: z
    .array(z.object({ store: z.string(), soc_ratio: means }))
    .describe('Thermal ones; the battery is `soc_ratio`'),
  units: z.array(z.object({ unit: z.string(), level_kw: means })).describe('Generators'),
  switches: z
    .array(z.object({ switch: z.string(), position: means }))
    .describe('The connection that was closed, counted from 1; between two where it changed within the step'),
});
export type MeasuredSite = z.infer<typeof measuredSiteSchema>;

export const energySchema = z.object({
  at_ms: instant,
  plan: energyPlanSchema.nullable().describe('The active plan; null when none is'),
  measured: z
    .object({
      from_ms: instant,
      step_ms: z.number().int(),
      sites: z.array(measuredSiteSchema),
      feeders: z.array(z.object({ feeder: z.string(), load_kw: means })),
    })
    .describe('The last twelve hours up to the quarter-hour under way'),
});
export type EnergyDocument = z.infer<typeof energySchema>;
