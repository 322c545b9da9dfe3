import { DAY_MS, type EpochMs, HOUR_MS, type SlotGrid, slotStart, toCivil } from '#libs/kernel';
import type { SlotHistory } from './history.js';
import { quantileOf } from './quantile.js';
import {
  findSeasonal,
  FORECAST_RULES,
  type ForecastRule,
  type PastError,
  type Predicted,
  seasonalErrors,
} from './season.js';

/** A forecast: one value a slot of its grid in each list. */
export interface Forecast {
  readonly method: 'seasonal_naive' | 'seasonal_naive_following';
  readonly grid: SlotGrid;
  readonly values: readonly number[];
  /** The rule that served each slot. */
  readonly rules: readonly ForecastRule[];
  /** Share of the slots by rule; they sum to 1. */
  readonly coverage: Readonly<Record<ForecastRule, number>>;
  /** Values moved by the 10, 50 and 90 % quantiles of the rule's past errors at that hour of the day. */
  readonly quantiles: {
    readonly p10: readonly number[];
    readonly p50: readonly number[];
    readonly p90: readonly number[];
  };
  /** Mean absolute error over the mean of what came, on the last day of the history; null where nothing can be compared. */
  readonly errorRatio: number | null;
}

export interface ForecastRequest {
  readonly history: SlotHistory;
  readonly grid: SlotGrid;
  /** IANA zone in which the days repeat. */
  readonly timeZone: string;
  /** No value or quantile is below this; 0 for loads, generation and people. */
  readonly least: number;
}

/** With fewer errors at an hour of the day than this, those of all hours serve. */
const FEWEST_ERRORS = 8;

/** Each slot as it was at the same civil time last week, else yesterday, else the last value known, else `least`. What the rule missed before is looked at when somebody asks for it. */
export const seasonalNaive = ({ history, grid, timeZone, least }: ForecastRequest): Forecast => {
  const lastKnown = history.values.findLast((value) => value !== null);
  const fallback: Predicted =
    typeof lastKnown === 'number' ? { value: lastKnown, rule: 'last_known' } : { value: least, rule: 'none' };
  const starts = Array.from({ length: grid.count }, (_, slot) => slotStart(grid, slot));
  const predicted = starts.map((at) => findSeasonal(history, timeZone, at) ?? fallback);
  const rules = predicted.map(({ rule }) => rule);
  const errors = once(() => seasonalErrors(history, timeZone));
  const quantiles = once(() => {
    const spread = errorSpread(errors(), timeZone);
    const moved = (p: number) =>
      predicted.map(({ value }, slot) => Math.max(least, value + spread(starts[slot] ?? grid.start, p)));
    return { p10: moved(0.1), p50: moved(0.5), p90: moved(0.9) };
  });
  return {
    method: 'seasonal_naive',
    grid,
    values: predicted.map(({ value }) => Math.max(least, value)),
    rules,
    coverage: shares(rules),
    get quantiles() {
      return quantiles();
    },
    get errorRatio() {
      return errorRatio(history, errors());
    },
  };
};

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** A forecast with its values and quantiles moved. */
export const moveForecast = (forecast: Forecast, moved: (values: readonly number[]) => readonly number[]): Forecast => {
  const { grid, rules, coverage } = forecast;
  const quantiles = once(() => {
    const { p10, p50, p90 } = forecast.quantiles;
    return { p10: moved(p10), p50: moved(p50), p90: moved(p90) };
  });
  return {
    method: 'seasonal_naive_following',
    grid,
    values: moved(forecast.values),
    rules,
    coverage,
    get quantiles() {
      return quantiles();
    },
    get errorRatio() {
      return forecast.errorRatio;
    },
  };
};

const shares = (rules: readonly ForecastRule[]): Record<ForecastRule, number> => {
  const count = (rule: ForecastRule) => rules.filter((other) => other === rule).length / Math.max(1, rules.length);
  const [lastWeek, yesterday, lastKnown, none] = FORECAST_RULES;
  return {
    [lastWeek]: count(lastWeek),
    [yesterday]: count(yesterday),
    [lastKnown]: count(lastKnown),
    [none]: count(none),
  };
};

const hourOf = (timeZone: string, at: EpochMs): number => Math.floor(toCivil(timeZone, at) / HOUR_MS) % 24;

/** Errors in ascending order, by the hour of the day and over all hours: of last week's rule where it has any, else of yesterday's. */
const errorSpread = (errors: readonly PastError[], timeZone: string): ((at: EpochMs, p: number) => number) => {
  const weekly = errors.filter(({ rule }) => rule === 'last_week');
  const all: number[] = [];
  const hours = Array.from({ length: 24 }, (): number[] => []);
  for (const { at, error } of weekly.length > 0 ? weekly : errors) {
    all.push(error);
    hours[hourOf(timeZone, at)]?.push(error);
  }
  for (const list of [all, ...hours]) list.sort((a, b) => a - b);
  return (at, p) => {
    const own = hours[hourOf(timeZone, at)] ?? [];
    const list = own.length >= FEWEST_ERRORS ? own : all;
    return list.length === 0 ? 0 : quantileOf(list, p);
  };
};

const errorRatio = (history: SlotHistory, errors: readonly PastError[]): number | null => {
  const { start, slotMs, count } = history.grid;
  const since = start + count * slotMs - DAY_MS;
  let missed = 0;
  let came = 0;
  for (const { at, actual, error } of errors) {
    if (at < since) continue;
    missed += Math.abs(error);
    came += Math.abs(actual);
  }
  return came > 0 ? missed / came : null;
};
