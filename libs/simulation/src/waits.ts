import { type EpochMs, MINUTE_MS } from '#libs/kernel';

/** Waits are told apart by so many seconds, up to six hours; longer ones are of the last. */
const BIN_S = 15;
const BINS = (6 * 3600) / BIN_S;

/** People of a group who waited together at a stop. */
export interface Wait {
  readonly stop: string;
  readonly group: string;
  readonly people: number;
  readonly came: EpochMs;
  /** Undefined: they still wait at `end`. */
  readonly left: EpochMs | undefined;
  readonly end: EpochMs;
}

/** Waits of one group, or of all. In seconds. */
export interface WaitSummary {
  readonly people: number;
  readonly mean_s: number;
  readonly p95_s: number;
  readonly worst_s: number;
}

class Histogram {
  readonly #bins = new Float64Array(BINS);
  came = 0;
  #waitedS = 0;
  #waits = 0;
  #worstS = 0;

  add(seconds: number, people: number): void {
    const bin = Math.min(BINS - 1, Math.floor(seconds / BIN_S));
    this.#bins[bin] = (this.#bins[bin] ?? 0) + people;
    this.#waits += people;
    this.#waitedS += seconds * people;
    this.#worstS = Math.max(this.#worstS, seconds);
  }

  /** Means are per person who came, all of the stops where he waits together; the others are of single waits. */
  sumUp(): WaitSummary {
    let [left, bin] = [0.95 * this.#waits, 0];
    while (bin < BINS - 1 && left > (this.#bins[bin] ?? 0)) {
      left -= this.#bins[bin] ?? 0;
      bin += 1;
    }
    // Even within a bin.
    const within = (this.#bins[bin] ?? 0) > 0 ? left / (this.#bins[bin] ?? 1) : 0;
    return {
      people: this.came,
      mean_s: this.came > 0 ? this.#waitedS / this.came : 0,
      p95_s: Math.min(this.#worstS, (bin + within) * BIN_S),
      worst_s: this.#worstS,
    };
  }
}

/** People who leave a venue around the end of one of its sessions, from its stop. */
export interface Egress {
  readonly stop: string;
  readonly from: EpochMs;
  readonly until: EpochMs;
  /** When the session really ends. */
  readonly ends: EpochMs;
}

/** How long people wait, by group, how many are left, and how long sessions take to clear. */
export class Waits {
  readonly #egresses: readonly (Egress & { readonly left: (readonly [at: EpochMs, people: number])[] })[];
  readonly #all = new Histogram();
  readonly #groups = new Map<string, Histogram>();
  #unserved = 0;
  #leftBehind = 0;
  #late = 0;

  constructor(egresses: readonly Egress[] = []) {
    this.#egresses = egresses.map((one) => ({ ...one, left: [] }));
  }

  /** People who want to go. */
  come(group: string, people: number): void {
    this.#all.came += people;
    this.#of(group).came += people;
  }

  leave({ stop, group, people, came, left, end }: Wait): void {
    const seconds = ((left ?? end) - came) / 1000;
    for (const egress of this.#egresses)
      if (egress.stop === stop && egress.from <= came && came < egress.until) egress.left.push([left ?? end, people]);
    this.#all.add(seconds, people);
    this.#of(group).add(seconds, people);
    if (left === undefined) this.#unserved += people;
  }

  /** So many found a vehicle full; who is left behind twice counts twice. */
  leaveBehind(people: number): void {
    this.#leftBehind += people;
  }

  /** So many were not where they had to be in time. */
  arriveLate(people: number): void {
    this.#late += people;
  }

  get lateArrivals(): number {
    return this.#late;
  }

  get all(): WaitSummary {
    return this.#all.sumUp();
  }

  get byGroup(): ReadonlyMap<string, WaitSummary> {
    return new Map([...this.#groups].map(([group, waits]) => [group, waits.sumUp()]));
  }

  get unserved(): number {
    return this.#unserved;
  }

  get leftBehind(): number {
    return this.#leftBehind;
  }

  /** Minutes from a session's end until such a share of its people has left, of the session that takes longest; 0 without any. */
  clearMinutes(share: number): number {
    return Math.max(0, ...this.#egresses.map(({ ends, left }) => (clearedAt(left, share) - ends) / MINUTE_MS));
  }

  #of(group: string): Histogram {
    const known = this.#groups.get(group) ?? new Histogram();
    this.#groups.set(group, known);
    return known;
  }
}

const clearedAt = (left: readonly (readonly [at: EpochMs, people: number])[], share: number): number => {
  let rest = share * left.reduce((sum, [, people]) => sum + people, 0);
  if (rest === 0) return -Infinity;
  for (const [at, people] of left.toSorted(([a], [b]) => a - b)) {
    rest -= people;
    if (rest <= 0) return at;
  }
  return left.at(-1)?.[0] ?? -Infinity;
};
