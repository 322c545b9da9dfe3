import type { DispatchProblem } from './contract.js';
import type { RidePeople } from './demand-day.js';
import type { Roads } from './driving.js';
import { ExpectedWaiting } from './expected-waiting.js';
import { headwayDepartures, ordinaryWays, sortByTime, type TimetableDeparture } from './headway-timetable.js';

export interface HeadwayOptions {
  readonly instance: DispatchProblem;
  readonly roads: Roads;
  /** What the planner is given too. */
  readonly forecast: readonly RidePeople[];
  /** Trips and the least layovers of all departures together may take so long. */
  readonly vehicleHours: number;
  /** And keep at most this share of the fleet on the road in any period, were all lines on time: the rest makes up for empty rides and late roads. */
  readonly fleetShare: number;
  /** A headway stays for so long. */
  readonly periodS: number;
  readonly untilS: number;
}

/** How often a line leaves, period by period, and what that is expected to cost its people. */
interface LinePlan {
  readonly line: string;
  readonly perPeriod: readonly number[];
  readonly cost: number;
}

/** A departure on each way of a line, in one period. */
interface Cell {
  readonly line: string;
  readonly period: number;
}

/** No more departures than this in a period: one a minute. */
const SHORTEST_HEADWAY_S = 60;

/**
 * The fixed headways with the least expected waiting, priced as the planner's, within given vehicle-hours and the fleet's size. Each line has a headway in each period, the same out
 * and back. From one departure in each period on, the departure that saves most for its hours is added while there are hours; then departures are moved from one line
 * and period to another while that saves anything.
 */
export const findBestHeadways = (options: HeadwayOptions): readonly TimetableDeparture[] => {
  const search = new HeadwaySearch(options);
  search.fill();
  search.exchange();
  return search.departures();
};

class HeadwaySearch {
  readonly #periods: number;
  readonly #lines: readonly string[];
  readonly #plans = new Map<string, LinePlan>();
  readonly #waiting = new Map<string, ExpectedWaiting>();
  readonly #roundHours = new Map<string, number>();
  readonly #places: number;
  readonly #accessible: number;
  readonly #known = new Map<string, LinePlan>();
  #hours = 0;

  constructor(private readonly options: HeadwayOptions) {
    const { instance, roads, forecast, periodS, untilS } = options;
    this.#periods = Math.max(1, Math.ceil(untilS / periodS));
    this.#lines = [...new Set(instance.patterns.map(({ line }) => line))];
    const types = new Map(instance.vehicle_types.map((type) => [type.id, type]));
    const mean = (sizeOf: (type: DispatchProblem['vehicle_types'][number]) => number): number =>
      instance.vehicles.reduce((sum, vehicle) => {
        const type = types.get(vehicle.type);
        return sum + (type ? sizeOf(type) : 0);
      }, 0) / Math.max(1, instance.vehicles.length);
    this.#places = mean(({ seats, standing }) => seats + standing);
    this.#accessible = mean(({ accessible }) => accessible);
    for (const line of this.#lines) {
      this.#waiting.set(line, new ExpectedWaiting(roads, instance, forecast, line, untilS));
      const ways = ordinaryWays(instance.patterns, line);
      this.#roundHours.set(line, ways.reduce((sum, way) => sum + roads.expectedTripS(way), 0) / 3600);
      this.#set(this.#planOf(line, new Array<number>(this.#periods).fill(1)));
    }
  }

  departures(): readonly TimetableDeparture[] {
    return sortByTime([...this.#plans.values()].flatMap(({ line, perPeriod }) => this.#drive(line, perPeriod)));
  }

  fill(): void {
    for (;;) {
      let best: { readonly plan: LinePlan; readonly saving: number } | undefined;
      for (const cell of this.#cells()) {
        const plan = this.#changed(cell, 1);
        const hours = this.#roundOf(cell.line);
        if (!plan || this.#hours + hours > this.options.vehicleHours || !this.#fleetAllows([{ cell, by: 1 }])) continue;
        const saving = ((this.#plans.get(cell.line)?.cost ?? 0) - plan.cost) / hours;
        if (saving > (best?.saving ?? 0)) best = { plan, saving };
      }
      if (!best) return;
      this.#set(best.plan);
    }
  }

  /** Moves departures while the best move of one from a cell to another saves anything. Each move lowers the cost, so this ends. */
  exchange(): void {
    for (let moved = true; moved;) {
      moved = false;
      for (const from of this.#cells()) {
        for (const to of this.#cells()) {
          const plans = this.#moved(from, to);
          if (!plans) continue;
          for (const plan of plans) this.#set(plan);
          moved = true;
        }
      }
      if (!moved) {
        const before = this.#hours;
        this.fill();
        moved = this.#hours > before;
      }
    }
  }

  /** The lines' plans after a move that saves something and is allowed. */
  #moved(from: Cell, to: Cell): readonly LinePlan[] | undefined {
    if (from.line === to.line && from.period === to.period) return undefined;
    const hours = this.#hours - this.#roundOf(from.line) + this.#roundOf(to.line);
    if (hours > this.options.vehicleHours) return undefined;
    const less = this.#changed(from, -1);
    if (!less) return undefined;
    const plans = from.line === to.line ? [this.#changed(to, 1, less.perPeriod)] : [less, this.#changed(to, 1)];
    const found = plans.flatMap((plan) => plan ?? []);
    if (found.length < plans.length) return undefined;
    const before = [...new Set([from.line, to.line])].reduce(
      (sum, line) => sum + (this.#plans.get(line)?.cost ?? 0),
      0,
    );
    const after = found.reduce((sum, { cost }) => sum + cost, 0);
    if (after >= before - 1e-6) return undefined;
    return this.#fleetAllows([
      { cell: from, by: -1 },
      { cell: to, by: 1 },
    ])
      ? found
      : undefined;
  }

  *#cells(): Generator<Cell> {
    for (const line of this.#lines) for (let period = 0; period < this.#periods; period++) yield { line, period };
  }

  #changed(
    { line, period }: Cell,
    by: number,
    perPeriod = this.#plans.get(line)?.perPeriod ?? [],
  ): LinePlan | undefined {
    const count = (perPeriod[period] ?? 0) + by;
    if (count < 1 || count > this.options.periodS / SHORTEST_HEADWAY_S) return undefined;
    return this.#planOf(line, perPeriod.with(period, count));
  }

  #planOf(line: string, perPeriod: readonly number[]): LinePlan {
    const key = `${line} ${perPeriod.join(',')}`;
    const known = this.#known.get(key);
    if (known) return known;
    const { left_wait_slots } = this.options.instance.prices;
    const leftS = (left_wait_slots * this.options.instance.grid.slotMs) / 1000;
    const departures = sortByTime(this.#drive(line, perPeriod));
    const cost = this.#waiting.get(line)?.costOf(departures, this.#places, this.#accessible, leftS) ?? 0;
    const plan = { line, perPeriod, cost };
    this.#known.set(key, plan);
    return plan;
  }

  #drive(line: string, perPeriod: readonly number[]): readonly TimetableDeparture[] {
    const ways = ordinaryWays(this.options.instance.patterns, line);
    return headwayDepartures(ways, perPeriod, this.options.periodS).filter(({ at_s }) => at_s < this.options.untilS);
  }

  #set(plan: LinePlan): void {
    const departures = (counts: readonly number[] = []): number => counts.reduce((sum, count) => sum + count, 0);
    const more = departures(plan.perPeriod) - departures(this.#plans.get(plan.line)?.perPeriod);
    this.#hours += more * this.#roundOf(plan.line);
    this.#plans.set(plan.line, plan);
  }

  #roundOf(line: string): number {
    return this.#roundHours.get(line) ?? 0;
  }

  /** In the period that gains a departure, the lines together keep no more vehicles on the road than there are. */
  #fleetAllows(changes: readonly { readonly cell: Cell; readonly by: number }[]): boolean {
    const { fleetShare, instance, periodS } = this.options;
    const gaining = changes.find(({ by }) => by > 0)?.cell.period ?? 0;
    let vehicleHours = 0;
    for (const { line, perPeriod } of this.#plans.values())
      vehicleHours += (perPeriod[gaining] ?? 0) * this.#roundOf(line);
    for (const { cell, by } of changes) if (cell.period === gaining) vehicleHours += by * this.#roundOf(cell.line);
    return vehicleHours <= (fleetShare * instance.vehicles.length * periodS) / 3600;
  }
}
