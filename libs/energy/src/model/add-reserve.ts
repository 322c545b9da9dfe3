import { mostPower, POWER, type SiteProblem, valueAt } from '../problem.js';
import { feederLimit, feedersAbove } from '../transformer/feeder-rating.js';
import { isHit, listLosses, type Loss, neededKw, RESERVE_HOURS } from '../reserve/losses.js';
import { isAlive } from './add-meters.js';
import type { SiteColumns } from './site-columns.js';
import type { EnergyModel } from './energy-model.js';

/**
 * In its secured slots a site survives the loss of any one feeder, connection or unit for a quarter of an hour: what must be served comes through the connections that are left, within their
 * limits and those of their feeders beside what others take, from what stores hold when the slot begins, and from machines that run. What can be switched off is off, so are chillers, chargers
 * and tasks; the sun does not count.
 */
export const addReserve = (model: EnergyModel, sites: readonly SiteColumns[]): void => {
  const { problem, slots } = model;
  for (const loss of listLosses(problem)) {
    for (let slot = 0; slot < slots; slot += 1) {
      const hit = [...problem.sites.entries()].filter(([, site]) => isHit(site, loss, slot));
      if (hit.length === 0) continue;
      const imports = new Map<string, number>();
      for (const [at, site] of hit) {
        const columns = sites[at];
        if (columns) addSite(model, site, columns, loss, slot, imports);
      }
      addFeederLimits(model, sites, loss, slot, imports, new Set(hit.map(([, { site }]) => site)));
    }
  }
};

/** Fills `imports` with what each connection that is left would carry. */
const addSite = (
  model: EnergyModel,
  site: SiteProblem,
  columns: SiteColumns,
  loss: Loss,
  slot: number,
  imports: Map<string, number>,
): void => {
  const name = `${site.site} without ${loss.lost} ${slot}`;
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
  if (help.length === 0) return;
  const short = model.addViolation({
    tier: 'reserve',
    limit: 'reserve',
    at: `${site.site} without ${loss.lost}`,
    slot,
    weight: RESERVE_HOURS,
  });
  const row = model.addRow(`survives ${name}`, { lower: neededKw(site, slot) });
  for (const [column, perKw] of [...help, [short, 1] as const]) model.addEntry(row, column, perKw);
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
  const column = model.addColumn(`stored ${store.store} ${name}`, { upper: mostPower(discharge_kw) });
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
    // Where others alone are over it, nothing is left: dearer than what is short, so that nobody imports by it.
    const over = { tier: 'reserve', limit: 'reserve', at: feeder, slot, weight: 2 * RESERVE_HOURS } as const;
    model.addEntry(row, model.addViolation(over), -1);
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
