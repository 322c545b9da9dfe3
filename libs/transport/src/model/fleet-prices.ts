import type { DispatchProblem } from '../problem/problem.js';
import { type DispatchIndex, eachColumn } from './dispatch-index.js';

/** Money that a step moves a price by where one vehicle is missing, at first and at most. */
const FIRST_STEP = 3;
/** More vehicles missing at one place and slot than these move its price no further. */
const MOST_MISSING = 2;

/** A way of a vehicle class through places and time; nodes are place x slots + slot, -1 past the horizon. */
interface Arc {
  readonly from: number;
  readonly to: number;
  readonly column: number;
}

/** What a vehicle of one class is worth at each place and slot. */
interface ClassPrices {
  /** Wanted prices, moved by steps; never negative. */
  readonly wanted: Float64Array;
  /** The lowest prices at or over the wanted ones that no standing and no deadhead can gain by. */
  readonly closed: Float64Array;
  /** For each node, the node that its closed price comes from; -1: its own wanted price. */
  readonly source: Int32Array;
  readonly supply: Float64Array;
  readonly trips: readonly Arc[];
  /** By place: where deadheads lead, after how many slots, at what cost. */
  readonly deadheads: readonly (readonly { readonly to: number; readonly slots: number; readonly cost: number }[])[];
}

/**
 * Prices of vehicles at places and slots, for a Lagrangian relaxation of the fleet: each trip then costs what it costs, and the price of a vehicle where it
 * begins less the price where it ends. Prices are kept such that standing and going empty never gain, so nothing else of the fleet is left to
 * solve; and moved towards balance by subgradients along smoothed departures, as in the volume algorithm (Barahona and Anbil 2000).
 */
export class FleetPrices {
  readonly #slots: number;
  readonly #classes: readonly ClassPrices[];
  #step = FIRST_STEP;

  constructor(problem: DispatchProblem, index: DispatchIndex, cost: Float64Array) {
    this.#slots = index.slots;
    const place = new Map(problem.places.map(({ id }, n) => [id, n]));
    const nodes = problem.places.length * index.slots;
    this.#classes = index.classes.map(({ vehicles }, k) => {
      const supply = new Float64Array(nodes);
      for (const vehicle of vehicles) {
        const slot = Math.max(0, vehicle.ready_slot);
        const node = (place.get(vehicle.place) ?? 0) * index.slots + slot;
        if (slot < index.slots) supply[node] = (supply[node] ?? 0) + 1;
      }
      const trips = problem.patterns.flatMap(({ from_place, to_place, busy_slots }, p) => {
        const arcs: Arc[] = [];
        const [from, to] = [(place.get(from_place) ?? 0) * index.slots, (place.get(to_place) ?? 0) * index.slots];
        eachColumn(index.trip[k]?.[p] ?? new Int32Array(), (column, slot) => {
          const ends = slot + busy_slots;
          arcs.push({ from: from + slot, to: ends < index.slots ? to + ends : -1, column });
        });
        return arcs;
      });
      const deadheads = problem.places.map(({ id }) =>
        problem.deadheads.flatMap(({ from_place, to_place, slots }, d) => {
          const first = index.dead[k]?.[d]?.[0] ?? -1;
          return from_place === id && first >= 0
            ? [{ to: place.get(to_place) ?? 0, slots, cost: cost[first] ?? 0 }]
            : [];
        }),
      );
      const empty = () => new Float64Array(nodes);
      return { wanted: empty(), closed: empty(), source: new Int32Array(nodes).fill(-1), supply, trips, deadheads };
    });
  }

  /** Price of a vehicle of a class at a place and slot. */
  at(vehicleClass: number, place: number, slot: number): number {
    return this.#classes[vehicleClass]?.closed[place * this.#slots + slot] ?? 0;
  }

  /** Puts the trips' costs at these prices into `costs`, by column. */
  addTo(costs: Float64Array, plain: Float64Array): void {
    for (const { closed, trips } of this.#classes) {
      for (const { from, to, column } of trips) {
        costs[column] = (plain[column] ?? 0) + (closed[from] ?? 0) - (to < 0 ? 0 : (closed[to] ?? 0));
      }
    }
  }

  /** Longer steps while bounds get better, shorter ones where they do not. */
  judge(better: boolean): void {
    this.#step = Math.min(FIRST_STEP, this.#step * (better ? 1.1 : 0.9));
  }

  /** Dearer where the departures in `values` lack vehicles, cheaper where vehicles stay over. */
  move(values: Float64Array): void {
    for (const prices of this.#classes) {
      const over = surplusOf(prices, values, this.#slots);
      for (const [node, source] of prices.source.entries()) {
        const missing = Math.max(-MOST_MISSING, Math.min(MOST_MISSING, -(over[node] ?? 0)));
        prices.wanted[node] =
          source < 0 ? Math.max(0, (prices.wanted[node] ?? 0) + this.#step * missing) : (prices.closed[node] ?? 0);
      }
      close(prices, this.#slots);
    }
  }
}

/** Vehicles that nothing leaves with, taken along to the nodes that set their prices. */
const surplusOf = ({ supply, trips, source }: ClassPrices, values: Float64Array, slots: number): Float64Array => {
  const over = supply.slice();
  const add = (node: number, vehicles: number): void => {
    over[node] = (over[node] ?? 0) + vehicles;
  };
  for (const { from, to, column } of trips) {
    const made = values[column] ?? 0;
    if (made === 0) continue;
    add(from, -made);
    if (to >= 0) add(to, made);
  }
  for (let slot = 0; slot < slots; slot += 1) {
    for (let node = slot; node < over.length; node += slots) {
      const next = source[node] ?? -1;
      if (next < 0) continue;
      add(next, over[node] ?? 0);
      over[node] = 0;
    }
  }
  return over;
};

/** Latest slot first: a vehicle is worth at least what it is worth later, there or where it can go, less the way. */
const close = ({ wanted, closed, source, deadheads }: ClassPrices, slots: number): void => {
  for (let slot = slots - 1; slot >= 0; slot -= 1) {
    for (const [place, ways] of deadheads.entries()) {
      const node = place * slots + slot;
      let [worth, from] = [wanted[node] ?? 0, -1];
      const consider = (next: number, cost: number): void => {
        const gain = (closed[next] ?? 0) - cost;
        if (gain > worth) [worth, from] = [gain, next];
      };
      if (slot + 1 < slots) consider(node + 1, 0);
      for (const { to, slots: away, cost } of ways) if (slot + away < slots) consider(to * slots + slot + away, cost);
      closed[node] = worth;
      source[node] = from;
    }
  }
};
