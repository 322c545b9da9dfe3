import type { Random } from '#libs/kernel';
import type { DispatchProblem } from '../problem.js';
import { changesOf } from './change-cost.js';
import { availableVehicles, cumulative, type DepartureCounts, heldUntil } from './fleet.js';
import { keepsWords } from './limits.js';
import { flowOfLine, type Line, linesOf, vehicleCost, waitingCost } from './line.js';

/** Departures given up (-1) and made (+1) by slot on one line. */
type Change = readonly (readonly [slot: number, by: -1 | 1])[];

export interface SearchLimits {
  /** Simulations of a line that may be spent: the effort. */
  readonly evaluations: number;
  /** Looked at between simulations; a search that is told to stop ends with what it has. */
  readonly stop?: () => boolean;
}

/**
 * Local search from departures that hold every limit, by exact simulation: one departure more, one less, two rounds, or one moved by up
 * to `REACH` slots; where no vehicle is free, one taken from another line. Takes every change that lowers the cost, in
 * an order drawn from `random`, until none does or the limits are reached. Never worse than its start. It gives the event
 * loop a turn every few milliseconds.
 */
export const improveDepartures = (
  problem: DispatchProblem,
  start: DepartureCounts,
  limits: SearchLimits,
  random: Random,
): Promise<number[][]> => new Search(problem, start, limits).run(random);

const REACH = 3;
/** Simulations between two turns of the event loop: a few milliseconds. */
const TURN = 50;
/** A change must save this much of a departure's cost, so that rounding does not keep the search busy. */
const WORTHWHILE = 1e-6;

class Search {
  readonly #lines: readonly Line[];
  readonly #departures: number[][];
  readonly #costs: number[];
  /** Vehicles free in each slot. */
  readonly #free: number[];
  readonly #limits: SearchLimits;
  #evaluations = 0;

  constructor(problem: DispatchProblem, start: DepartureCounts, limits: SearchLimits) {
    this.#lines = linesOf(problem);
    this.#limits = limits;
    this.#departures = start.map((row) => [...row]);
    this.#free = [...availableVehicles(problem)];
    for (const [index, row] of this.#departures.entries()) {
      for (const [slot, count] of row.entries()) this.#hold(index, slot, count);
    }
    this.#costs = this.#lines.map((line, index) => this.#costOf(line, this.#departures[index] ?? []));
  }

  async run(random: Random): Promise<number[][]> {
    let nextTurn = TURN;
    const places = this.#lines.flatMap((line, index) =>
      Array.from({ length: line.slots }, (_, slot) => ({ index, slot })),
    );
    for (let improved = true; improved && !this.#isOver();) {
      improved = false;
      shuffle(places, random);
      for (const { index, slot } of places) {
        if (this.#isOver()) break;
        if (this.#evaluations >= nextTurn) {
          nextTurn = this.#evaluations + TURN;
          await new Promise((resolve) => setImmediate(resolve));
        }
        if (this.#changesAt(index, slot).some((change) => this.#tryChange(index, change))) improved = true;
        else if (this.#tryTaking(index, slot)) improved = true;
      }
    }
    return this.#departures;
  }

  #changesAt(index: number, slot: number): readonly Change[] {
    const more: Change[] = [[[slot, 1]], ...this.#roundsFrom(index, slot)];
    if ((this.#departures[index]?.[slot] ?? 0) === 0) return more;
    const changes: Change[] = [...more, [[slot, -1]]];
    for (let by = 1; by <= REACH; by += 1) {
      for (const to of [slot - by, slot + by]) {
        if (to >= 0 && to < (this.#departures[index]?.length ?? 0))
          changes.push([
            [slot, -1],
            [to, 1],
          ]);
      }
    }
    return changes;
  }

  /** Two rounds of one vehicle: alone, the first would leave those who ride past the terminus there. */
  #roundsFrom(index: number, slot: number): readonly Change[] {
    const line = this.#lines[index];
    const again = slot + (line?.pattern.cycle_slots ?? 0);
    if (!line || again >= line.slots || line.legs.every(({ next }) => next === undefined)) return [];
    return [
      [
        [slot, 1],
        [again, 1],
      ],
    ];
  }

  #tryChange(index: number, change: Change): boolean {
    const [line, row] = [this.#lines[index], this.#departures[index]];
    if (!line || !row) return false;
    const changed = [...row];
    for (const [slot, by] of change) changed[slot] = (changed[slot] ?? 0) + by;
    if (!keepsLimits(line, changed)) return false;
    this.#holdAll(index, change, 1);
    const cost = this.#hasVehicles() ? this.#costOf(line, changed) : Infinity;
    if (cost >= (this.#costs[index] ?? 0) - WORTHWHILE * line.departureCost) {
      this.#holdAll(index, change, -1);
      return false;
    }
    this.#departures[index] = changed;
    this.#costs[index] = cost;
    return true;
  }

  /** One more departure here for one less, close by, on another line. */
  #tryTaking(index: number, slot: number): boolean {
    const [line, row] = [this.#lines[index], this.#departures[index]];
    if (!line || !row) return false;
    this.#holdAll(index, [[slot, 1]], 1);
    const short = !this.#hasVehicles();
    if (short) {
      const changed = [...row];
      changed[slot] = (changed[slot] ?? 0) + 1;
      const gain = (this.#costs[index] ?? 0) - this.#costOf(line, changed);
      if (keepsLimits(line, changed) && gain > WORTHWHILE * line.departureCost && this.#findGiver(index, slot, gain)) {
        this.#departures[index] = changed;
        this.#costs[index] = (this.#costs[index] ?? 0) - gain;
        return true;
      }
    }
    this.#holdAll(index, [[slot, 1]], -1);
    return false;
  }

  #findGiver(taker: number, slot: number, gain: number): boolean {
    for (const [index, line] of this.#lines.entries()) {
      const row = this.#departures[index];
      if (index === taker || !row) continue;
      for (let from = Math.max(0, slot - line.pattern.cycle_slots); from < row.length; from += 1) {
        if ((row[from] ?? 0) === 0) continue;
        if (this.#isOver()) return false;
        const changed = [...row];
        changed[from] = (changed[from] ?? 0) - 1;
        this.#hold(index, from, -1);
        if (this.#hasVehicles() && keepsLimits(line, changed)) {
          const cost = this.#costOf(line, changed);
          if (cost - (this.#costs[index] ?? 0) < gain - WORTHWHILE * line.departureCost) {
            this.#departures[index] = changed;
            this.#costs[index] = cost;
            return true;
          }
        }
        this.#hold(index, from, 1);
        if (from > slot + line.pattern.cycle_slots) break;
      }
    }
    return false;
  }

  #costOf(line: Line, row: readonly number[]): number {
    this.#evaluations += 1;
    return (
      waitingCost(line, flowOfLine(line, row)) +
      vehicleCost(line, row) +
      line.changePrice * changesOf(line.pattern, row)
    );
  }

  #isOver(): boolean {
    return this.#evaluations >= this.#limits.evaluations || this.#limits.stop?.() === true;
  }

  #hasVehicles(): boolean {
    return this.#free.every((vehicles) => vehicles >= 0);
  }

  #holdAll(index: number, change: Change, sign: 1 | -1): void {
    for (const [slot, by] of change) this.#hold(index, slot, by * sign);
  }

  #hold(index: number, slot: number, vehicles: number): void {
    const pattern = this.#lines[index]?.pattern;
    if (!pattern) return;
    for (let held = slot; held < heldUntil(pattern, slot, this.#free.length); held += 1) {
      this.#free[held] = (this.#free[held] ?? 0) - vehicles;
    }
  }
}

const keepsLimits = ({ pattern }: Line, row: readonly number[]): boolean =>
  keepsWords(pattern, row) && cumulative(row).every((made, slot) => made >= (pattern.least[slot] ?? 0));

/** Fisher and Yates. */
const shuffle = (items: unknown[], random: Random): void => {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
};
