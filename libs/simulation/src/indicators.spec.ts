import { describe, expect, it } from '@jest/globals';
import { findMisses } from './indicators.js';

describe('findMisses', () => {
  const means = { planned: { energy_cost: 90, mean_wait_s: 300 }, timetable: { energy_cost: 100, mean_wait_s: 280 } };

  it('finds none within bounds, also of differences', () => {
    const expected = {
      planned: { energy_cost: { max: 90 }, mean_wait_s: { min: 300, max: 310 } },
      'planned - timetable': { energy_cost: { min: -11, max: -9 } },
    };
    expect(findMisses(expected, means)).toEqual([]);
  });

  it('names policy, indicator, value and bounds', () => {
    expect(findMisses({ 'planned - timetable': { mean_wait_s: { max: 0 } } }, means)).toEqual([
      { of: 'planned - timetable', indicator: 'mean_wait_s', value: 20, min: undefined, max: 0 },
    ]);
  });

  it('takes what does not exist for a miss', () => {
    const expected = { nobody: { energy_cost: { max: 1 } }, planned: { happiness: { min: 1 } } };
    expect(findMisses(expected, means).map(({ value }) => value)).toEqual([undefined, undefined]);
  });
});
