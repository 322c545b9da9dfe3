import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { checkSteps, grainOf } from './series-query.js';

const noon = epochMs(Date.UTC(2026, 1, 6, 12));

describe('the grain of a series', () => {
  it.each([
    [0, 15, 'quarter'],
    [0, 45, 'quarter'],
    [0, 20, 'minute'],
    [5, 15, 'minute'],
    [0, 0.5, 'raw'],
    [0.5, 15, 'raw'],
  ])('from minute %d in steps of %d minutes is %s', (start, step, grain) => {
    expect(grainOf(epochMs(noon + start * MINUTE_MS), step * MINUTE_MS)).toBe(grain);
  });
});

describe('a span that cannot be answered', () => {
  it('names the step that would do', () => {
    expect(() => checkSteps(noon, epochMs(noon + 10_000 * MINUTE_MS), MINUTE_MS)).toThrow('120000 ms would do');
    expect(() => checkSteps(noon, epochMs(noon + 5_000 * MINUTE_MS), MINUTE_MS)).not.toThrow();
  });

  it.each([Number.NaN, 0, -1, 0.5])('is one in steps of %d ms', (step) => {
    expect(() => checkSteps(noon, noon, step)).toThrow('above 0');
  });
});
