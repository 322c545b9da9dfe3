import type { INDICATORS, Indicators } from '../indicators.js';
import { meanOf, varianceOf } from '../replications/moments.js';
import { studentQuantile } from '../replications/student.js';

/** The indicators that are counted of a live day as well: what `sumUpFlows` gives, and departures. */
export const LIVE_INDICATORS = [
  'energy_cost',
  'peak_import_kw',
  'over_limit_kwh',
  'carbon_kg',
  'departures',
] as const satisfies readonly (typeof INDICATORS)[number][];

/** Where the day is expected, and between which bounds with `PREDICTION_CONFIDENCE`. */
export interface Predicted {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export const PREDICTION_CONFIDENCE = 0.95;

/** What is sold may be worth more than what is bought; nothing else is less than nought. */
const MAY_BE_NEGATIVE: ReadonlySet<string> = new Set(['energy_cost']);

/**
 * What one further day is to come to, by the days that were drawn: Student's prediction interval, which is wider than that of the mean by the day's own chance.
 * Precondition: at least two days.
 */
export const predictDay = (drawn: readonly Indicators[]): Readonly<Record<string, Predicted>> => {
  const reach = studentQuantile((1 + PREDICTION_CONFIDENCE) / 2, drawn.length - 1) * Math.sqrt(1 + 1 / drawn.length);
  return Object.fromEntries(
    LIVE_INDICATORS.map((indicator) => {
      const values = drawn.map((day) => day[indicator] ?? 0);
      const mean = meanOf(values);
      const off = reach * Math.sqrt(varianceOf(values));
      const low = MAY_BE_NEGATIVE.has(indicator) ? mean - off : Math.max(0, mean - off);
      return [indicator, { mean, low, high: mean + off }];
    }),
  );
};
