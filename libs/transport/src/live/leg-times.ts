/** How a quantity went against what was expected of it: a running mean of ratios. */
interface Cell {
  /** Observations that it stands for, at most `MEMORY`: old ones fade. */
  readonly weight: number;
  readonly mean: number;
  readonly variance: number;
}

/** A stretch from one stop to the next at an hour of the civil day, and how long the timetable has it, s. */
export interface Leg {
  readonly from: string;
  readonly to: string;
  /** 0 to 23. */
  readonly hour: number;
  readonly prior_s: number;
}

/** A call at a stop, and how long it is expected to take without anything observed, s. */
export interface Dwell {
  readonly stop: string;
  readonly hour: number;
  readonly prior_s: number;
}

export interface Duration {
  readonly seconds: number;
  /** Standard deviation, s. */
  readonly sd_s: number;
}

/** What is kept of all observations: JSON of a state document. */
export type LegTimesDocument = readonly (readonly [key: string, weight: number, mean: number, variance: number])[];

const MEMORY = 40;
/** The network's cell sees every vehicle: its memory is longer. */
const NETWORK_MEMORY = 400;
/** Observations that weigh as much as what is known without them. */
const TRUST = 4;
/** Coefficient of variation of running times of city buses, and of dwell times (TCQSM, third edition, chapter 6: 0.4 to 0.8 for dwells). */
const RUN_VARIATION = 0.15;
const DWELL_VARIATION = 0.5;
/** A ratio outside of these is a fault of the observation. */
const RATIOS = { least: 0.2, most: 5 };
/** Doors take this share of what they usually do at least, however few of the people who were expected came. */
const LEAST_DOORS = 0.25;
const CLIP_DEVIATIONS = 2.5;
const MOST_CELLS = 50_000;
const NETWORK = '';

/**
 * Running times between stops and times at stops, learned from vehicles: for each leg by hour, over all hours, and over the network, each shrunk towards the next by how
 * little was seen. An outlier is drawn in to 2.5 deviations (Huber). At most 50,000 cells: those not seen for longest go first.
 */
export class LegTimes {
  private readonly cells: Map<string, Cell>;

  constructor(document: LegTimesDocument = []) {
    this.cells = new Map(
      document.slice(-MOST_CELLS).map(([key, weight, mean, variance]) => [key, { weight, mean, variance }]),
    );
  }

  get document(): LegTimesDocument {
    return [...this.cells].map(([key, { weight, mean, variance }]) => [key, weight, round(mean), round(variance)]);
  }

  /** A vehicle took `seconds` for a leg. `weight` 1 for a leg seen by itself, less for one of several seen together. */
  observeRun({ from, to, hour, prior_s }: Leg, seconds: number, weight = 1): void {
    if (!(prior_s > 0)) return;
    this.add(keysOf(['run', from, to], hour), seconds / prior_s, weight, RUN_VARIATION);
    this.addTo(NETWORK, seconds / prior_s, weight, NETWORK_MEMORY, RUN_VARIATION);
  }

  observeDwell({ stop, hour, prior_s }: Dwell, seconds: number): void {
    if (prior_s > 0) this.add(keysOf(['dwell', stop], hour), seconds / prior_s, 1, DWELL_VARIATION);
  }

  /** A call without the people who were expected to board: what is left of `seconds` when their boarding is taken off. */
  observeDoors({ stop, hour, prior_s }: Dwell, seconds: number): void {
    const least_s = LEAST_DOORS * prior_s;
    if (prior_s > 0) this.add(keysOf(['doors', stop], hour), Math.max(least_s, seconds) / prior_s, 1, DWELL_VARIATION);
  }

  estimateRun({ from, to, hour, prior_s }: Leg): Duration {
    const network = shrink(this.cells.get(NETWORK), { mean: 1, variance: RUN_VARIATION ** 2 }, 4 * TRUST);
    return durationOf(this.find(keysOf(['run', from, to], hour), network), prior_s);
  }

  estimateDwell({ stop, hour, prior_s }: Dwell): Duration {
    return durationOf(this.find(keysOf(['dwell', stop], hour), { mean: 1, variance: DWELL_VARIATION ** 2 }), prior_s);
  }

  /** Of a call to which the boarding of those who are expected is still to be added. */
  estimateDoors({ stop, hour, prior_s }: Dwell): Duration {
    return durationOf(this.find(keysOf(['doors', stop], hour), { mean: 1, variance: DWELL_VARIATION ** 2 }), prior_s);
  }

  private find(keys: readonly string[], known: Spread): Spread {
    return keys.reduceRight((wider, key) => shrink(this.cells.get(key), wider, TRUST), known);
  }

  private add(keys: readonly string[], ratio: number, weight: number, variation: number): void {
    for (const key of keys) this.addTo(key, ratio, weight, MEMORY, variation);
  }

  private addTo(key: string, ratio: number, weight: number, memory: number, variation: number): void {
    if (!(weight > 0) || !(ratio > RATIOS.least && ratio < RATIOS.most)) return;
    const cell = this.cells.get(key);
    // Seen now: it goes to the end of the order in which cells are given up.
    this.cells.delete(key);
    this.cells.set(key, cell ? blend(cell, ratio, weight, memory, variation) : first(ratio, weight, variation));
    if (this.cells.size > MOST_CELLS) this.cells.delete(this.cells.keys().next().value ?? key);
  }
}

interface Spread {
  readonly mean: number;
  readonly variance: number;
}

const round = (value: number): number => Math.round(value * 1e5) / 1e5;

/** The narrow cell first. */
const keysOf = (names: readonly string[], hour: number): readonly string[] => [
  JSON.stringify([...names, hour]),
  JSON.stringify(names),
];

const first = (ratio: number, weight: number, variation: number): Cell => ({
  weight,
  mean: ratio,
  variance: variation ** 2,
});

const blend = (
  { weight, mean, variance }: Cell,
  ratio: number,
  added: number,
  memory: number,
  variation: number,
): Cell => {
  const reach = CLIP_DEVIATIONS * Math.sqrt(Math.max(variance, variation ** 2 / 4));
  const error = Math.max(-reach, Math.min(reach, ratio - mean));
  const total = Math.min(memory, weight + added);
  const share = Math.min(1, added / total);
  return {
    weight: total,
    mean: mean + share * error,
    variance: (1 - share) * (variance + share * error * error),
  };
};

const shrink = (cell: Cell | undefined, { mean, variance }: Spread, trust: number): Spread =>
  cell
    ? {
        mean: (cell.weight * cell.mean + trust * mean) / (cell.weight + trust),
        variance: (cell.weight * cell.variance + trust * variance) / (cell.weight + trust),
      }
    : { mean, variance };

const durationOf = ({ mean, variance }: Spread, prior_s: number): Duration => ({
  seconds: mean * prior_s,
  sd_s: Math.sqrt(variance) * prior_s,
});
