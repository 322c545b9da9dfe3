import type { Random } from '#libs/kernel';
import { driveTimetable } from '../prepare/timetable.js';
import type { Block } from '../problem/plan.js';
import type { CompiledProblem } from './compile.js';
import { countsOfBlocks } from './counts-of-blocks.js';
import { type Cycle, WORTHWHILE } from './cycle.js';
import { type ClassCounts, cycleTo } from './cycle-to.js';
import { Descent } from './descent.js';
import { TourSearch } from './tours.js';
import { Arc, arcCode } from './moves.js';
import { nodeAt } from './network.js';
import { type Change, Proposer } from './propose.js';
import { Schedule } from './schedule.js';
import { type Snapshot, snapshotOf } from './snapshot.js';
import { findWatchedTour } from './watched.js';

/** Where a plan comes from. */
export type FoundBy = 'idle' | 'announced' | 'timetable' | 'tours' | 'descent' | 'kicks' | 'columns';

/** Price that draws departures to those announced, above any other. */
const PULL = 1e4;
/** Share of kicks that plan a strand anew, and of those that give a trip to another class of vehicles. */
const PROPOSED = 0.4;
const SWAPPED = 0.3;
/** While a kick is judged, labels that would fall by less than this stay: cost units. */
const COARSE = 7;
/** The same while the first plan descends, one after the other, and then none: cycles that save most come first, and small falls are not followed through the network before them. */
const STEPS = [200, 40, COARSE] as const;
/** A kick that makes the plan dearer by less than this share of what a strand costs in the mean is kept, as long as the plan is within the other of the best: a kick is about one strand, however many there are. */
const STEP_UP = 0.012;
const DEVIATION = 0.024;

/** Search that can be left and gone on with: each step is a few milliseconds at most. */
export class DispatchSearch {
  readonly schedule: Schedule;
  best: Snapshot;
  foundBy: FoundBy = 'idle';
  /** What classes of vehicles are to do, for the search to go on from if that is better; it is taken when the work in hand is done. */
  offered: ReadonlyMap<number, ClassCounts> | undefined;
  /** No cycle was left at least once. */
  isDescended = false;
  readonly #compiled: CompiledProblem;
  readonly #random: Random;
  readonly #descent: Descent;
  readonly #tours: readonly TourSearch[];
  readonly #proposer: Proposer;
  #kicks = 0;
  #built: number | undefined;

  constructor(compiled: CompiledProblem, random: Random) {
    this.#compiled = compiled;
    this.#random = random;
    this.schedule = new Schedule(compiled);
    this.best = snapshotOf(this.schedule);
    this.#descent = new Descent(this.schedule);
    this.#proposer = new Proposer(this.schedule, this.#descent.searches);
    this.#tours = this.#descent.searches.map(({ network }) => new TourSearch(this.schedule, network));
  }

  /** Yields after each piece of work. The best so far is in `best`. `start`: what vehicles may do at first. */
  *run(start: readonly Block[] = []): Generator<void> {
    yield* this.#construct(start);
    this.#built = this.#work;
    for (const step of STEPS) {
      yield* this.#descend(step);
      this.#descent.touchAll();
    }
    yield* this.#descend();
    this.#offer('descent');
    this.isDescended = true;
    for (;;) yield* this.offered ? this.#adopt(this.offered) : this.#kick(() => this.#applyKick(this.#random()));
  }

  /** Work done since the first plan, undefined before: strands whose marginals were computed, cycles tried in vain, and kicks. */
  get effort(): number | undefined {
    return this.#built === undefined ? undefined : this.#work - this.#built;
  }

  get #work(): number {
    return this.schedule.refreshes + this.#descent.rejected + this.#kicks;
  }

  /** Left in the middle of a piece of work, the schedule may be better than the best one noted; left before the end of its descent, the timetable may. */
  finish(): void {
    this.schedule.setPull(undefined);
    this.schedule.recost();
    this.#offer(this.foundBy === 'idle' ? 'tours' : this.foundBy);
    if (!this.isDescended) this.#offerTimetable();
  }

  /** Of the best plan, in the mean. */
  get #strandCost(): number {
    return this.best.cost / Math.max(1, this.#compiled.strands.length);
  }

  /** The first plan: what was begun with, what is announced, and tours that pay. */
  *#construct(start: readonly Block[]): Generator<void> {
    this.#begin(start);
    const targets = announcedTargets(this.#compiled);
    if (targets?.some((target, trip) => target > (this.schedule.departures[trip] ?? 0))) {
      this.schedule.setPull({ targets, price: PULL });
      this.schedule.refresh(true);
      yield* this.#addTours();
      this.schedule.setPull(undefined);
      this.schedule.refresh(true);
      this.#offer('announced');
    }
    yield* this.#addTours();
    this.#offer('tours');
    this.schedule.forget();
    this.schedule.refresh();
    this.#offer('tours');
    this.#planWatched();
    this.#offer('tours');
    this.#descent.touchAll();
  }

  /** Goes over to what vehicles may do at first, if that is better than nothing. */
  #begin(start: readonly Block[]): void {
    const isBegun = start.length > 0 && this.#descent.tryMoves(this.#movesTo(start));
    this.schedule.refresh(true);
    if (isBegun) this.#offer('announced');
  }

  #offerTimetable(): void {
    if (this.#descent.tryMoves(this.#movesTo(driveTimetable(this.#compiled.problem)))) this.#offer('timetable');
  }

  #movesTo(blocks: readonly Block[]): readonly Cycle[] {
    return countsOfBlocks(this.#compiled, blocks).map((to, vehicles) => cycleTo(this.schedule, vehicles, to));
  }

  *#addTours(): Generator<void> {
    for (const tours of this.#tours) {
      if (this.#compiled.network.classes[tours.vehicles]?.watched) continue;
      for (let isBetter = true; isBetter;) {
        isBetter = false;
        for (const tour of tours.list()) {
          if (this.#descent.tryTour(tour)) isBetter = true;
          yield;
        }
      }
    }
  }

  *#descend(worthwhile?: number): Generator<void> {
    let steps = 0;
    for (const step of this.#descent.run(worthwhile)) {
      steps += 1;
      if (steps % 64 === 0) this.#offer('descent');
      yield step;
    }
  }

  /** Tours of vehicles whose battery may not last: the shortest path knows nothing of energy, so they have their own. */
  #planWatched(): void {
    for (const { vehicles, network } of this.#descent.searches) {
      const isPlanned = this.schedule.trips[vehicles]?.some((count) => count > 0);
      if (!this.#compiled.network.classes[vehicles]?.watched || isPlanned) continue;
      const tour = findWatchedTour(this.schedule, network);
      if (tour) this.#descent.tryCycle(tour);
    }
  }

  /** Goes over to what was offered, plans each strand anew there, and stays if that is about as good as the best. */
  *#adopt(offered: ReadonlyMap<number, ClassCounts>): Generator<void> {
    this.offered = undefined;
    this.#descent.keep();
    if (!this.#descent.goTo([...offered].map(([vehicles, counts]) => cycleTo(this.schedule, vehicles, counts)))) {
      this.#descent.takeBack();
      return;
    }
    yield* this.#descend();
    for (const strand of this.#compiled.strands.keys()) yield* this.#kick(() => this.#applyProposal(strand));
    this.#offer('columns');
    if (this.schedule.cost > this.best.cost + DEVIATION * this.#strandCost) this.#goBack();
  }

  /** To the best. */
  #goBack(): void {
    const { trips, deadheads, calls, charges } = this.best;
    const none = new Int32Array();
    this.#descent.keep();
    const cycles = trips.map((row, vehicles) =>
      cycleTo(this.schedule, vehicles, {
        trips: row,
        deadheads: deadheads[vehicles] ?? none,
        calls: calls[vehicles] ?? none,
      }),
    );
    this.#descent.goTo(cycles);
    for (const [vehicles, row] of charges.entries()) this.schedule.charges[vehicles] = row;
  }

  *#kick(apply: () => readonly number[] | undefined): Generator<void> {
    const before = this.schedule.cost;
    this.#kicks += 1;
    this.#descent.keep();
    const held = apply();
    yield;
    if (!held) return;
    yield* this.#descend(COARSE);
    for (const trip of held) this.schedule.hold(trip, false);
    this.#descent.refresh();
    yield* this.#descend(COARSE);
    const limit = Math.min(before + STEP_UP * this.#strandCost, this.best.cost + DEVIATION * this.#strandCost);
    if (this.schedule.cost > Math.max(limit, before + WORTHWHILE)) this.#descent.takeBack();
    else yield* this.#descend();
    this.#offer('kicks');
  }

  #applyKick(drawn: number): readonly number[] | undefined {
    if (drawn < PROPOSED) return this.#applyProposal(Math.floor(this.#random() * this.#compiled.strands.length));
    return drawn < PROPOSED + SWAPPED ? this.#applySwap() : this.#applyForced();
  }

  /** Gives one trip to a vehicle of another class: two changes, of which each alone would look bad. Returns the trip that is held. */
  #applySwap(): readonly number[] | undefined {
    const classes = this.#descent.searches.map(({ vehicles }) => vehicles);
    const given = this.#drawTrip(classes);
    const others = classes.filter((vehicles) => vehicles !== given?.vehicles);
    const taker = others[Math.floor(this.#random() * others.length)];
    if (!given || taker === undefined) return undefined;
    if (!this.#force(given) || !this.#force({ vehicles: taker, trip: given.trip, by: 1 })) {
      this.#descent.takeBack();
      return undefined;
    }
    this.schedule.hold(given.trip, true);
    this.#descent.refresh();
    return [given.trip];
  }

  /** Any trip that is driven, to be taken from its class. */
  #drawTrip(classes: readonly number[]): Change | undefined {
    const rows = classes.map((vehicles) => this.schedule.trips[vehicles] ?? new Int32Array());
    const count = rows.reduce((sum, row) => sum + countDriven(row), 0);
    let nth = Math.floor(this.#random() * count);
    for (const [index, row] of rows.entries()) {
      for (let trip = 0; trip < row.length; trip += 1) {
        if ((row[trip] ?? 0) > 0 && nth-- === 0) return { vehicles: classes[index] ?? 0, trip, by: -1 };
      }
    }
    return undefined;
  }

  /** Plans a strand anew. Returns the trip numbers that are held; undefined where nothing was done. */
  #applyProposal(strand: number): readonly number[] | undefined {
    const { network, strands } = this.#compiled;
    const changes = this.#proposer.propose(strand);
    if (changes.length === 0) return undefined;
    const held = (strands[strand]?.patterns ?? []).flatMap((pattern) =>
      Array.from({ length: network.slots }, (_, slot) => pattern * network.slots + slot),
    );
    for (const trip of held) this.schedule.hold(trip, true);
    this.#descent.refresh();
    if (this.#descent.change(changes)) return held;
    for (const trip of held) this.schedule.hold(trip, false);
    this.#descent.takeBack();
    return undefined;
  }

  /** One or two changes at random. Returns the trip numbers that are held. */
  #applyForced(): readonly number[] | undefined {
    const held: number[] = [];
    for (let count = 1 + Math.floor(this.#random() * 2); count > 0; count -= 1) {
      const change = this.#drawChange();
      if (change && this.#force(change)) held.push(change.trip);
    }
    if (held.length === 0) return undefined;
    for (const trip of held) this.schedule.hold(trip, true);
    this.#descent.refresh();
    return held;
  }

  #drawChange(): Change | undefined {
    const { slots, patterns, classes } = this.#compiled.network;
    const { vehicles: fleet } = this.#compiled.problem;
    const drawn = fleet[Math.floor(this.#random() * fleet.length)];
    const search = this.#descent.searches.find(({ vehicles }) => drawn && classes[vehicles]?.vehicles.includes(drawn));
    const trip = Math.floor(this.#random() * patterns.length * slots);
    if (!search || patterns.length === 0) return undefined;
    const has = (this.schedule.trips[search.vehicles]?.[trip] ?? 0) > 0;
    return { vehicles: search.vehicles, trip, by: has && this.#random() < 0.5 ? -1 : 1 };
  }

  /** Makes a change, with the rest of the class giving way at the least cost. */
  #force({ vehicles, trip, by }: Change): boolean {
    const { network } = this.#compiled;
    const index = Math.floor(trip / network.slots);
    const slot = trip - index * network.slots;
    const pattern = network.patterns[index];
    const vehicleClass = network.classes[vehicles];
    const search = this.#descent.searches.find((of) => of.vehicles === vehicles);
    if (
      !search ||
      !pattern ||
      !vehicleClass ||
      vehicleClass.tripCost[index] === Infinity ||
      slot + pattern.busy > vehicleClass.untilSlot
    )
      return false;
    if (by > 0 && (this.schedule.closed[trip] ?? 0) > 0) return false;
    const from = slot * network.places + pattern.from;
    const to = nodeAt(network, pattern.to, slot + pattern.busy);
    const [more, less] = [arcCode(Arc.trip, trip), arcCode(Arc.tripLess, trip)];
    const cycle = by > 0 ? search.findThrough(from, to, more, less) : search.findThrough(to, from, less, more);
    return cycle !== undefined && this.#descent.tryCycle(cycle, Infinity);
  }

  #offer(foundBy: FoundBy): void {
    if (this.schedule.pull !== undefined || this.schedule.cost >= this.best.cost - WORTHWHILE) return;
    this.best = snapshotOf(this.schedule);
    this.foundBy = foundBy;
  }
}

const countDriven = (row: Int32Array): number => {
  let count = 0;
  for (const trips of row) if (trips > 0) count += 1;
  return count;
};

/** Departures that are announced; undefined where none are. */
const announcedTargets = ({ counts, network }: CompiledProblem): Float64Array | undefined => {
  if (counts.every((terms) => (terms?.previous.length ?? 0) === 0)) return undefined;
  const targets = new Float64Array(network.patterns.length * network.slots).fill(NaN);
  for (const [pattern, terms] of counts.entries()) {
    if (terms) targets.set(terms.previous.subarray(0, network.slots), pattern * network.slots);
  }
  return targets;
};
