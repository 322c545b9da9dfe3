import { type Tier, TIERS } from '#libs/energy';
import type { Plan } from '#libs/planning';
import { z } from 'zod';

const slots = z.array(z.number());
const series = z.union([z.number(), slots]);

const connection = z.object({
  connection: z.string(),
  feeder: z.string(),
  import_limit_kw: series,
  export_limit_kw: series,
  available: series.default(1),
});

const powers = {
  site: z.string(),
  load_kw: slots,
  pv_kw: slots,
  curtailed_kw: slots,
  import_kw: slots,
  export_kw: slots,
  battery_kw: slots,
};

const sitePlan = z.object({
  ...powers,
  generated_kw: slots,
  unserved_kw: slots,
  stores: z.array(z.object({ store: z.string(), soc_ratio: slots })),
  supplies: z.array(z.object({ supply: z.string() })),
  units: z.array(z.object({ unit: z.string(), level_kw: slots })),
  tasks: z.array(z.object({ task: z.string() })),
  /** The connection that is closed in each slot; null: none. */
  switches: z.array(z.object({ switch: z.string(), closed: z.array(z.string().nullable()) })).default([]),
});

const siteProblem = z.object({
  site: z.string(),
  connections: z.array(connection),
  switches: z.array(z.object({ switch: z.string(), connections: z.array(z.string()) })).default([]),
});

/** Until November 2026 a site had one connection of its own name, and at most one battery. */
const earlierSite = z
  .object({ site: z.string(), feeder: z.string(), import_limit_kw: z.number(), export_limit_kw: z.number() })
  .transform(({ site, ...limits }) => ({
    site,
    connections: [{ connection: site, available: 1, ...limits }],
    switches: [],
  }));

const earlierSitePlan = z.object({ ...powers, soc_ratio: slots }).transform(({ soc_ratio, ...site }) => ({
  ...site,
  generated_kw: site.load_kw.map(() => 0),
  unserved_kw: site.load_kw.map(() => 0),
  stores: soc_ratio.some((ratio) => ratio > 0) ? [{ store: 'battery', soc_ratio }] : [],
  supplies: [{ supply: 'pv' }],
  units: [],
  tasks: [],
  switches: [],
}));

/** The tiers of limits that earlier plans knew. */
const EARLIER_TIERS: Readonly<Record<string, Tier>> = {
  feeder_limit: 'feeder',
  import_limit: 'contract',
  export_limit: 'contract',
};

const violation = z
  .object({
    limit: z.string(),
    tier: z.enum(TIERS).optional(),
    at: z.string(),
    from_ms: z.number(),
    until_ms: z.number(),
    worst_kw: z.number(),
    relief: z.string().default(''),
  })
  .transform(({ tier, ...rest }) => ({ ...rest, tier: tier ?? EARLIER_TIERS[rest.limit] ?? 'comfort' }));

const storedEnergyPlan = z.object({
  problem: z.object({
    currency: z.string(),
    feeders: z.array(z.object({ feeder: z.string(), parent: z.string().optional() })),
    sites: z.array(z.union([siteProblem, earlierSite])),
  }),
  content: z.object({
    grid: z.object({ start: z.number(), slotMs: z.number(), count: z.number() }),
    sites: z.array(z.union([sitePlan, earlierSitePlan])),
    feeders: z.array(z.object({ feeder: z.string(), limit_kw: series, load_kw: slots })),
    setpoints: z.array(
      z.object({
        venue: z.string(),
        asset: z.string(),
        from_ms: z.number(),
        until_ms: z.number(),
        value: z.number(),
        unit: z.string().default('kW'),
      }),
    ),
    violations: z.array(violation),
    shadow_prices: z
      .array(
        z.object({
          limit: z.string(),
          at: z.string(),
          from_ms: z.number(),
          until_ms: z.number(),
          price_per_kw: z.number(),
        }),
      )
      .optional(),
    cost: z.object({
      energy: z.number(),
      capacity: z.number().default(0),
      carbon: z.number(),
      wear: z.number(),
      generation: z.number().default(0),
      shedding: z.number().default(0),
      total: z.number(),
      without_plan: z.number(),
    }),
    carbon_kg: z.number(),
  }),
});
export type ReadEnergyPlan = z.infer<typeof storedEnergyPlan>;

/** What is shown of a stored energy plan, also of one that an earlier release made: plans are kept for 30 days. Throws for what is none. */
export const readEnergyPlan = ({ problem, content }: Plan): ReadEnergyPlan =>
  storedEnergyPlan.parse({ problem, content });
