import { type Connection, type EnergyProblem, POWER, type SiteProblem, valueAt } from '../problem.js';
import { feederLimit, feedersAbove } from '../transformer/feeder-rating.js';
import { isAlive } from './add-meters.js';
import type { SiteColumns } from './site-columns.js';
import type { EnergyModel } from './energy-model.js';

/** For so long a loss must be survived: by then people have switched, or machines have started. */
export const RESERVE_HOURS = 0.25;

/** What would be missing at a secured site in a slot after a loss: a column, or where nothing can be done about it a constant. */
export interface Shortage {
  readonly site: string;
  /** Feeder, connection or unit. */
  readonly lost: string;
  readonly slot: number;
  readonly column: number | undefined;
  readonly kw: number;
}

/** One feeder, connection or unit, and all that goes with it. */
interface Loss {
  readonly lost: string;
  readonly connections: ReadonlySet<string>;
  /** Site and unit. */
  readonly unit?: readonly [site: string, unit: string];
}

/**
 * In its secured slots a site survives the loss of any one feeder, connection or unit for a quarter of an hour: what must be served comes through the connections that are left, within their
 * limits and those of their feeders beside what others take, from what stores hold when the slot begins, and from machines that run. What can be switched off is off, so are chillers, chargers
 * and tasks; the sun does not count.
 */
export const addReserve = (model: EnergyModel, sites: readonly SiteColumns[]): readonly Shortage[] => {
  const { problem, slots } = model;
  const shortages: Shortage[] = [];
  for (const loss of listLosses(problem)) {
    for (let slot = 0; slot < slots; slot += 1) {
      const hit = [...problem.sites.entries()].filter(([, site]) => isHit(site, loss, slot));
      if (hit.length === 0) continue;
      const imports = new Map<string, number>();
      for (const [at, site] of hit) {
        const columns = sites[at];
        if (columns) shortages.push(addSite(model, site, columns, loss, slot, imports));
      }
      addFeederLimits(model, sites, loss, slot, imports, new Set(hit.map(([, { site }]) => site)));
    }
  }
  return shortages;
};

/** What the loss of takes the same connections is one: the first named, feeders before connections. */
const listLosses = (problem: EnergyProblem): readonly Loss[] => {
  const connections = problem.sites.flatMap((site) => site.connections);
  const secured = problem.sites.filter(({ secured_slots = [] }) => secured_slots.length > 0);
  if (secured.length === 0) return [];
  const losses = new Map<string, Loss>();
  const add = (lost: string, taken: readonly Connection[]): void => {
    const names = taken.map(({ connection }) => connection).sort();
    const key = names.join('\n');
    if (names.length > 0 && !losses.has(key)) losses.set(key, { lost, connections: new Set(names) });
  };
  for (const { feeder } of problem.feeders) {
    add(
      feeder,
      connections.filter((one) => feedersAbove(problem, one.feeder).includes(feeder)),
    );
  }
  for (const one of secured.flatMap((site) => site.connections)) add(one.connection, [one]);
  const units = secured.flatMap(({ site, units: own }) =>
    own
      .filter(({ outputs }) => outputs.some(({ bus }) => bus === POWER))
      .map(({ unit }): Loss => ({ lost: `${site} ${unit}`, connections: new Set(), unit: [site, unit] })),
  );
  return [...losses.values(), ...units];
};

const isHit = (site: SiteProblem, loss: Loss, slot: number): boolean =>
  (site.secured_slots ?? []).includes(slot) &&
  (loss.unit?.[0] === site.site ||
    site.connections.some((one) => loss.connections.has(one.connection) && isAlive(one, slot)));

/** Fills `imports` with what each connection that is left would carry. */
const addSite = (
  model: EnergyModel,
  site: SiteProblem,
  columns: SiteColumns,
  loss: Loss,
  slot: number,
  imports: Map<string, number>,
): Shortage => {
  const name = `${site.site} without ${loss.lost} ${slot}`;
  const needed = site.loads
    .filter(({ bus = POWER, shed_cost_per_kwh }) => bus === POWER && shed_cost_per_kwh === undefined)
    .reduce((sum, { power_kw }) => sum + valueAt(power_kw, slot), 0);
  const help: (readonly [column: number, perKw: number])[] = [];
  for (const one of site.connections) {
    if (loss.connections.has(one.connection) || !isAlive(one, slot)) continue;
    const column = model.addColumn(`import ${one.connection} ${name}`, { upper: valueAt(one.import_limit_kw, slot) });
    imports.set(one.connection, column);
    help.push([column, 1]);
  }
  for (const [at, store] of site.stores.entries()) {
    if ((store.bus ?? POWER) !== POWER) continue;
    help.push([addStoredPower(model, name, store, columns.stores[at]?.held, slot), 1]);
  }
  for (const [at, unit] of site.units.entries()) {
    const perKw = unit.outputs.find(({ bus }) => bus === POWER)?.per_kw ?? 0;
    if (perKw === 0 || (loss.unit?.[0] === site.site && loss.unit[1] === unit.unit)) continue;
    const most = valueAt(unit.capacity_kw, slot);
    const column = model.addColumn(`level ${unit.unit} ${name}`, { upper: most });
    const on = columns.units[at]?.on[slot];
    if (on !== undefined) {
      const row = model.addRow(`runs ${unit.unit} ${name}`, { upper: 0 });
      model.addEntry(row, column, 1);
      model.addEntry(row, on, -most);
    }
    help.push([column, perKw]);
  }
  const at = { site: site.site, lost: loss.lost, slot };
  if (help.length === 0) return { ...at, column: undefined, kw: needed };
  const short = model.addViolation({
    tier: 'reserve',
    limit: 'reserve',
    at: `${site.site} without ${loss.lost}`,
    slot,
    weight: RESERVE_HOURS,
  });
  const row = model.addRow(`survives ${name}`, { lower: needed });
  for (const [column, perKw] of [...help, [short, 1] as const]) model.addEntry(row, column, perKw);
  return { ...at, column: short, kw: 0 };
};

/** Power that a store gives for the quarter of an hour from what it holds when the slot begins. */
const addStoredPower = (
  model: EnergyModel,
  name: string,
  store: SiteProblem['stores'][number],
  held: SiteColumns['stores'][number]['held'] | undefined,
  slot: number,
): number => {
  const { discharge_kw, discharge_efficiency, capacity_kwh, soc_ratio } = store;
  const most = typeof discharge_kw === 'number' ? discharge_kw : Math.max(0, ...discharge_kw.map(([, kw]) => kw));
  const column = model.addColumn(`stored ${store.store} ${name}`, { upper: most });
  const row = model.addRow(`stored ${store.store} ${name}`, {
    upper: slot === 0 ? soc_ratio * capacity_kwh : 0,
  });
  model.addEntry(row, column, RESERVE_HOURS / discharge_efficiency);
  for (const [before, factor] of held?.[slot - 1] ?? []) model.addEntry(row, before, -factor);
  return column;
};

/** Feeders that are left carry what comes through them now beside what others go on taking. */
const addFeederLimits = (
  model: EnergyModel,
  sites: readonly SiteColumns[],
  loss: Loss,
  slot: number,
  imports: ReadonlyMap<string, number>,
  hit: ReadonlySet<string>,
): void => {
  const { problem } = model;
  for (const one of problem.feeders) {
    const { feeder } = one;
    const below = problem.sites.flatMap((site, at) =>
      site.connections.flatMap((connection, index) =>
        feedersAbove(problem, connection.feeder).includes(feeder)
          ? [{ site, connection, meter: sites[at]?.meters[index] }]
          : [],
      ),
    );
    if (!below.some(({ connection }) => imports.has(connection.connection))) continue;
    const row = model.addRow(`feeder ${feeder} without ${loss.lost} ${slot}`, {
      upper: feederLimit(problem, one, slot),
    });
    model.couplings.push(row);
    for (const {
      site,
      connection: { connection },
      meter,
    } of below) {
      if (hit.has(site.site)) model.addEntry(row, imports.get(connection), 1);
      else if (meter && !loss.connections.has(connection)) {
        model.addEntry(row, meter.import[slot], 1);
        model.addEntry(row, meter.export[slot], -1);
      }
    }
  }
};
