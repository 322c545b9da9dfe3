import type { KeptSolution, LinearSolver } from '#libs/lp';
import { ColumnMaster } from './column-master.js';
import type { ColumnPool } from './column-pool.js';
import { VehiclePrices } from './vehicle-prices.js';
import type { FleetCounts, FreePart } from './free-part.js';
import type { PriceSearch } from './price-search.js';
import type { StrandPricer } from './strand-pricer.js';

export interface ChooseOptions {
  readonly solver: LinearSolver;
  /** Milliseconds that only ever grow, and when it is to be over. */
  readonly now: () => number;
  readonly endsAt: number;
  readonly signal?: AbortSignal;
}

/** Rounds of new columns before the first choice, at most; and the share of the time left for them. */
const ROUNDS = 30;
const ROUNDS_SHARE = 0.35;
/** New columns that would lower the objective by less than this share of it are not waited for. */
const WORTH_A_ROUND = 0.001;
/** A column that the solution takes to this part is as good as chosen. */
const CHOSEN = 0.999;
/** So many of the strands that are open are chosen at once, at least one. */
const AT_ONCE = 0.2;
/** When the objective rises by more than the first share, new columns are asked for, by more than the second, again and again, and then the choice is taken back. */
const RISE = { look: 0.0005, back: 0.05 } as const;
/** Times that new columns are asked for after one choice. */
const MOST_ASKED = 3;
/** New columns are looked for at the duals of the master, and at prices between these and steadier ones (Wentges 1997). */
const SHARPNESS = [1, 0.5, 0.2] as const;
/** Choices that are taken back, and rounds of leaving strands idle. */
const MOST_BACK = 6;

/**
 * Chooses one column a strand such that the fleet can drive them: columns are priced into the linear master until that no longer pays, and then chosen a few at a time where the solution is most
 * decided, with new columns where it becomes dearer (diving, Joncour et al. 2010). Undefined where that came to no whole plan in time.
 */
export const chooseColumns = async (
  part: FreePart,
  pool: ColumnPool,
  pricer: StrandPricer,
  prices: PriceSearch,
  options: ChooseOptions,
): Promise<FleetCounts | undefined> => new Choice(part, pool, pricer, prices, options).run();

class Choice {
  readonly #part: FreePart;
  readonly #pricer: StrandPricer;
  /** Of the solution in hand; and as they were found before there was one. */
  readonly #prices: VehiclePrices;
  #steady: readonly Float64Array[];
  /** What the steady prices prove, as far as strands are planned exactly. */
  #bound: number;
  readonly #options: ChooseOptions;
  readonly #master: ColumnMaster;
  /** Strands without a chosen column. */
  readonly #open: Set<number>;
  /** Indices of the master's columns of each strand, and of the one in which nothing leaves. */
  readonly #columnsOf = new Map<number, number[]>();
  readonly #idleOf = new Map<number, number>();
  #listed = 0;
  #back = 0;
  /** Columns that did not fit. */
  readonly #shut = new Set<number>();
  #solution: KeptSolution | undefined;

  constructor(
    part: FreePart,
    pool: ColumnPool,
    pricer: StrandPricer,
    { prices, best }: PriceSearch,
    options: ChooseOptions,
  ) {
    this.#part = part;
    this.#pricer = pricer;
    this.#prices = new VehiclePrices(part);
    this.#steady = prices.copy();
    this.#bound = best;
    this.#options = options;
    this.#open = new Set(part.strands);
    const idle = [...part.strands.keys()].map((at) => pricer.add(at, []));
    this.#master = new ColumnMaster(part, idle);
    for (const at of part.strands.keys()) this.#master.add(pricer.addNow(at));
    for (const column of pool.list()) this.#master.add(column);
    this.#master.addRides(prices);
  }

  async run(): Promise<FleetCounts | undefined> {
    const { solver } = this.#options;
    const model = this.#master.build();
    this.#list();
    this.#solution = await solver.keep(model, this.#turn());
    await this.#generate();
    while (this.#solution && this.#open.size > 0 && this.#left() > 1) await this.#choose();
    return this.#solution && this.#master.readCounts(this.#solution.values);
  }

  async #generate(): Promise<void> {
    const { now, endsAt } = this.#options;
    const until = now() + ROUNDS_SHARE * (endsAt - now());
    for (let round = 0; round < ROUNDS && this.#solution && now() < until; round += 1) {
      const { gain } = this.#price();
      if (!(await this.#grow())) return;
      if (gain < WORTH_A_ROUND * Math.abs(this.#objective)) return;
    }
  }

  /** New columns of open strands, and empty rides, at the duals of the solution. */
  #price(): { readonly gain: number } {
    const solution = this.#solution;
    if (!solution) return { gain: 0 };
    this.#master.read(solution.duals, this.#prices);
    this.#master.addPaying(this.#prices);
    const steady = this.#steady;
    const sharp = this.#prices.copy();
    let gain = 0;
    for (const part of SHARPNESS) {
      this.#prices.set(mix(steady, sharp, part));
      let bound = -this.#prices.worth();
      for (const [at, strand] of this.#part.strands.entries()) {
        if (!this.#open.has(strand)) continue;
        const { column, value } = this.#pricer.find(at, this.#prices);
        if (part === 1) gain += Math.max(0, this.#master.strandDual(solution.duals, strand) - value);
        this.#master.add(column);
        bound += value;
      }
      if (this.#open.size < this.#part.strands.length || bound <= this.#bound) continue;
      this.#bound = bound;
      this.#steady = this.#prices.copy();
    }
    return { gain };
  }

  /** Solves the master with what was added. Returns whether anything was. */
  async #grow(): Promise<boolean> {
    const change = this.#master.change();
    if (!change) return false;
    this.#list();
    this.#solution = await this.#options.solver.solveKept(change, this.#turn());
    return true;
  }

  /** Chooses for some more strands. */
  async #choose(): Promise<void> {
    const before = this.#solution;
    if (!before) return;
    const decided = [...this.#open].map((strand) => this.#best(strand)).sort((a, b) => b.part - a.part);
    const certain = decided.filter(({ part }) => part > CHOSEN).length;
    const more = this.#back > 0 ? 1 : Math.ceil(AT_ONCE * this.#open.size);
    const chosen = decided.slice(0, Math.max(certain, more));
    await this.#fix(chosen);
    if (this.#solution && this.#rise(before) > RISE.back) await this.#takeBack(chosen.slice(certain));
  }

  /** What does not fit together is chosen one by one; what does not fit alone is not chosen again; after some of that, what is open is left idle. */
  async #takeBack(chosen: readonly Choosable[]): Promise<void> {
    this.#back += 1;
    await this.#release(chosen.map(({ strand }) => strand));
    const [alone] = chosen;
    if (this.#back > MOST_BACK) await this.#leaveIdle();
    else if (alone && chosen.length === 1) {
      this.#shut.add(alone.index);
      await this.#limit([alone.index], 0);
      this.#price();
      await this.#grow();
    }
  }

  /** What is still open does not fit, and perhaps something else with it: that is left to the search. */
  async #leaveIdle(): Promise<void> {
    let left: readonly number[] = [...this.#open];
    this.#open.clear();
    for (let times = 0; left.length > 0 && times < MOST_BACK && this.#solution; times += 1) {
      await this.#limit(
        left.flatMap((strand) => this.#columnsOf.get(strand) ?? []),
        0,
      );
      left = this.#part.strands.filter((strand) => {
        const idle = this.#valueOf(this.#idleOf.get(strand) ?? -1);
        return idle > 1 - CHOSEN && idle < CHOSEN;
      });
    }
  }

  async #fix(chosen: readonly Choosable[]): Promise<void> {
    const before = this.#solution;
    for (const { strand } of chosen) this.#open.delete(strand);
    await this.#limit(
      chosen.flatMap(({ strand, index }) => (this.#columnsOf.get(strand) ?? []).filter((other) => other !== index)),
      0,
    );
    for (let times = 0; times < MOST_ASKED && before && this.#open.size > 0; times += 1) {
      if (!this.#solution || this.#rise(before) <= (times === 0 ? RISE.look : RISE.back)) return;
      this.#price();
      if (!(await this.#grow())) return;
    }
  }

  async #release(strands: readonly number[]): Promise<void> {
    for (const strand of strands) this.#open.add(strand);
    await this.#limit(
      strands.flatMap((strand) => this.#columnsOf.get(strand) ?? []).filter((index) => !this.#shut.has(index)),
      Infinity,
    );
  }

  /** Sets upper bounds and solves again. */
  async #limit(columns: readonly number[], upper: number): Promise<void> {
    if (columns.length === 0) return;
    const sorted = Int32Array.from(columns).sort();
    const bounds = { columns: sorted, upper: new Float64Array(sorted.length).fill(upper) };
    this.#solution = await this.#options.solver.solveKept({ bounds }, this.#turn());
  }

  #best(strand: number): Choosable {
    let index = this.#idleOf.get(strand) ?? -1;
    let part = this.#valueOf(index);
    for (const column of this.#columnsOf.get(strand) ?? []) {
      const value = this.#valueOf(column);
      if (value > part) [index, part] = [column, value];
    }
    return { strand, index, part };
  }

  get #objective(): number {
    return this.#solution?.objective ?? Infinity;
  }

  #valueOf(column: number): number {
    return this.#solution?.values[column] ?? 0;
  }

  #rise(before: KeptSolution): number {
    return (this.#objective - before.objective) / Math.max(1, Math.abs(before.objective));
  }

  /** Notes the master's new columns by strand. Idle ones stay open whatever is chosen. */
  #list(): void {
    const { meanings } = this.#master;
    for (; this.#listed < meanings.length; this.#listed += 1) {
      const meaning = meanings[this.#listed];
      if (meaning?.kind === 'idle') this.#idleOf.set(meaning.strand, this.#listed);
      if (meaning?.kind !== 'column') continue;
      const columns = this.#columnsOf.get(meaning.column.strand);
      if (columns) columns.push(this.#listed);
      else this.#columnsOf.set(meaning.column.strand, [this.#listed]);
    }
  }

  #left(): number {
    const { now, endsAt, signal } = this.#options;
    return signal?.aborted === true ? 0 : endsAt - now();
  }

  #turn(): { readonly deadlineMs: number; readonly signal?: AbortSignal } {
    const { signal } = this.#options;
    return { deadlineMs: Math.max(1, this.#left()), ...(signal ? { signal } : {}) };
  }
}

const mix = (one: readonly Float64Array[], other: readonly Float64Array[], part: number): readonly Float64Array[] =>
  one.map((row, index) => row.map((value, at) => value + part * ((other[index]?.[at] ?? 0) - value)));

/** The column that a solution takes most of, for a strand. */
interface Choosable {
  readonly strand: number;
  readonly index: number;
  readonly part: number;
}
