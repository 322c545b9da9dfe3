import type { Indicators } from '../indicators.js';
import { meanOf } from '../replications/moments.js';
import type { Predicted } from './predict-day.js';

/** A day's prediction beside what happened. */
export interface ComparedDay {
  readonly prediction: Readonly<Record<string, Predicted>>;
  readonly outcome: Indicators;
}

/** How good predictions were, over days. */
export interface Accuracy {
  readonly days: number;
  /** What happened less what was predicted. */
  readonly meanError: number;
  readonly meanAbsoluteError: number;
  /** Days on which what happened lay within the predicted bounds. */
  readonly within: number;
}

/** Sums of the same minutes in another order differ in their last digits. */
const ROUNDING = 1e-9;

/** Whether it lies within the predicted bounds, these included. */
export const isWithin = ({ low, high, mean }: Predicted, happened: number): boolean => {
  const slack = ROUNDING * Math.max(1, Math.abs(mean));
  return happened >= low - slack && happened <= high + slack;
};

/** By indicator, over the days that have both. */
export const judgePredictions = (days: readonly ComparedDay[]): Readonly<Record<string, Accuracy>> => {
  const names = [...new Set(days.flatMap(({ prediction }) => Object.keys(prediction)))];
  return Object.fromEntries(
    names.flatMap((name) => {
      const pairs = days.flatMap(({ prediction, outcome }) => {
        const [predicted, happened] = [prediction[name], outcome[name]];
        return predicted && happened !== undefined ? [{ predicted, happened }] : [];
      });
      if (pairs.length === 0) return [];
      const errors = pairs.map(({ predicted, happened }) => happened - predicted.mean);
      const accuracy: Accuracy = {
        days: pairs.length,
        meanError: meanOf(errors),
        meanAbsoluteError: meanOf(errors.map(Math.abs)),
        within: pairs.filter(({ predicted, happened }) => isWithin(predicted, happened)).length,
      };
      return [[name, accuracy] as const];
    }),
  );
};
