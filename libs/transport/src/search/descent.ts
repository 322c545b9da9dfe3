import { type Cycle, WORTHWHILE } from './cycle.js';
import { CycleSearch } from './cycle-search.js';
import { applyArc, Arc, ARC_BITS, arcCode, isPossible } from './moves.js';
import { nodeAt } from './network.js';
import type { Change } from './propose.js';
import type { Charge } from './charge.js';
import { findCharges } from './watched.js';
import { type Schedule, SHIFT_CODES } from './schedule.js';

/** Applies compound moves to a schedule as long as they lower its cost, and takes them back. */
export class Descent {
  readonly schedule: Schedule;
  readonly searches: readonly CycleSearch[];
  /** Cycles that were tried in vain. */
  rejected = 0;
  #isDearer = false;
  /** Cycles applied since the last `keep`, in order. */
  #applied: Cycle[] = [];
  #charges: readonly (readonly Charge[])[] = [];

  constructor(schedule: Schedule) {
    this.schedule = schedule;
    this.searches = schedule.compiled.network.classes.map((_, vehicles) => new CycleSearch(schedule, vehicles));
  }

  /** Until no cycle is negative; yields after each. */
  *run(worthwhile = WORTHWHILE): Generator<void> {
    const findIn = (search: CycleSearch): Cycle | undefined => search.find(worthwhile);
    for (let quiet = 0; quiet < this.searches.length;) {
      quiet = 0;
      for (const search of this.searches) {
        let found = false;
        for (let cycle = findIn(search); cycle; cycle = findIn(search)) {
          const isTaken = this.tryCycle(cycle);
          if (isTaken) found = true;
          yield;
          // It would be found again at once.
          if (!isTaken && !this.#isDearer) break;
        }
        if (!found) quiet += 1;
      }
    }
  }

  /** Applies a cycle if its exact change is below `limit`. Else its arcs are made dearer, until their strands change, by what the estimate missed. */
  tryCycle(cycle: Cycle, limit = -WORTHWHILE): boolean {
    const { schedule } = this;
    const before = schedule.cost;
    const charges = schedule.charges[cycle.vehicles] ?? [];
    for (const arc of cycle.arcs) applyArc(schedule, cycle.vehicles, arc, 1);
    const possible = this.isPossible(cycle);
    if (possible) schedule.recost();
    const change = possible ? schedule.cost - before : Infinity;
    if (change < limit) {
      this.#applied.push(cycle);
      this.#touch(cycle);
      this.refresh();
      return true;
    }
    for (const arc of cycle.arcs) applyArc(schedule, cycle.vehicles, arc, -1);
    schedule.charges[cycle.vehicles] = charges;
    schedule.unchange();
    this.rejected += 1;
    this.#isDearer = this.#makeDearer(cycle, possible ? change - cycle.estimate : Math.max(0, -cycle.estimate) + 1);
    return false;
  }

  /**
   * Applies a tour where it saves anything. Marginals of one departure more are brought up to date, the others are not: `forget` and `refresh`
   * when all tours are made.
   */
  tryTour(tour: Cycle): boolean {
    const { schedule } = this;
    const before = schedule.cost;
    const charges = schedule.charges[tour.vehicles] ?? [];
    for (const arc of tour.arcs) applyArc(schedule, tour.vehicles, arc, 1);
    const possible = this.isPossible(tour);
    if (possible) schedule.recost();
    if (possible && schedule.cost < before - WORTHWHILE) {
      this.#applied.push(tour);
      schedule.refresh(true);
      return true;
    }
    for (const arc of tour.arcs) applyArc(schedule, tour.vehicles, arc, -1);
    schedule.charges[tour.vehicles] = charges;
    schedule.unchange();
    return false;
  }

  touchAll(): void {
    for (const search of this.searches) search.touchAll();
  }

  /** What is done from here on can be taken back. */
  keep(): void {
    this.#applied = [];
    this.#charges = [...this.schedule.charges];
    for (const search of this.searches) search.keepLabels();
    this.schedule.keepMarginals();
  }

  /** Back to the last `keep`: departures, costs, marginals and labels. */
  takeBack(): void {
    for (const cycle of this.#applied.reverse()) {
      for (const arc of cycle.arcs) applyArc(this.schedule, cycle.vehicles, arc, -1);
    }
    this.#applied = [];
    for (const [vehicles, charges] of this.#charges.entries()) this.schedule.charges[vehicles] = charges;
    this.schedule.restoreMarginals();
    for (const search of this.searches) search.restoreLabels();
  }

  /**
   * Makes changes to trips all at once, then sends the vehicles that they leave somewhere to where they miss one, at the least cost. False where that cannot be:
   * then take back.
   */
  change(changes: readonly Change[]): boolean {
    const { network } = this.schedule.compiled;
    for (const search of this.searches) {
      const surplus: number[] = [];
      const missing: number[] = [];
      const arcs: number[] = [];
      for (const { vehicles, trip, by } of changes) {
        if (vehicles !== search.vehicles) continue;
        const index = Math.floor(trip / network.slots);
        const pattern = network.patterns[index];
        if (!pattern) return false;
        const slot = trip - index * network.slots;
        const [from, to] = [slot * network.places + pattern.from, nodeAt(network, pattern.to, slot + pattern.busy)];
        arcs.push(arcCode(by > 0 ? Arc.trip : Arc.tripLess, trip));
        surplus.push(by > 0 ? to : from);
        missing.push(by > 0 ? from : to);
      }
      if (!this.#applyPart({ vehicles: search.vehicles, arcs, estimate: 0 })) return false;
      for (const from of surplus) {
        const met = missing.indexOf(from);
        if (met >= 0) {
          missing.splice(met, 1);
          continue;
        }
        const path = search.findPath(from, new Set(missing));
        if (!path || !this.#applyPart({ vehicles: search.vehicles, arcs: path.arcs, estimate: path.cost }))
          return false;
        missing.splice(missing.indexOf(path.to), 1);
      }
    }
    return true;
  }

  /** Applies moves of any size, one a class, whatever they cost. False where they are not possible: then take back. */
  goTo(cycles: readonly Cycle[]): boolean {
    for (const cycle of cycles) {
      this.#applied.push(cycle);
      for (const arc of cycle.arcs) applyArc(this.schedule, cycle.vehicles, arc, 1);
    }
    this.refresh();
    this.touchAll();
    return cycles.every((cycle) => this.isPossible(cycle));
  }

  /** Applies moves of any size, one a class, if they make the plan cheaper together; those that are not possible are left out. Marginals are not brought up to date. */
  tryMoves(moves: readonly Cycle[]): boolean {
    const { schedule } = this;
    const before = schedule.cost;
    const charges = [...schedule.charges];
    const apply = ({ vehicles, arcs }: Cycle, sign: 1 | -1): void => {
      for (const arc of arcs) applyArc(schedule, vehicles, arc, sign);
    };
    const applied = moves.filter((move) => {
      apply(move, 1);
      const possible = this.isPossible(move);
      if (!possible) apply(move, -1);
      return possible;
    });
    schedule.recost();
    if (schedule.cost < before - WORTHWHILE) {
      this.#applied.push(...applied);
      return true;
    }
    for (const move of applied) apply(move, -1);
    for (const [vehicles, row] of charges.entries()) schedule.charges[vehicles] = row;
    schedule.recost();
    return false;
  }

  #applyPart(part: Cycle): boolean {
    if (part.arcs.length === 0) return true;
    this.#applied.push(part);
    this.apply(part, 1);
    return this.isPossible(part);
  }

  /** Applies a cycle (1) or takes it back (-1), whatever it costs. */
  apply(cycle: Cycle, sign: 1 | -1): void {
    for (const arc of cycle.arcs) applyArc(this.schedule, cycle.vehicles, arc, sign);
    this.#touch(cycle);
    this.refresh();
  }

  /** Whether all that a cycle touched is possible; of a watched vehicle also its energy, and what it charges is noted. */
  isPossible({ vehicles, arcs }: Cycle): boolean {
    const { schedule } = this;
    if (!arcs.every((arc) => isPossible(schedule, vehicles, arc))) return false;
    if (!schedule.compiled.network.classes[vehicles]?.watched) return true;
    const charges = findCharges(schedule, vehicles);
    if (charges) schedule.charges[vehicles] = charges;
    return charges !== undefined;
  }

  /** Brings costs, marginals and what is to be looked at again up to date. */
  refresh(): void {
    this.#touchStrands(this.schedule.refresh());
  }

  /** Nodes next to which standing changed. */
  #touch({ vehicles, arcs }: Cycle): void {
    const { places, sink } = this.schedule.compiled.network;
    const search = this.searches.find((of) => of.vehicles === vehicles);
    if (!search) return;
    for (const arc of arcs) {
      const kind = arc & 15;
      if (kind !== Arc.stand && kind !== Arc.standLess && kind !== Arc.uncalled && kind !== Arc.uncalledLess) continue;
      const next = (arc >> ARC_BITS) + places;
      if (kind === Arc.stand || kind === Arc.standLess || next >= sink) search.touch(Math.min(next, sink));
      else search.touch(sink + 1 + next);
    }
  }

  #touchStrands(strands: readonly number[]): void {
    const { compiled } = this.schedule;
    for (const search of this.searches) {
      for (const strand of strands) {
        for (const pattern of compiled.strands[strand]?.patterns ?? []) search.touchPattern(pattern);
      }
    }
  }

  #makeDearer(cycle: Cycle, by: number): boolean {
    const { schedule } = this;
    const { network, strandOf } = schedule.compiled;
    const kind = network.classes[cycle.vehicles]?.kind ?? 0;
    const seen = new Set<number>();
    let dearer = -1;
    for (const arc of cycle.arcs) {
      const trip = tripOf(arc);
      if (trip < 0) continue;
      const strand = strandOf[Math.floor(trip / network.slots)] ?? 0;
      if (dearer < 0 || seen.has(strand)) dearer = arc;
      seen.add(strand);
    }
    if (dearer < 0) return false;
    const at = dearer >> ARC_BITS;
    const table =
      (dearer & 15) === Arc.trip ? schedule.more : (dearer & 15) === Arc.tripLess ? schedule.less : schedule.shift;
    const costs = table[kind];
    if (costs) costs[at] = (costs[at] ?? 0) + Math.max(by, WORTHWHILE);
    return true;
  }
}

/** The trip number that an arc changes, or -1. */
export const tripOf = (arc: number): number => {
  const at = arc >> ARC_BITS;
  switch (arc & 15) {
    case Arc.trip:
    case Arc.tripLess:
      return at;
    case Arc.shiftArrival:
    case Arc.shiftLeaving:
      return Math.floor(at / SHIFT_CODES);
    default:
      return -1;
  }
};
