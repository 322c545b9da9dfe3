import type { Forecast } from './seasonal-naive.js';

/** The forecast's quantile `p` of each slot, straight between those that it has; `p` from 0.1 to 0.9. */
export const forecastQuantile = (
  { quantiles: { p10, p50, p90 } }: Pick<Forecast, 'quantiles'>,
  p: number,
): readonly number[] => {
  const [low, high, share] = p < 0.5 ? [p10, p50, (p - 0.1) / 0.4] : [p50, p90, (p - 0.5) / 0.4];
  return low.map((value, slot) => value + ((high[slot] ?? value) - value) * share);
};
