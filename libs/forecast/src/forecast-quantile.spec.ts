import { expect, it } from '@jest/globals';
import { epochMs, HOUR_MS } from '#libs/kernel';
import { forecastQuantile } from './forecast-quantile.js';
import { seasonalNaive } from './seasonal-naive.js';

const made = seasonalNaive({
  history: { grid: { start: epochMs(0), slotMs: HOUR_MS, count: 1 }, values: [5] },
  grid: { start: epochMs(HOUR_MS), slotMs: HOUR_MS, count: 1 },
  timeZone: 'UTC',
  least: 0,
});
const forecast = { ...made, quantiles: { p10: [2], p50: [6], p90: [8] } };

it('is what the forecast has at 10, 50 and 90 %', () => {
  expect([0.1, 0.5, 0.9].map((p) => forecastQuantile(forecast, p))).toEqual([[2], [6], [8]]);
});

it('lies straight between them elsewhere', () => {
  expect(forecastQuantile(forecast, 0.3)).toEqual([4]);
  expect(forecastQuantile(forecast, 0.7)[0]).toBeCloseTo(7);
});
