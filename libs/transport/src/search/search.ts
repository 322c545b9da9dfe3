import type { Random } from '#libs/kernel';
import type { CompiledProblem } from './compile.js';
import { type Cycle, WORTHWHILE } from './cycle-search.js';
import { Descent } from './descent.js';
import { TourSearch } from './first-tours.js';
import { Arc, arcCode } from './moves.js';
import { Schedule } from './schedule.js';
import { type Snapshot, snapshotOf } from './snapshot.js';
import { findWatchedTour, type WatchedTour } from './watched.js';

/** Where a plan comes from. */
export type FoundBy = 'idle' | 'announced' | 'tours' | 'descent' | 'kicks';

/** Nodes looked at for one cycle after a kick. */
const NEAR = Infinity;

/** Search that can be left and gone on with: each step is a few milliseconds at most. */
export class DispatchSearch {
  readonly schedule: Schedule;
  best: Snapshot;
  foundBy: FoundBy = 'idle';
  readonly #compiled: CompiledProblem;
  readonly #random: Random;
  readonly #descent: Descent;
  readonly #tours: readonly TourSearch[];
  #kicks = 0;
  readonly #watched = new Map<number, WatchedTour>();

  constructor(compiled: CompiledProblem, random: Random) {
    this.#compiled = compiled;
    this.#random = random;
    this.schedule = new Schedule(compiled);
    this.best = snapshotOf(this.schedule);
    this.#descent = new Descent(this.schedule);
    this.#tours = this.#descent.searches.map(({ vehicles }) => new TourSearch(this.schedule, vehicles));
  }

  /** Yields after each piece of work. The best so far is in `best`. */
  *run(): Generator<void> {
    yield* this.#construct();
    yield* this.#descend();
    this.#offer('descent');
    for (;;) yield* this.#kick();
  }

  /** Work done so far: strands whose marginals were computed, and kicks. */
  get effort(): number {
    return this.schedule.refreshes + this.#kicks;
  }

  /** Left in the middle of a piece of work, the schedule may be better than the best one noted. */
  finish(): void {
    this.schedule.setPull(undefined);
    this.schedule.recost();
    this.#offer(this.foundBy === 'idle' ? 'tours' : this.foundBy);
  }

  *#construct(): Generator<void> {
    const targets = announcedTargets(this.#compiled);
    if (targets) {
      this.schedule.setPull({ targets, price: 1e4 });
      this.schedule.refresh();
      yield* this.#addTours();
      this.schedule.setPull(undefined);
      this.schedule.refresh();
      this.#offer('announced');
    }
    yield* this.#addTours();
    this.#offer('tours');
  }

  *#addTours(): Generator<void> {
    for (const tours of this.#tours) {
      for (let [cycle, fails] = [tours.find(), 0]; cycle && fails < 10; cycle = tours.find()) {
        if (!this.#descent.tryCycle(cycle)) fails += 1;
        yield;
      }
    }
    this.#descent.keep();
    this.#planWatched();
  }

  *#descend(mostNodes = Infinity): Generator<void> {
    yield* this.#descent.run(mostNodes);
  }

  #planWatched(): void {
    for (const [vehicles, { watched }] of this.#compiled.network.classes.entries()) {
      if (!watched) continue;
      const old = this.#watched.get(vehicles);
      const before = this.schedule.cost;
      if (old) this.#descent.apply(old.cycle, -1);
      this.schedule.charges[vehicles] = [];
      const tour = findWatchedTour(this.schedule, vehicles);
      if (tour) {
        this.#descent.apply(tour.cycle, 1);
        this.schedule.charges[vehicles] = tour.charges;
        this.#watched.set(vehicles, tour);
        if (this.#descent.isPossible(tour.cycle) && this.schedule.cost < before - WORTHWHILE) continue;
        this.#descent.apply(tour.cycle, -1);
      }
      this.#watched.delete(vehicles);
      this.schedule.charges[vehicles] = [];
      if (!old) continue;
      this.#descent.apply(old.cycle, 1);
      this.schedule.charges[vehicles] = old.charges;
      this.#watched.set(vehicles, old);
    }
  }

  *#kick(): Generator<void> {
    const { schedule } = this;
    const before = schedule.cost;
    this.#kicks += 1;
    this.#descent.keep();
    const held: number[] = [];
    for (let count = 1 + Math.floor(this.#random() * 2); count > 0; count -= 1) {
      const forced = this.#drawForced();
      if (!forced) continue;
      if (!this.#descent.tryCycle(forced.cycle, Infinity)) continue;
      held.push(forced.trip);
    }
    yield;
    if (held.length === 0) return;
    for (const trip of held) schedule.hold(trip, true);
    this.#descent.refresh();
    yield* this.#descend(NEAR);
    for (const trip of held) schedule.hold(trip, false);
    this.#descent.refresh();
    yield* this.#descend(NEAR);
    if (schedule.cost > before + WORTHWHILE) this.#descent.takeBack();
    this.#offer('kicks');
  }

  #drawForced(): { readonly cycle: Cycle; readonly trip: number } | undefined {
    const { schedule } = this;
    const { slots, places, sink, patterns, classes } = this.#compiled.network;
    const search = this.#descent.searches[Math.floor(this.#random() * this.#descent.searches.length)];
    const pattern = patterns[Math.floor(this.#random() * patterns.length)];
    const slot = Math.floor(this.#random() * slots);
    if (!search || !pattern) return undefined;
    const vehicleClass = classes[search.vehicles];
    if (
      !vehicleClass ||
      slot + pattern.busy > vehicleClass.untilSlot ||
      vehicleClass.tripCost[pattern.index] === Infinity
    )
      return undefined;
    const trip = pattern.index * slots + slot;
    const from = slot * places + pattern.from;
    const to = slot + pattern.busy < slots ? (slot + pattern.busy) * places + pattern.to : sink;
    const has = (schedule.trips[search.vehicles]?.[trip] ?? 0) > 0;
    const remove = has && this.#random() < 0.5;
    if (!remove && (schedule.closed[trip] ?? 0) > 0) return undefined;
    const own = arcCode(remove ? Arc.tripLess : Arc.trip, trip);
    const other = arcCode(remove ? Arc.trip : Arc.tripLess, trip);
    const cycle = remove ? search.findThrough(to, from, own, other) : search.findThrough(from, to, own, other);
    return cycle && { trip, cycle };
  }

  #offer(foundBy: FoundBy): void {
    if (this.schedule.cost >= this.best.cost - WORTHWHILE) return;
    this.best = snapshotOf(this.schedule);
    this.foundBy = foundBy;
  }
}

/** Departures that are announced; undefined where none are. */
const announcedTargets = ({ counts, network }: CompiledProblem): Float64Array | undefined => {
  if (counts.every((terms) => (terms?.previous.length ?? 0) === 0)) return undefined;
  const targets = new Float64Array(network.patterns.length * network.slots).fill(NaN);
  for (const [pattern, terms] of counts.entries()) {
    if (terms) targets.set(terms.previous.subarray(0, network.slots), pattern * network.slots);
  }
  return targets;
};
