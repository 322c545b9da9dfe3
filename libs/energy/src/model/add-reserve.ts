import { mostPower, POWER, type SiteProblem, valueAt } from '../problem.js';
import { feederLimit, feedersAbove } from '../transformer/feeder-rating.js';
import { isHit, listLosses, listOperations, listSecured, type Loss } from '../reserve/losses.js';
import { DIP, isLeft, listBarring, type Moment, QUARTER } from '../reserve/moments.js';
import type { SiteColumns } from './site-columns.js';
import type { EnergyModel } from './energy-model.js';

/**
 * In its secured slots a site survives the loss of any one feeder, connection or unit for a quarter of an hour: what must be served comes through the connections that are left, within their
 * limits and those of their feeders beside what others take, from what stores hold when the slot begins, and from machines that run. What can be switched off is off, so are chillers, chargers
 * and tasks; the sun does not count. Lights that must strike again are held through the dip before switches operate, also where the plan operates one.
 */
export const addReserve = (model: EnergyModel, sites: readonly SiteColumns[]): void => {
  const { problem } = model;
  const secured = listSecured(problem);
  const each = (loss: Loss, moments: readonly Moment[]): void => {
    for (const slot of secured) {
      const hit = [...problem.sites.entries()].filter(([, site]) => isHit(site, loss, slot));
      for (const moment of moments) addMoment(model, sites, { loss, slot, moment }, hit);
    }
  };
  for (const loss of listLosses(problem)) each(loss, [QUARTER, DIP]);
  for (const operation of listOperations(problem)) each(operation, [DIP]);
};

interface After {
  readonly loss: Loss;
  readonly slot: number;
  readonly moment: Moment;
}

const addMoment = (
  model: EnergyModel,
  sites: readonly SiteColumns[],
  after: After,
  hit: readonly (readonly [at: number, site: SiteProblem])[],
): void => {
  const { slot, moment } = after;
  if (hit.every(([, site]) => moment.neededKw(site, slot) <= 0)) return;
  const imports = new Map<string, number>();
  for (const [at, site] of hit) {
    const columns = sites[at];
    if (columns) addSite(model, site, columns, after, imports);
  }
  const weight = Math.max(...hit.map(([, site]) => moment.weight(site)));
  addFeederLimits(model, sites, after, imports, new Set(hit.map(([, { site }]) => site)), weight);
};

/** Fills `imports` with what each connection that is left would carry. */
const addSite = (
  model: EnergyModel,
  site: SiteProblem,
  columns: SiteColumns,
  after: After,
  imports: Map<string, number>,
): void => {
  const { loss, slot, moment } = after;
  const needed = moment.neededKw(site, slot);
  if (needed <= 0) return;
  const at = `${site.site} ${loss.name}`;
  const name = `${moment.limit} ${at} ${slot}`;
  const help = [
    ...addImports(model, site, columns, after, name, imports),
    ...addStores(model, site, columns, after, name),
    ...addMachines(model, site, columns, after, name),
  ];
  const operated = loss.operates === undefined ? undefined : findOperated(site, columns, loss.operates, slot);
  if (help.length === 0 && !operated) return;
  const weight = moment.weight(site);
  const short = model.addViolation({ tier: 'reserve', limit: moment.limit, at, slot, weight });
  const add = (row: number): void => {
    for (const [column, perKw] of [...help, [short, 1] as const]) model.addEntry(row, column, perKw);
  };
  if (!operated) {
    add(model.addRow(`survives ${name}`, { lower: needed }));
    return;
  }
  for (const { before, after: now, wasClosed } of operated) {
    const row = model.addRow(`survives ${name}`, { lower: wasClosed ? needed : 0 });
    add(row);
    model.addEntry(row, before, -needed);
    model.addEntry(row, now, needed);
  }
};

/** Whether each connection of a switch is closed in the slot before and in this one: where it no longer is, the switch operates. */
const findOperated = (site: SiteProblem, { switches }: SiteColumns, name: string, slot: number) => {
  const at = (site.switches ?? []).findIndex((one) => one.switch === name);
  const one = site.switches?.[at];
  return one?.connections.map((connection, index) => ({
    before: slot === 0 ? undefined : switches[at]?.[index]?.[slot - 1],
    after: switches[at]?.[index]?.[slot],
    wasClosed: slot === 0 && connection === one.closed,
  }));
};

type Help = readonly (readonly [column: number, perKw: number])[];

const addImports = (
  model: EnergyModel,
  site: SiteProblem,
  { switches }: SiteColumns,
  { loss, slot, moment }: After,
  name: string,
  imports: Map<string, number>,
): Help =>
  site.connections.flatMap((one) => {
    const left = isLeft(site, one, loss, moment, slot);
    if (left === 'no') return [];
    const { connection } = one;
    const upper = valueAt(one.import_limit_kw, slot);
    const column = model.addColumn(`import ${connection} ${name}`, { upper });
    imports.set(connection, column);
    const barring = left === 'yes' ? listBarring(site, connection, loss, slot) : [];
    for (const [at, { connections }] of (site.switches ?? []).entries()) {
      for (const [index, other] of connections.entries()) {
        const isClosed = switches[at]?.[index]?.[slot];
        if (left === 'where closed' && other === connection) {
          const row = model.addRow(`closed ${connection} ${name}`, { upper: 0 });
          model.addEntry(row, column, 1);
          model.addEntry(row, isClosed, -upper);
        }
        if (barring.includes(other)) {
          const row = model.addRow(`barred ${connection} ${other} ${name}`, { upper });
          model.addEntry(row, column, 1);
          model.addEntry(row, isClosed, upper);
        }
      }
    }
    return [[column, 1] as const];
  });

/** Power that stores give from what they hold when the slot begins. */
const addStores = (
  model: EnergyModel,
  site: SiteProblem,
  { stores }: SiteColumns,
  { slot, moment }: After,
  name: string,
): Help =>
  site.stores.flatMap(
    ({ store, bus = POWER, discharge_kw, discharge_efficiency, capacity_kwh, soc_ratio }, at): Help => {
      if (bus !== POWER) return [];
      const column = model.addColumn(`stored ${store} ${name}`, { upper: mostPower(discharge_kw) });
      const row = model.addRow(`stored ${store} ${name}`, { upper: slot === 0 ? soc_ratio * capacity_kwh : 0 });
      model.addEntry(row, column, moment.hours / discharge_efficiency);
      for (const [before, factor] of stores[at]?.held[slot - 1] ?? []) model.addEntry(row, before, -factor);
      return [[column, 1]];
    },
  );

const addMachines = (
  model: EnergyModel,
  site: SiteProblem,
  { units }: SiteColumns,
  { loss, slot }: After,
  name: string,
): Help =>
  site.units.flatMap(({ unit, outputs, capacity_kw }, at): Help => {
    const perKw = outputs.find(({ bus }) => bus === POWER)?.per_kw ?? 0;
    if (perKw === 0 || (loss.site === site.site && loss.unit === unit)) return [];
    const most = valueAt(capacity_kw, slot);
    const column = model.addColumn(`level ${unit} ${name}`, { upper: most });
    const on = units[at]?.on[slot];
    if (on !== undefined) {
      const row = model.addRow(`runs ${unit} ${name}`, { upper: 0 });
      model.addEntry(row, column, 1);
      model.addEntry(row, on, -most);
    }
    return [[column, perKw]];
  });

/** Feeders that are left carry what comes through them now beside what others go on taking. */
const addFeederLimits = (
  model: EnergyModel,
  sites: readonly SiteColumns[],
  { loss, slot, moment }: After,
  imports: ReadonlyMap<string, number>,
  hit: ReadonlySet<string>,
  weight: number,
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
    const row = model.addRow(`${moment.limit} feeder ${feeder} ${loss.name} ${slot}`, {
      upper: feederLimit(problem, one, slot),
    });
    model.couplings.push(row);
    // Where others alone are over it, nothing is left: dearer than what is short, so that nobody imports by it.
    const over = {
      tier: 'reserve',
      limit: moment.limit,
      at: `${feeder} ${loss.name}`,
      slot,
      weight: 2 * weight,
    } as const;
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
