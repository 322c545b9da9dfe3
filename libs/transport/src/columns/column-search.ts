import type { LinearSolver } from '#libs/lp';
import type { CompiledProblem } from '../search/compile.js';
import type { ClassCounts } from '../search/cycle-to.js';
import type { Schedule } from '../search/schedule.js';
import type { DispatchSearch } from '../search/search.js';
import { chooseColumns } from './choose-columns.js';
import { ColumnPool } from './column-pool.js';
import { type FleetCounts, type FreePart, freePartOf, openClasses } from './free-part.js';
import { PlanBound } from './plan-bound.js';
import { PriceSearch } from './price-search.js';
import { StrandPricer } from './strand-pricer.js';

/** Evaluations in the search for prices, before there is a master. */
const EVALUATIONS = 30;
/** Rows of a master that is solved fast enough to be solved again and again. */
const MOST_ROWS = 2000;
/** Share of the vehicles that are not out at any time. */
const TO_SPARE = 0.1;
/** Times that choosing may come to nothing. */
const MOST_FAILURES = 2;
/** Milliseconds before the end in which nothing new is begun. */
const TOO_LATE_MS = 50;

export interface ColumnOptions {
  readonly solver: LinearSolver;
  /** Milliseconds that only ever grow, and when the plan has to be there. */
  readonly now: () => number;
  readonly endsAt: number;
  readonly signal?: AbortSignal;
}

/**
 * Plans all strands at once by columns, beside a search that goes on meanwhile, and offers what it finds to that search: for problems of which the master is solved
 * in a fraction of a second.
 */
export class ColumnSearch {
  readonly #search: DispatchSearch;
  readonly #compiled: CompiledProblem;
  readonly #options: ColumnOptions;
  readonly #bound: PlanBound;
  #failure: Error | undefined;

  constructor(search: DispatchSearch, compiled: CompiledProblem, options: ColumnOptions) {
    this.#search = search;
    this.#compiled = compiled;
    this.#options = options;
    this.#bound = new PlanBound(compiled, search.best.cost);
    Promise.all([this.#run(), this.#prove()]).catch((error: unknown) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
  }

  /** The best bound so far. What is under way in the worker comes to its end there, unheard. */
  end(): Promise<number | null> {
    if (this.#failure) return Promise.reject(this.#failure);
    return Promise.resolve(Number.isFinite(this.#bound.best) ? this.#bound.best : null);
  }

  /** Until time is over, or choosing comes to nothing again and again. */
  async #run(): Promise<void> {
    for (let failures = 0; failures < MOST_FAILURES && this.#left() > TOO_LATE_MS;) {
      if (!(await this.#improve())) failures += 1;
    }
  }

  /** Returns false where nothing was chosen. */
  async #improve(): Promise<boolean> {
    const { best } = this.#search;
    const part = freePartOf(this.#compiled, best);
    const pool = new ColumnPool();
    const pricer = new StrandPricer(part, pool);
    const prices = new PriceSearch(part, pricer);
    for (let step = 0; step < EVALUATIONS && this.#left() > TOO_LATE_MS; step += 1) {
      prices.step();
      if (step % 4 === 0) await turn();
    }
    prices.finish();
    const chosen = await chooseColumns(part, pool, pricer, prices, this.#options);
    if (!chosen) return false;
    this.#search.offered = targetsOf(part, chosen);
    await this.#untilTaken();
    return true;
  }

  async #untilTaken(): Promise<void> {
    while (this.#search.offered && this.#left() > 0) await turn();
  }

  async #prove(): Promise<void> {
    for (const steps = this.#bound.run(); steps.next().done !== true && this.#left() > 0;) await turn();
  }

  #left(): number {
    const { now, endsAt, signal } = this.#options;
    return signal?.aborted === true ? 0 : endsAt - now();
  }
}

/** Whether the master is solved in a fraction of a second. */
export const isForColumns = ({ network: { classes, places, slots } }: CompiledProblem): boolean => {
  const rows = openClasses(classes).length * places * slots;
  return rows > 0 && rows <= MOST_ROWS;
};

/** Whether some are left at any time: where all are out, the best columns seldom fit together. */
export const hasVehiclesToSpare = ({ compiled, stand }: Schedule): boolean => {
  const { network } = compiled;
  const { classes, places, slots, sink } = network;
  const open = openClasses(classes);
  const [size, standing] = [new Float64Array(slots), new Float64Array(slots)];
  for (const vehicles of open) {
    let ready = 0;
    for (let node = 0; node < sink; node += 1) {
      const slot = Math.floor(node / places);
      ready += classes[vehicles]?.supply[node] ?? 0;
      if (node % places === places - 1) size[slot] = (size[slot] ?? 0) + ready;
      standing[slot] = (standing[slot] ?? 0) + (stand[vehicles]?.[node] ?? 0);
    }
  }
  return standing.every((count, slot) => count >= TO_SPARE * (size[slot] ?? 0));
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What all classes of vehicles are to do: those that are not open, what they do now, unless they must be called out. */
const targetsOf = ({ compiled, fleets, now }: FreePart, chosen: FleetCounts): ReadonlyMap<number, ClassCounts> => {
  const open = new Set(fleets.map(({ vehicles }) => vehicles));
  return new Map(
    compiled.network.classes.map((_, vehicles): readonly [number, ClassCounts] => {
      const row = (key: keyof FleetCounts): Int32Array => {
        const current = now[key][vehicles] ?? new Int32Array();
        const isChosen = open.has(vehicles) || (compiled.network.classes[vehicles]?.callOutCost ?? 0) > 0;
        return isChosen ? current.map((_count, at) => chosen[key][vehicles]?.[at] ?? 0) : current;
      };
      return [vehicles, { trips: row('trips'), deadheads: row('deadheads'), calls: row('calls') }];
    }),
  );
};
