import type { Network } from '../search/network.js';
import type { FreeFleet, FreePart } from './free-part.js';

/** Prices that differ by less are the same. */
const SAME = 1e-9;

/** What one more vehicle of a class would be worth at each node; 0 at the sink. */
interface Fleet extends FreeFleet {
  readonly callOutCost: number;
  /** Wanted prices, moved by steps; never negative. */
  readonly wanted: Float64Array;
  /** The lowest prices at or over the wanted ones that no standing and no deadhead can gain by. */
  readonly closed: Float64Array;
  /** Where the closed price of a node comes from: where a vehicle that nobody takes there would go; -1: nowhere. */
  readonly source: Int32Array;
  readonly deadheadCost: Float64Array;
  readonly untilSlot: number;
}

/** Vehicles that are over at each node of each fleet, and calls that are left of the bays; negative: missing. */
export interface Imbalance {
  readonly over: readonly Float64Array[];
  readonly bays: Float64Array;
}

/**
 * Prices of vehicles at places and slots, and of bays. Prices of vehicles are kept such that standing and going empty never gain: then a fleet at these prices is worth what its vehicles are
 * worth where they come to be, and nothing else of it is left to solve (Lagrangian relaxation of the flow).
 */
export class VehiclePrices {
  readonly bays: Float64Array;
  readonly #network: Network;
  readonly #fleets: readonly Fleet[];
  readonly #bayRoom: Int32Array;
  /** By place: the deadheads that leave it, by index. */
  readonly #leaving: readonly (readonly number[])[];

  constructor({ compiled, fleets, bayRoom }: FreePart) {
    const { network } = compiled;
    this.#network = network;
    this.#bayRoom = bayRoom;
    this.bays = new Float64Array(bayRoom.length);
    this.#leaving = Array.from({ length: network.places }, (_, place) =>
      [...network.deadheads.entries()].filter(([, { from }]) => from === place).map(([index]) => index),
    );
    this.#fleets = fleets.map((fleet) => {
      const { callOutCost, deadheadCost, untilSlot } = network.classes[fleet.vehicles] ?? NO_CLASS;
      return {
        ...fleet,
        callOutCost,
        deadheadCost,
        untilSlot,
        wanted: new Float64Array(network.sink + 1),
        closed: new Float64Array(network.sink + 1),
        source: new Int32Array(network.sink + 1).fill(-1),
      };
    });
  }

  /** By node. */
  of(fleet: number): Float64Array {
    return this.#fleets[fleet]?.closed ?? NOTHING;
  }

  /** Sets them, and closes them. `from`: as `copy` gave them. */
  set(from: readonly Float64Array[]): void {
    for (const [fleet, { wanted }] of this.#fleets.entries()) {
      wanted.set(from[fleet] ?? NOTHING);
      this.#close(fleet);
    }
    this.bays.set(from[this.#fleets.length] ?? NOTHING);
  }

  /** Sets them as they are: the duals of an optimal solution are closed but for rounding, and as far as the columns go that it knows. */
  take(from: readonly Float64Array[]): void {
    for (const [fleet, { closed }] of this.#fleets.entries()) closed.set(from[fleet] ?? NOTHING);
    this.bays.set(from[this.#fleets.length] ?? NOTHING);
  }

  copy(): readonly Float64Array[] {
    return [...this.#fleets.map(({ closed }) => closed.slice()), this.bays.slice()];
  }

  /** What the fleets and bays are worth at these prices: a bound is the rest of the problem at them less this. */
  worth(): number {
    let sum = 0;
    for (const { supply, callable, closed, callOutCost } of this.#fleets) {
      for (let node = 0; node < closed.length; node += 1) {
        const price = closed[node] ?? 0;
        sum += (supply[node] ?? 0) * price + (callable[node] ?? 0) * Math.max(0, price - callOutCost);
      }
    }
    for (const [at, price] of this.bays.entries()) sum += price * (this.#bayRoom[at] ?? 0);
    return sum;
  }

  /** All vehicles and bays, before anybody takes one. */
  idle(): Imbalance {
    return {
      over: this.#fleets.map(({ supply, callable, closed, callOutCost }) =>
        Float64Array.from(supply, (count, node) =>
          (closed[node] ?? 0) > callOutCost ? count + (callable[node] ?? 0) : count,
        ),
      ),
      bays: Float64Array.from(this.#bayRoom),
    };
  }

  /** Dearer where vehicles are missing, cheaper where they stay over: a step of the subgradient of length `gain` / its square. */
  move({ over, bays }: Imbalance, gain: number): void {
    const missing = this.#fleets.map((fleet, index) => missingIn(fleet, over[index] ?? NOTHING));
    const short = bays.map((left, at) => (left > 0 && (this.bays[at] ?? 0) <= 0 ? 0 : -left));
    const square = [...missing, short].reduce((sum, row) => row.reduce((of, value) => of + value * value, sum), 0);
    if (square < SAME) return;
    const step = gain / square;
    for (const [index, { wanted, closed, source }] of this.#fleets.entries()) {
      const by = missing[index] ?? NOTHING;
      for (let node = 0; node < this.#network.sink; node += 1) {
        const change = by[node] ?? 0;
        // What only follows another node goes on following.
        const from = change === 0 && (source[node] ?? -1) >= 0 ? 0 : (closed[node] ?? 0);
        wanted[node] = Math.max(0, from + step * change);
      }
      this.#close(index);
    }
    for (const [at, price] of this.bays.entries()) this.bays[at] = Math.max(0, price + step * (short[at] ?? 0));
  }

  /** Latest slot first: a vehicle is worth at least what it is worth later, there or where it can go, less the way. */
  #close(index: number): void {
    const fleet = this.#fleets[index];
    if (!fleet) return;
    const { wanted, closed, source, deadheadCost, untilSlot } = fleet;
    const { slots, places, deadheads } = this.#network;
    for (let slot = slots - 1; slot >= 0; slot -= 1) {
      for (let place = 0; place < places; place += 1) {
        const node = slot * places + place;
        let worth = wanted[node] ?? 0;
        let from = -1;
        if (slot + 1 < slots && (closed[node + places] ?? 0) >= worth - SAME) {
          worth = Math.max(worth, closed[node + places] ?? 0);
          from = node + places;
        }
        for (const deadhead of this.#leaving[place] ?? []) {
          const { to, slots: taken } = deadheads[deadhead] ?? NO_DEADHEAD;
          if (slot + taken >= slots || slot + taken > untilSlot) continue;
          const next = (slot + taken) * places + to;
          const gain = (closed[next] ?? 0) - (deadheadCost[deadhead] ?? 0);
          if (gain > worth + SAME || (from < 0 && gain > 0 && gain >= worth - SAME)) {
            worth = Math.max(worth, gain);
            from = next;
          }
        }
        closed[node] = worth;
        source[node] = from;
      }
    }
  }
}

const NOTHING = new Float64Array(0);
const NO_CLASS = { callOutCost: 0, deadheadCost: NOTHING, untilSlot: 0 };
const NO_DEADHEAD = { to: 0, slots: 0 };

/** Vehicles that are missing at each node, after those that nobody takes went where that costs nothing. */
const missingIn = ({ source, closed }: Fleet, over: Float64Array): Float64Array => {
  const left = over.slice();
  left[left.length - 1] = 0;
  return left.map((_, node) => {
    const here = left[node] ?? 0;
    const next = source[node] ?? -1;
    if (here > 0 && next >= 0) {
      left[next] = (left[next] ?? 0) + here;
      return 0;
    }
    return here > 0 && (closed[node] ?? 0) <= 0 ? 0 : -here;
  });
};
