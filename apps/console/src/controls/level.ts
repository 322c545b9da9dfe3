/** How much attention something needs. */
export type Level = 'good' | 'warn' | 'bad' | 'none';

/** Load over its limit: from 95 % on there is no reserve, from 100 % on it is over. */
export const loadingLevel = (ratio: number | null): Level => {
  if (ratio === null) return 'none';
  if (ratio >= 1) return 'bad';
  return ratio >= 0.95 ? 'warn' : 'good';
};

/** What a load's level against its limit means. */
export const LOADING_WORDS: Readonly<Record<Level, string>> = {
  good: 'within limit',
  warn: 'no reserve',
  bad: 'over limit',
  none: 'not measured',
};

/** Age of a plan in seconds against the cadence at which it is made: two missed cycles are worth a look, five are a fault. */
export const ageLevel = (ageSeconds: number, cadenceSeconds: number): Level => {
  if (ageSeconds > 6 * cadenceSeconds) return 'bad';
  return ageSeconds > 3 * cadenceSeconds ? 'warn' : 'good';
};
