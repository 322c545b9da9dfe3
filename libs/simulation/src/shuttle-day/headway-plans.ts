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

/** How often a line leaves each way, period by period, and what that is expected to cost its people. */
export interface LinePlan {
  readonly line: string;
  readonly perPeriod: readonly number[];
  readonly cost: number;
}

/** More departures on a line in a period, or fewer. */
export interface Change {
  readonly line: string;
  readonly period: number;
  readonly by: number;
}

/** No more departures than one a minute. */
const SHORTEST_HEADWAY_S = 60;

/** The headways of all lines, and what a change of them comes to. At first one departure in each period. */
export class HeadwayPlans {
  readonly lines: readonly string[];
  readonly periods: number;
  /** Hours that a departure out and one back take. */
  readonly #roundHours = new Map<string, number>();
  readonly #plans = new Map<string, LinePlan>();
  readonly #waiting = new Map<string, ExpectedWaiting>();
  readonly #known = new Map<string, LinePlan>();
  /** Changes of a line as it is now. */
  readonly #changes = new Map<string, Map<number, LinePlan | undefined>>();
  readonly #loadHours: number[];
  readonly #places: number;
  readonly #accessible: number;
  #hours = 0;

  constructor(private readonly options: HeadwayOptions) {
    const { instance, roads, forecast, periodS, untilS } = options;
    this.periods = Math.max(1, Math.ceil(untilS / periodS));
    this.lines = [...new Set(instance.patterns.map(({ line }) => line))];
    this.#loadHours = new Array<number>(this.periods).fill(0);
    const types = new Map(instance.vehicle_types.map((type) => [type.id, type]));
    const mean = (sizeOf: (type: DispatchProblem['vehicle_types'][number]) => number): number =>
      instance.vehicles.reduce((sum, vehicle) => {
        const type = types.get(vehicle.type);
        return sum + (type ? sizeOf(type) : 0);
      }, 0) / Math.max(1, instance.vehicles.length);
    this.#places = mean(({ seats, standing }) => seats + standing);
    this.#accessible = mean(({ accessible }) => accessible);
    for (const line of this.lines) {
      this.#waiting.set(line, new ExpectedWaiting(roads, instance, forecast, line, untilS));
      const ways = ordinaryWays(instance.patterns, line);
      this.#roundHours.set(line, ways.reduce((sum, way) => sum + roads.expectedTripS(way), 0) / 3600);
      this.apply(this.#planOf(line, new Array<number>(this.periods).fill(1)));
    }
  }

  departures(): readonly TimetableDeparture[] {
    return sortByTime([...this.#plans.values()].flatMap(({ line, perPeriod }) => this.#drive(line, perPeriod)));
  }

  roundHours(line: string): number {
    return this.#roundHours.get(line) ?? 0;
  }

  cost(line: string): number {
    return this.#plans.get(line)?.cost ?? 0;
  }

  /** Hours that are left. */
  get hoursLeft(): number {
    return this.options.vehicleHours - this.#hours;
  }

  /** Vehicle-hours of the fleet that are left in a period. */
  fleetLeft(period: number): number {
    const { fleetShare, instance, periodS } = this.options;
    return (fleetShare * instance.vehicles.length * periodS) / 3600 - (this.#loadHours[period] ?? 0);
  }

  /** A line after one or two changes of it; undefined where a headway would be too short or there would be none. */
  changed(change: Change, after?: Change): LinePlan | undefined {
    const perPeriod = this.#plans.get(change.line)?.perPeriod ?? [];
    if (after) return this.#change(this.#changeCounts(perPeriod, change), after);
    const known = this.#changes.get(change.line) ?? new Map<number, LinePlan | undefined>();
    this.#changes.set(change.line, known);
    const key = change.period * 10_000 + change.by;
    if (!known.has(key)) known.set(key, this.#change(perPeriod, change));
    return known.get(key);
  }

  apply(plan: LinePlan): void {
    const before = this.#plans.get(plan.line)?.perPeriod ?? [];
    plan.perPeriod.forEach((count, period) => {
      const hours = (count - (before[period] ?? 0)) * this.roundHours(plan.line);
      this.#hours += hours;
      this.#loadHours[period] = (this.#loadHours[period] ?? 0) + hours;
    });
    this.#plans.set(plan.line, plan);
    this.#changes.delete(plan.line);
  }

  #change(perPeriod: readonly number[] | undefined, change: Change): LinePlan | undefined {
    const counts = perPeriod && this.#changeCounts(perPeriod, change);
    return counts && this.#planOf(change.line, counts);
  }

  #changeCounts(perPeriod: readonly number[], { period, by }: Change): readonly number[] | undefined {
    const count = (perPeriod[period] ?? 0) + by;
    return count < 1 || count > this.options.periodS / SHORTEST_HEADWAY_S ? undefined : perPeriod.with(period, count);
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
}
