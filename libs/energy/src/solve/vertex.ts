import type { SlotGrid } from '#libs/kernel';
import type { Basis, Names } from '#libs/lp';
import { type BuiltEnergyModel, storeKey, type StorePower } from '../model/build-model.js';
import type { ModelNames } from '../model/energy-model.js';
import type { EnergyProblem } from '../problem.js';

/** Where the linear model of a plan ended: the next plan is sooner there than at a start of its own. */
export interface EnergyVertex {
  readonly grid: SlotGrid;
  readonly names: ModelNames;
  readonly basis: Basis;
  readonly power: StorePower;
}

/** What stores do in a solution. */
export const powerOf = ({ sites }: EnergyProblem, built: BuiltEnergyModel, values: Float64Array): StorePower =>
  new Map(
    sites.flatMap(({ site, stores }, at) =>
      stores.map(({ store }, index) => {
        const { charge = [], discharge = [] } = built.sites[at]?.stores[index] ?? {};
        const kw = Array.from(charge, (column, slot) => (values[column] ?? 0) - (values[discharge[slot] ?? -1] ?? 0));
        return [storeKey(site, store), kw] as const;
      }),
    ),
  );

/** What stores do by an earlier plan, in the slots of now; nothing is known of slots that it does not have. */
export const movePower = ({ grid, power }: EnergyVertex, now: SlotGrid): StorePower => {
  const slots = (now.start - grid.start) / grid.slotMs;
  if (now.slotMs !== grid.slotMs || !Number.isInteger(slots) || slots < 0) return new Map();
  return new Map([...power].map(([store, kw]) => [store, kw.slice(slots)]));
};

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
  const known = new StatesByName(before, states);
  return start.map((own, index) => known.find(names.textAt(index), names.placeAt(index), slots) ?? own);
};

/** States by text and place. Names come in runs of one text: the row of the last one is at hand. */
class StatesByName {
  readonly #placed = new Map<string, Int32Array>();
  readonly #single = new Map<string, number>();
  #text = '';
  #row: Int32Array | undefined;

  constructor(names: Names, states: Int32Array) {
    let places = 0;
    for (let index = 0; index < names.count; index += 1) places = Math.max(places, names.placeAt(index) + 1);
    for (let index = 0; index < names.count; index += 1) {
      const [text, place, state] = [names.textAt(index), names.placeAt(index), states[index] ?? 0];
      if (place < 0) {
        this.#single.set(text, state);
        continue;
      }
      let row = this.#rowOf(text);
      if (!row) {
        row = new Int32Array(places).fill(NONE);
        this.#placed.set(text, row);
        this.#row = row;
      }
      row[place] = state;
    }
  }

  /** Of the name so many places on. */
  find(text: string, place: number, on: number): number | undefined {
    if (place < 0) return this.#single.get(text);
    const state = this.#rowOf(text)?.[place + on];
    return state === NONE ? undefined : state;
  }

  #rowOf(text: string): Int32Array | undefined {
    if (text !== this.#text) {
      this.#text = text;
      this.#row = this.#placed.get(text);
    }
    return this.#row;
  }
}

/** No state. */
const NONE = -1;
