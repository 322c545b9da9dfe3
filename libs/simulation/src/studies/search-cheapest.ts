import { meanOf, varianceOf } from '../replications/moments.js';
import { studentQuantile } from '../replications/student.js';

/** What could be done, and what it costs, in whatever unit: vehicles, kWh, money. */
export interface Candidate {
  readonly name: string;
  readonly cost: number;
}

/** `open`: its mean is too near to the target to tell within the days that were allowed, or cheaper ones have decided already. */
export type Verdict = 'meets' | 'misses' | 'open';

export interface Judged extends Candidate {
  readonly verdict: Verdict;
  /** Days that were drawn. */
  readonly days: number;
  /** Of the target's indicator over these days; NaN without any. */
  readonly mean: number;
  /** The mean lies within it on either side; the intervals of all candidates at all looks hold together. */
  readonly half_width: number;
}

export interface CheapestSearch {
  readonly candidates: readonly Candidate[];
  /** The mean over days that is allowed. */
  readonly atMost: number;
  /** Days of each candidate at most; a whole number of rounds. */
  readonly mostDays: number;
  /** Values of the target's indicator of candidates on drawn days, in order. */
  readonly sample: (
    asked: readonly { readonly candidate: number; readonly day: number }[],
  ) => Promise<readonly number[]>;
}

export interface CheapestFound {
  /** The cheapest that meets the target; undefined: none is sure to. */
  readonly best: Judged | undefined;
  /** Cheaper ones than `best` that may meet it as well. Empty: `best` is the cheapest at `CONFIDENCE`. */
  readonly open: readonly Judged[];
  /** By cost. */
  readonly judged: readonly Judged[];
}

/** That no verdict is wrong. */
export const CONFIDENCE = 0.95;
/** Days between two looks. */
export const ROUND = 4;

/**
 * The cheapest candidate whose mean is at most the target's. More need not be better: heuristics are not monotone, so each candidate is judged by itself, on the same days as the others. Round by round
 * those are drawn on that are still open and cheaper than the cheapest that meets the target (feasibility by sequential intervals, as Andradóttir and Kim 2010; here Student's, with Bonferroni's
 * correction for candidates and looks).
 */
export const searchCheapest = async ({
  candidates,
  atMost,
  mostDays,
  sample,
}: CheapestSearch): Promise<CheapestFound> => {
  const sorted = candidates
    .map((candidate, number) => ({ candidate, number }))
    .toSorted((a, b) => a.candidate.cost - b.candidate.cost);
  const values = sorted.map((): number[] => []);
  const rounds = Math.max(1, Math.floor(mostDays / ROUND));
  const tail = (1 - CONFIDENCE) / (sorted.length * rounds) / 2;
  const judge = (at: number): Judged => {
    const own = values[at] ?? [];
    const candidate = sorted[at]?.candidate ?? { name: '', cost: 0 };
    if (own.length < ROUND) return { ...candidate, verdict: 'open', days: own.length, mean: NaN, half_width: Infinity };
    const mean = meanOf(own);
    const half_width = studentQuantile(1 - tail, own.length - 1) * Math.sqrt(varianceOf(own) / own.length);
    const verdict = mean + half_width <= atMost ? 'meets' : mean - half_width > atMost ? 'misses' : 'open';
    return { ...candidate, verdict, days: own.length, mean, half_width };
  };
  for (let round = 0; round < rounds; round += 1) {
    const judged = sorted.map((_, at) => judge(at));
    const cheapest = judged.findIndex(({ verdict }) => verdict === 'meets');
    const wanted = judged.flatMap(({ verdict }, at) =>
      verdict === 'open' && (cheapest < 0 || at < cheapest) ? [at] : [],
    );
    if (wanted.length === 0) break;
    const asked = wanted.flatMap((at) =>
      Array.from({ length: ROUND }, (_, day) => ({
        at,
        candidate: sorted[at]?.number ?? at,
        day: round * ROUND + day,
      })),
    );
    const drawn = await sample(asked);
    for (const [index, { at }] of asked.entries()) values[at]?.push(drawn[index] ?? NaN);
  }
  const judged = sorted.map((_, at) => judge(at));
  const best = judged.find(({ verdict }) => verdict === 'meets');
  const open = judged.filter(({ verdict, cost }) => verdict === 'open' && (!best || cost < best.cost));
  return { best, open, judged };
};
