import { seededRandom } from '#libs/kernel';
import type { Indicators } from '../indicators.js';
import type { DaySample } from '../run-day.js';
import { meanOf, varianceOf } from './moments.js';
import { studentQuantile } from './student.js';

/** One policy on one drawn day. */
export interface PolicyDay {
  readonly policy: string;
  readonly replication: number;
  readonly indicators: Indicators;
  /** How it went; of the first day only. */
  readonly samples?: readonly DaySample[];
}

/** A mean with what it may be off by at 95 %; undefined with one day alone. */
export interface Figure {
  readonly mean: number;
  readonly half_width: number | undefined;
}

/** A policy less the baseline, day by day. */
export interface Comparison extends Figure {
  /** By how much comparing on the same days lowers the variance of the difference, against days of their own: 0.9 is a tenth of it. Undefined with one day, or where nothing varies. */
  readonly variance_reduction: number | undefined;
}

const CONFIDENCE = 0.95;
const RESAMPLES = 2000;
/** Of these the mean of few days is far from normal: intervals by bootstrap. */
const BOOTSTRAPPED = /^(p95|worst|clear)_/;

/** Means of each policy by indicator. */
export const summarise = (days: readonly PolicyDay[]): Readonly<Record<string, Readonly<Record<string, Figure>>>> =>
  mapPolicies(days, (own) =>
    mapIndicators(own, (indicator) =>
      figureOf(
        indicator,
        own.map((day) => valueOf(day, indicator)),
        1,
      ),
    ),
  );

/**
 * Paired differences of each policy to the baseline. Intervals hold together for all indicators of a policy at 95 % (Bonferroni), by Student's distribution; of tails and worst cases by bootstrap of
 * the days (Efron 1979), seeded.
 */
export const compareDays = (
  days: readonly PolicyDay[],
  baseline: string,
): Readonly<Record<string, Readonly<Record<string, Comparison>>>> => {
  const base = new Map(days.filter((day) => day.policy === baseline).map((day) => [day.replication, day]));
  const others = days.filter((day) => day.policy !== baseline);
  return mapPolicies(others, (own) => {
    const pairs = own.flatMap((day) => {
      const other = base.get(day.replication);
      return other ? [[day, other] as const] : [];
    });
    return mapIndicators(own, (indicator, count) => {
      const [ours, theirs] = [0, 1].map((side) => pairs.map((pair) => valueOf(pair[side as 0 | 1], indicator)));
      const differences = pairs.map((_, at) => (ours?.[at] ?? 0) - (theirs?.[at] ?? 0));
      const apart = varianceOf(ours ?? []) + varianceOf(theirs ?? []);
      return {
        ...figureOf(indicator, differences, count),
        variance_reduction: pairs.length > 1 && apart > 0 ? 1 - varianceOf(differences) / apart : undefined,
      };
    });
  });
};

const mapPolicies = <T>(
  days: readonly PolicyDay[],
  of: (own: readonly PolicyDay[]) => T,
): Readonly<Record<string, T>> =>
  Object.fromEntries(
    [...new Set(days.map(({ policy }) => policy))].map((policy) => [
      policy,
      of(days.filter((day) => day.policy === policy).toSorted((a, b) => a.replication - b.replication)),
    ]),
  );

const mapIndicators = <T>(
  days: readonly PolicyDay[],
  of: (indicator: string, count: number) => T,
): Readonly<Record<string, T>> => {
  const names = [...new Set(days.flatMap(({ indicators }) => Object.keys(indicators)))];
  return Object.fromEntries(names.map((name) => [name, of(name, names.length)]));
};

const valueOf = ({ indicators }: PolicyDay, indicator: string): number => indicators[indicator] ?? 0;

/** `together`: so many figures are to hold at once. */
const figureOf = (indicator: string, values: readonly number[], together: number): Figure => {
  const mean = meanOf(values);
  if (values.length < 2) return { mean, half_width: undefined };
  const tail = (1 - CONFIDENCE) / together / 2;
  if (BOOTSTRAPPED.test(indicator)) return { mean, half_width: bootstrap(values, mean, tail) };
  const error = Math.sqrt(varianceOf(values) / values.length);
  return { mean, half_width: studentQuantile(1 - tail, values.length - 1) * error };
};

/** Half the width, on the wider side. */
const bootstrap = (values: readonly number[], mean: number, tail: number): number => {
  const random = seededRandom(values.length);
  const means = Array.from({ length: RESAMPLES }, () =>
    meanOf(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => means[Math.min(RESAMPLES - 1, Math.floor(share * RESAMPLES))] ?? mean;
  return Math.max(mean - at(tail), at(1 - tail) - mean);
};
