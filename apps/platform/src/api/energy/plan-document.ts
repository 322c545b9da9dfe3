import { TIERS, valueAt } from '#libs/energy';
import { HOUR_MS } from '#libs/kernel';
import type { Plan } from '#libs/planning';

import type { EnergyPlanDocument } from './energy.schema.js';
import { readEnergyPlan, type ReadEnergyPlan } from './stored-plan.js';

const MOST_VIOLATIONS = 200;
const MOST_PRICES = 50;
/** Their worst is energy: what is outside a band, missed or not done. */
const IN_KWH = new Set(['soc_band', 'soc_target', 'task']);

type Content = ReadEnergyPlan['content'];
type SiteProblem = ReadEnergyPlan['problem']['sites'][number];
type Connection = SiteProblem['connections'][number];
type Switch = Content['sites'][number]['switches'][number];
type AssetSteps = EnergyPlanDocument['next'][number];

/** A plan as the page shows it. */
export const planDocument = (plan: Plan): EnergyPlanDocument => {
  const { problem, content } = readEnergyPlan(plan);
  const { start, slotMs, count } = content.grid;
  const asked = new Map(problem.sites.map((site) => [site.site, site]));
  return {
    id: plan.id,
    seq: plan.seq,
    created_ms: plan.created,
    valid_until_ms: plan.valid_until,
    currency: problem.currency,
    start_ms: start,
    slot_ms: slotMs,
    sites: content.sites.map(({ supplies: _s, tasks: _t, switches, ...site }) => {
      const { connections = [], switches: of = [] } = asked.get(site.site) ?? {};
      return {
        ...site,
        ...limitsOf(connections, of, switches, count),
        switches: switches.map(({ switch: name, closed }) => ({
          switch: name,
          steps: stepsOf(closed, content.grid).map((step) => ({
            ...step,
            feeder: connections.find(({ connection }) => connection === step.connection)?.feeder ?? null,
          })),
        })),
      };
    }),
    feeders: content.feeders.map(({ feeder, limit_kw, load_kw }) => ({
      feeder,
      parent: problem.feeders.find((entry) => entry.feeder === feeder)?.parent ?? null,
      limit_kw: load_kw.map((_, slot) => valueAt(limit_kw, slot)),
      load_kw,
    })),
    violations: content.violations
      .map(({ worst_kw, ...violation }) => ({
        ...violation,
        ...sizeOf(violation, worst_kw),
      }))
      .sort((a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || a.from_ms - b.from_ms)
      .slice(0, MOST_VIOLATIONS),
    violations_total: content.violations.length,
    shadow_prices:
      content.shadow_prices?.toSorted((a, b) => b.price_per_kw - a.price_per_kw).slice(0, MOST_PRICES) ?? null,
    next: listSteps(content),
    cost: content.cost,
    carbon_kg: content.carbon_kg,
  };
};

/** How far a limit is broken: of a least time on, for how long. */
const sizeOf = ({ limit, from_ms, until_ms }: Omit<Content['violations'][number], 'worst_kw'>, worst: number) => {
  if (limit === 'min_up') return { worst: (until_ms - from_ms) / HOUR_MS, unit: 'h' as const };
  return { worst, unit: IN_KWH.has(limit) ? ('kWh' as const) : ('kW' as const) };
};

/** Of connections that are alive and no switch leaves open. */
const limitsOf = (
  connections: readonly Connection[],
  switches: SiteProblem['switches'],
  planned: readonly Switch[],
  count: number,
) => {
  const isOpen = (connection: string, slot: number): boolean =>
    switches.some((one, at) => one.connections.includes(connection) && planned[at]?.closed[slot] !== connection);
  const sum = (limit: 'import_limit_kw' | 'export_limit_kw'): number[] =>
    Array.from({ length: count }, (_, slot) =>
      connections.reduce(
        (total, one) =>
          isOpen(one.connection, slot) ? total : total + valueAt(one[limit], slot) * valueAt(one.available, slot),
        0,
      ),
    );
  return { import_limit_kw: sum('import_limit_kw'), export_limit_kw: sum('export_limit_kw') };
};

const stepsOf = (closed: Switch['closed'], { start, slotMs }: Content['grid']) => {
  const steps: { from_ms: number; until_ms: number; connection: string | null }[] = [];
  for (const [slot, connection] of closed.entries()) {
    const [last, until_ms] = [steps.at(-1), start + (slot + 1) * slotMs];
    if (last?.connection === connection) last.until_ms = until_ms;
    else steps.push({ from_ms: start + slot * slotMs, until_ms, connection });
  }
  return steps;
};

/** Setpoints by asset, those of one value in a row as one step; where switches stand is said of their sites. */
const listSteps = ({ sites, setpoints }: Content): AssetSteps[] => {
  const kinds = new Map<string, AssetSteps['kind']>(
    sites.flatMap(({ site, stores, supplies, units, tasks }) =>
      [
        ...stores.map(({ store }) => [store, 'store'] as const),
        ...supplies.map(({ supply }) => [supply, 'supply'] as const),
        ...units.map(({ unit }) => [unit, 'unit'] as const),
        ...tasks.map(({ task }) => [task, 'task'] as const),
      ].map(([asset, kind]) => [`${site} ${asset}`, kind] as const),
    ),
  );
  const assets = new Map<string, AssetSteps>();
  for (const { venue, asset, from_ms, until_ms, value, unit } of setpoints) {
    if (unit === 'position') continue;
    const name = `${venue} ${asset}`;
    const known = assets.get(name) ?? { site: venue, asset, kind: kinds.get(name) ?? 'load', steps: [] };
    assets.set(name, known);
    const last = known.steps.at(-1);
    if (last?.kw === value && last.until_ms === from_ms) last.until_ms = until_ms;
    else known.steps.push({ from_ms, until_ms, kw: value });
  }
  return [...assets.values()];
};
