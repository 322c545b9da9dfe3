import type { SlotGrid } from '#libs/kernel';
import type { Basis, Names } from '#libs/lp';
import type { BuiltEnergyModel } from '../model/build-model.js';
import type { ModelNames } from '../model/energy-model.js';

/** Where the linear model of a plan ended: the next plan is sooner there than at a start of its own. */
export interface EnergyVertex {
  readonly grid: SlotGrid;
  readonly names: ModelNames;
  readonly basis: Basis;
}

/** The vertex in the terms of another model: each column and row as it was in the slot of the same time; at its own start what was not there. */
export const moveVertex = ({ grid, names, basis }: EnergyVertex, to: BuiltEnergyModel, now: SlotGrid): Basis => {
  const slots = (now.start - grid.start) / grid.slotMs;
  if (now.slotMs !== grid.slotMs || !Number.isInteger(slots)) return to.start;
  return {
    columns: moved(names.columns, basis.columns, slots, to.names.columns, to.start.columns),
    rows: moved(names.rows, basis.rows, slots, to.names.rows, to.start.rows),
  };
};

const moved = (before: Names, states: Int32Array, slots: number, names: Names, start: Int32Array): Int32Array => {
  const known = new Map<string, Map<number, number>>();
  for (let index = 0; index < before.count; index += 1) {
    const text = before.textAt(index);
    const places = known.get(text) ?? new Map<number, number>();
    if (places.size === 0) known.set(text, places);
    places.set(before.placeAt(index), states[index] ?? 0);
  }
  return start.map((own, index) => {
    const place = names.placeAt(index);
    return known.get(names.textAt(index))?.get(place < 0 ? place : place + slots) ?? own;
  });
};
