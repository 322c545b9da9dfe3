import { expect, it } from '@jest/globals';

import { judgePredictions } from './judge-predictions.js';
import { LIVE_INDICATORS, predictDay } from './predict-day.js';

const day = (energy_cost: number, more: Readonly<Record<string, number>> = {}) => ({
  energy_cost,
  peak_import_kw: 0,
  over_limit_kwh: 0,
  carbon_kg: 0,
  departures: 90,
  mean_wait_s: 600,
  ...more,
});

it('one further day is predicted wider than the mean of days is known', () => {
  // Standard deviation 10, Student 3.1824 with three degrees of freedom, and the square root of 1 + 1/4.
  const drawn = [90, 100, 110, 100].map((cost) => day(cost));
  const off = 3.1824463 * Math.sqrt(200 / 3) * Math.sqrt(1.25);
  expect(predictDay(drawn)['energy_cost']).toEqual({
    mean: 100,
    low: expect.closeTo(100 - off, 4),
    high: expect.closeTo(100 + off, 4),
  });
});

it('only what a live day is counted by is predicted, and no less than nought of what cannot be less', () => {
  const predicted = predictDay([day(-5, { over_limit_kwh: 1 }), day(5, { over_limit_kwh: 0 })]);
  expect(Object.keys(predicted)).toEqual([...LIVE_INDICATORS]);
  expect(predicted['over_limit_kwh']?.low).toBe(0);
  expect(predicted['energy_cost']?.low).toBeLessThan(-5);
});

it('what never varied is predicted as it was', () => {
  expect(predictDay([day(1), day(2)])['departures']).toEqual({ mean: 90, low: 90, high: 90 });
});

it('predictions are judged by indicator over the days that have both', () => {
  const prediction = { energy_cost: { mean: 100, low: 90, high: 110 }, departures: { mean: 90, low: 90, high: 90 } };
  const judged = judgePredictions([
    { prediction, outcome: { energy_cost: 110, departures: 90 } },
    { prediction, outcome: { energy_cost: 84, departures: 91 } },
    { prediction, outcome: { energy_cost: 100, moonlight: 3 } },
  ]);
  expect(judged).toEqual({
    energy_cost: { days: 3, meanError: -2, meanAbsoluteError: expect.closeTo(26 / 3), within: 2 },
    departures: { days: 2, meanError: 0.5, meanAbsoluteError: 0.5, within: 1 },
  });
  expect(judgePredictions([])).toEqual({});
});

it('bounds that are one number are met but for rounding', () => {
  const prediction = { carbon_kg: { mean: 0.3, low: 0.3, high: 0.3 } };
  expect(judgePredictions([{ prediction, outcome: { carbon_kg: 0.1 + 0.2 } }])['carbon_kg']?.within).toBe(1);
  expect(judgePredictions([{ prediction, outcome: { carbon_kg: 0.301 } }])['carbon_kg']?.within).toBe(0);
});
