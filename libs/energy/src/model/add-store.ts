import { mostPower, type Series, type Store, valueAt } from '../problem.js';
import type { Columns, EnergyModel } from './energy-model.js';

export interface StoreColumns {
  readonly charge: Columns;
  readonly discharge: Columns;
  /** By slot: what it holds at its end. */
  readonly held: readonly Held[];
}

/** A kWh missing at the horizon, in dearest kWh: more than it was ever worth, so that emptying a store never pays by itself. */
const MISSING = 2;

/** What a store holds at a slot's end, as columns: in its band, less what is below it, plus what is above it. */
export type Held = readonly (readonly [column: number, factor: number])[];

/** What a kWh costs more that is charged or discharged where the plan before did not, in tie-breakers: less than all else, and enough to be seen by a solver. */
const CHANGED = 0.1;

/** `planned`: what it did by the plan before, kW by slot, positive while charging. */
export const addStore = (
  model: EnergyModel,
  site: string,
  store: Store,
  oneWay: ReadonlySet<number>,
  planned?: readonly number[],
): StoreColumns => {
  const { slots, hours } = model;
  const { bus, capacity_kwh, charge_efficiency, discharge_efficiency, soc_ratio } = store;
  const name = `${site} ${store.store}`;
  const cost = Math.max(store.wear_cost_per_kwh, model.tie) * hours;
  const power = (limit: Store['charge_kw'], direction: 1 | -1) => {
    const upper = mostPower(limit);
    const options = { cost, upper };
    if (!planned) return () => options;
    const changed = CHANGED * model.tie * hours;
    return (slot: number) => {
      const same = upper > 0 ? Math.min(1, Math.max(0, (direction * (planned[slot] ?? 0)) / upper)) : 0;
      return { upper, cost: cost + changed * (1 - same) };
    };
  };
  const charge = model.addColumns(`charge ${name}`, power(store.charge_kw, 1));
  const discharge = model.addColumns(`discharge ${name}`, power(store.discharge_kw, -1));
  const kept = keptIn(store, hours);
  const start = soc_ratio * capacity_kwh;
  const names = { held: `held ${name}`, stored: `stored ${name}` };
  let before: Held = [];
  const all: Held[] = [];
  for (let slot = 0; slot < slots; slot += 1) {
    const held = addHeld(model, name, names.held, store, slot);
    model.feed(site, bus, slot, charge[slot], -1);
    model.feed(site, bus, slot, discharge[slot], 1);
    const row = model.addRow(names.stored, { equal: slot === 0 ? start * kept : 0 }, slot);
    for (const [column, factor] of held) model.addEntry(row, column, factor);
    model.carry(row, held[0]?.[0]);
    for (const [column, factor] of before) model.addEntry(row, column, -factor * kept);
    model.addEntry(row, charge[slot], -charge_efficiency * hours);
    model.addEntry(row, discharge[slot], hours / discharge_efficiency);
    addPowerBySoc(model, `charge ${name}`, store.charge_kw, slot, charge[slot], before, store);
    addPowerBySoc(model, `discharge ${name}`, store.discharge_kw, slot, discharge[slot], before, store);
    addTargets(model, name, store, slot, held);
    before = held;
    all.push(held);
  }
  addEnd(model, name, store, before);
  addOneWay(model, name, store, oneWay, charge, discharge);
  return { charge, discharge, held: all };
};

/** Part of what a store holds that is still there after some hours. */
const keptIn = ({ loss_ratio_per_hour = 0 }: Store, hours: number): number => (1 - loss_ratio_per_hour) ** hours;

/** In the band, and below and above it at the price of a violation. Above only where a measured start or a narrower band later can leave it there. */
const addHeld = (model: EnergyModel, name: string, column: string, store: Store, slot: number): Held => {
  const { capacity_kwh, soc_ratio, soc_min_ratio, soc_max_ratio, holding_cost_per_kwh_hour = 0 } = store;
  const [low, high] = [valueAt(soc_min_ratio, slot) * capacity_kwh, valueAt(soc_max_ratio, slot) * capacity_kwh];
  const cost = holding_cost_per_kwh_hour * model.hours;
  const end = endValue(store, model, slot);
  const held: [number, number][] = [[model.addColumn(column, { lower: low, upper: high, cost: cost - end }, slot), 1]];
  const of = { tier: 'comfort', limit: 'soc_band', at: name, slot, weight: 1 } as const;
  if (low > 0) held.push([model.addViolation(of, { upper: low, cost: end - cost }), -1]);
  const most = isNumber(soc_max_ratio) ? soc_ratio * capacity_kwh : capacity_kwh;
  if (most > high) held.push([model.addViolation(of, { upper: most - high, cost: cost - end }), 1]);
  return held;
};

const isNumber = (series: Series): series is number => typeof series === 'number';

const endValue = ({ end_value_per_kwh = 0 }: Store, { slots }: EnergyModel, slot: number): number =>
  slot === slots - 1 ? end_value_per_kwh : 0;

/** The measured energy, less its losses and brought into the band, is still there at the horizon, or costs more than it was ever worth. */
const addEnd = (model: EnergyModel, name: string, store: Store, held: Held): void => {
  if (store.end_value_per_kwh !== undefined) return;
  const { capacity_kwh, soc_min_ratio, soc_max_ratio, charge_efficiency } = store;
  const last = model.slots - 1;
  const alone = store.soc_ratio * keptIn(store, model.slots * model.hours);
  const wanted = Math.min(Math.max(alone, valueAt(soc_min_ratio, last)), valueAt(soc_max_ratio, last)) * capacity_kwh;
  const missing = model.addColumn(`missing at the end ${name}`, {
    cost: (MISSING * model.dearest) / charge_efficiency,
  });
  const row = model.addRow(`end ${name}`, { lower: wanted });
  for (const [column, factor] of held) model.addEntry(row, column, factor);
  model.addEntry(row, missing, 1);
};

const addTargets = (
  model: EnergyModel,
  name: string,
  { targets = [], capacity_kwh }: Store,
  slot: number,
  held: Held,
): void => {
  for (const target of targets) {
    if (target.slot !== slot) continue;
    const row = model.addRow(`target ${name}`, { lower: target.soc_ratio * capacity_kwh }, slot);
    for (const [column, factor] of held) model.addEntry(row, column, factor);
    model.addEntry(row, model.addViolation({ tier: 'comfort', limit: 'soc_target', at: name, slot, weight: 1 }), 1);
  }
};

/** Each piece of the concave line is a row: power is under all of them. */
const addPowerBySoc = (
  model: EnergyModel,
  name: string,
  limit: Store['charge_kw'],
  slot: number,
  column: number | undefined,
  before: Held,
  { capacity_kwh, soc_ratio }: Store,
): void => {
  if (typeof limit === 'number') return;
  for (const [at, [soc, kw]] of limit.entries()) {
    const next = limit[at + 1];
    if (!next) continue;
    const slope = (next[1] - kw) / ((next[0] - soc) * capacity_kwh);
    if (slope === 0) continue;
    const known = before.length === 0 ? slope * soc_ratio * capacity_kwh : 0;
    const row = model.addRow(`${name} by state ${at}`, { upper: kw - slope * soc * capacity_kwh + known }, slot);
    model.addEntry(row, column, 1);
    for (const [held, factor] of before) model.addEntry(row, held, -factor * slope);
  }
};

/** One direction at a time: binary, and only in slots in which the linear model would run it in both at once, to lose energy that has a negative price or is in the way. */
const addOneWay = (
  model: EnergyModel,
  name: string,
  store: Store,
  slots: ReadonlySet<number>,
  charge: Columns,
  discharge: Columns,
): void => {
  const [most, least] = [mostPower(store.charge_kw), mostPower(store.discharge_kw)];
  for (const slot of slots) {
    const charges = model.addColumn(`charges ${name}`, { integer: true, upper: 1 }, slot);
    const forth = model.addRow(`charges ${name}`, { upper: 0 }, slot);
    model.addEntry(forth, charge[slot], 1);
    model.addEntry(forth, charges, -most);
    const back = model.addRow(`discharges ${name}`, { upper: least }, slot);
    model.addEntry(back, discharge[slot], 1);
    model.addEntry(back, charges, least);
  }
};
