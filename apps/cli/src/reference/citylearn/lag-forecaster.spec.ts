import { describe, expect, it } from '@jest/globals';

import { LagForecaster } from './lag-forecaster.js';

const hearing = (hours: number, of: (hour: number) => number): LagForecaster => {
  const forecaster = new LagForecaster();
  for (let hour = 0; hour < hours; hour += 1) forecaster.hear(of(hour));
  return forecaster;
};

describe('a forecast from the series itself', () => {
  it('repeats what repeats every day', () => {
    const daily = (hour: number) => 2 + Math.sin((hour / 24) * 2 * Math.PI);
    const forecast = hearing(24 * 10, daily).forecast(30);
    for (const [at, value] of forecast.entries()) expect(value).toBeCloseTo(daily(240 + at), 3);
  });

  it('before a day is over, goes on from the last value', () => {
    expect(hearing(5, () => 4).forecast(3)).toEqual([4, 4, 4]);
  });

  it('follows a miss for a while', () => {
    const forecast = hearing(24 * 6 + 1, (hour) => (hour === 24 * 6 ? 3 : 1)).forecast(6);
    expect(forecast[0]).toBeCloseTo(2, 6);
    expect(forecast[1]).toBeCloseTo(1.5, 6);
    expect(forecast[5]).toBeLessThan(1.1);
  });

  it('learns that misses last, where they do', () => {
    // Every other day is high from its first hour on.
    const steps = (hour: number) => (Math.floor(hour / 24) % 2 === 0 ? 1 : 3);
    const noon = 24 * 60 + 12;
    const [next = 0] = hearing(noon, steps).forecast(1);
    expect(Math.abs(next - steps(noon))).toBeLessThan(0.3);
  });

  it('is never below zero', () => {
    expect(Math.min(...hearing(200, (hour) => (hour < 199 ? 1 : 0)).forecast(24))).toBeGreaterThanOrEqual(0);
    expect(hearing(200, () => 0).forecast(2)).toEqual([0, 0]);
  });
});
