import { describe, expect, it } from '@jest/globals';
import { compareDays, type PolicyDay, summarise } from './compare-days.js';

const day = (policy: string, replication: number, cost: number): PolicyDay => ({
  policy,
  replication,
  indicators: { energy_cost: cost },
});
// Days differ by hundreds, policies by ten.
const days = [
  ...[100, 300, 500].map((cost, replication) => day('idle', replication, cost)),
  ...[91, 290, 489].map((cost, replication) => day('planned', replication, cost)),
];

describe('days of policies', () => {
  it('are summed up by policy, with what their mean may be off by', () => {
    const { idle } = summarise(days);
    // 200 / √3 × 4.303 of two degrees of freedom.
    expect(idle?.['energy_cost']).toEqual({ mean: 300, half_width: expect.closeTo(496.8, 1) });
  });

  it('are compared pair by pair, in any order', () => {
    const of = compareDays([...days].reverse(), 'idle')['planned']?.['energy_cost'];
    // 9, 10 and 11 less: standard deviation 1.
    expect(of?.mean).toBe(-10);
    expect(of?.half_width).toBeCloseTo(4.3027 / Math.sqrt(3), 3);
    expect(of?.variance_reduction).toBeGreaterThan(0.9999);
  });

  it('have no interval when there is one of each', () => {
    const one = days.filter(({ replication }) => replication === 0);
    expect(compareDays(one, 'idle')['planned']?.['energy_cost']).toEqual({
      mean: -9,
      half_width: undefined,
      variance_reduction: undefined,
    });
  });

  it('widen intervals with the number of indicators that are to hold together', () => {
    const two = days.map((one) => ({ ...one, indicators: { ...one.indicators, carbon_kg: 1 } }));
    const of = compareDays(two, 'idle')['planned'];
    // Half of 5 % on both sides: 6.205 of two degrees of freedom.
    expect(of?.['energy_cost']?.half_width).toBeCloseTo(6.2053 / Math.sqrt(3), 3);
    expect(of?.['carbon_kg']).toMatchObject({ mean: 0, half_width: 0, variance_reduction: undefined });
  });
});
