import { type Commitment, type SiteProblem, type Unit, valueAt } from '../problem.js';
import { type Columns, type EnergyModel, fuelPrice } from './energy-model.js';

export interface UnitColumns {
  readonly level: Columns;
  /** Of units that are on or off, how many of its twins are on; else empty. */
  readonly on: Columns;
  /** Units that share these columns, and which of them this is. */
  readonly twins: { readonly count: number; readonly place: number; readonly wereOn: boolean };
}

/**
 * Machines that differ in name alone are told apart by nobody: they are one, with as many places as there are. Who began first ends first, so that each keeps its least times where all together do
 * (`runsOf`). Not at secured sites, which must do without any one of them.
 */
export const addUnits = (
  model: EnergyModel,
  { site, units, secured_slots = [] }: SiteProblem,
): readonly UnitColumns[] => {
  const kinds = units.map((unit, at) =>
    canBeTwin(unit) && secured_slots.length === 0 ? JSON.stringify({ ...unit, unit: '' }) : String(at),
  );
  const added = new Map<string, Pick<UnitColumns, 'level' | 'on'>>();
  return units.map((unit, at) => {
    const kind = kinds[at] ?? '';
    const count = kinds.filter((one) => one === kind).length;
    const columns = added.get(kind) ?? addUnit(model, site, unit, count);
    added.set(kind, columns);
    const place = kinds.slice(0, at).filter((one) => one === kind).length;
    return { ...columns, twins: { count, place, wereOn: unit.commitment?.on ?? false } };
  });
};

/** Each has a tank of its own, and what it began before the horizon. */
const canBeTwin = ({ fuel, commitment }: Unit): boolean =>
  fuel?.on_hand === undefined &&
  commitment !== undefined &&
  (!commitment.on || commitment.slots_so >= commitment.min_up_slots);

const addUnit = (model: EnergyModel, site: string, unit: Unit, count: number): Pick<UnitColumns, 'level' | 'on'> => {
  const name = `${site} ${unit.unit}`;
  const level = model.addColumns(`level ${name}`, (slot) => ({
    upper: count * valueAt(unit.capacity_kw, slot),
    cost: unit.cost_per_kwh * model.hours,
  }));
  for (let slot = 0; slot < model.slots; slot += 1) {
    for (const { bus, per_kw } of unit.outputs) {
      model.feed(site, bus, slot, level[slot], per_kw);
      model.carry(model.balance(site, bus, slot), level[slot]);
    }
    for (const { bus, per_kw } of unit.inputs) model.feed(site, bus, slot, level[slot], -per_kw);
  }
  const on = unit.commitment ? addCommitment(model, name, unit, unit.commitment, level, count) : new Int32Array();
  if (unit.fuel) addFuel(model, name, unit.fuel, level, on);
  return { level, on };
};

/** On or off, started and stopped. What was started before the horizon goes on, or is a violation: without fuel, capacity or what it takes in, no machine does. */
const addCommitment = (
  model: EnergyModel,
  name: string,
  { capacity_kw }: Unit,
  of: Commitment,
  level: Columns,
  count: number,
): Columns => {
  const { slots } = model;
  const held = Math.max(0, (of.on ? of.min_up_slots : of.min_down_slots) - of.slots_so);
  const on = model.addColumns(`on ${name}`, (slot) => ({
    integer: true,
    upper: !of.on && slot < held ? 0 : count,
  }));
  for (let slot = 0; of.on && slot < Math.min(held, slots); slot += 1) {
    const kept = model.addRow(`kept on ${name}`, { lower: 1 }, slot);
    const broken = { tier: 'comfort', limit: 'min_up', at: name, slot, weight: model.hours } as const;
    model.addEntry(kept, on[slot], 1);
    model.addEntry(kept, model.addViolation(broken), 1);
  }
  const started = model.addColumns(`started ${name}`, () => ({ upper: count, cost: of.start_cost }));
  const stopped = model.addColumns(`stopped ${name}`, () => ({ upper: count, cost: of.stop_cost }));
  for (let slot = 0; slot < slots; slot += 1) {
    const most = model.addRow(`most ${name}`, { upper: 0 }, slot);
    model.addEntry(most, level[slot], 1);
    model.addEntry(most, on[slot], -valueAt(capacity_kw, slot));
    if (of.min_kw > 0) {
      const least = model.addRow(`least ${name}`, { lower: 0 }, slot);
      model.addEntry(least, level[slot], 1);
      model.addEntry(least, on[slot], -of.min_kw);
    }
    const turned = model.addRow(`turned ${name}`, { equal: slot === 0 && of.on ? count : 0 }, slot);
    model.addEntry(turned, on[slot], 1);
    if (slot > 0) model.addEntry(turned, on[slot - 1], -1);
    model.addEntry(turned, started[slot], -1);
    model.addEntry(turned, stopped[slot], 1);
    // Who started within its least time on is still on (Rajan and Takriti 2005), and the same for off.
    const up = model.addRow(`up ${name}`, { upper: 0 }, slot);
    model.addEntry(up, on[slot], -1);
    for (let at = Math.max(0, slot - Math.max(1, of.min_up_slots) + 1); at <= slot; at += 1)
      model.addEntry(up, started[at], 1);
    const down = model.addRow(`down ${name}`, { upper: count }, slot);
    model.addEntry(down, on[slot], 1);
    for (let at = Math.max(0, slot - Math.max(1, of.min_down_slots) + 1); at <= slot; at += 1)
      model.addEntry(down, stopped[at], 1);
  }
  return on;
};

/** What it burns lies on or above each piece of its curve. */
const addFuel = (
  model: EnergyModel,
  name: string,
  fuel: NonNullable<Unit['fuel']>,
  level: Columns,
  on: Columns,
): void => {
  const { slots, hours } = model;
  const burnt = model.addColumns(`burnt ${name}`, () => ({ cost: fuelPrice(fuel, model.problem) * hours }));
  const { curve } = fuel;
  for (let slot = 0; slot < slots; slot += 1) {
    for (const [at, [kw, rate]] of curve.entries()) {
      const next = curve[at + 1];
      if (!next) continue;
      const slope = (next[1] - rate) / (next[0] - kw);
      const idle = rate - slope * kw;
      const row = model.addRow(`fuel ${name} ${at}`, { lower: on.length > 0 ? 0 : idle }, slot);
      model.addEntry(row, burnt[slot], 1);
      model.addEntry(row, level[slot], -slope);
      model.addEntry(row, on[slot], -idle);
    }
  }
  if (fuel.on_hand === undefined) return;
  const row = model.addRow(`fuel on hand ${name}`, { upper: fuel.on_hand });
  for (let slot = 0; slot < slots; slot += 1) model.addEntry(row, burnt[slot], hours);
};
