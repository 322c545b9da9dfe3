import { DAY_MS, type EpochMs, findSlot, fromCivil, slotStart, toCivil } from '#libs/kernel';
import type { SlotHistory } from './history.js';

/** Which earlier slot served: the same civil time last week, yesterday, the last value at all, or nothing was known. */
export const FORECAST_RULES = ['last_week', 'yesterday', 'last_known', 'none'] as const;
export type ForecastRule = (typeof FORECAST_RULES)[number];

export interface Predicted {
  readonly value: number;
  readonly rule: ForecastRule;
}

/** The value at the same civil time `days` earlier, so that a day with a clock change still lines up; undefined where none was measured. */
const findEarlier = (history: SlotHistory, timeZone: string, at: EpochMs, days: number): number | undefined => {
  const slot = findSlot(history.grid, fromCivil(timeZone, toCivil(timeZone, at) - days * DAY_MS));
  return slot === undefined ? undefined : (history.values[slot] ?? undefined);
};

/** The seasonal rule for the slot that starts at `at`: last week, else yesterday, else undefined. */
export const findSeasonal = (history: SlotHistory, timeZone: string, at: EpochMs): Predicted | undefined => {
  const lastWeek = findEarlier(history, timeZone, at, 7);
  if (lastWeek !== undefined) return { value: lastWeek, rule: 'last_week' };
  const yesterday = findEarlier(history, timeZone, at, 1);
  return yesterday === undefined ? undefined : { value: yesterday, rule: 'yesterday' };
};

export interface PastError {
  readonly at: EpochMs;
  readonly actual: number;
  readonly error: number;
  readonly rule: ForecastRule;
}

/** What the rule would have said of each slot of the history from slot `first` on, where it could and something was measured. */
export const seasonalErrors = (history: SlotHistory, timeZone: string, first = 0): readonly PastError[] => {
  const errors: PastError[] = [];
  for (let slot = Math.max(0, first); slot < history.values.length; slot += 1) {
    const actual = history.values[slot] ?? null;
    if (actual === null) continue;
    const at = slotStart(history.grid, slot);
    const predicted = findSeasonal(history, timeZone, at);
    if (predicted) errors.push({ at, actual, error: actual - predicted.value, rule: predicted.rule });
  }
  return errors;
};
