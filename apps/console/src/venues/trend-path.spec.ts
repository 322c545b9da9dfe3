import { describe, expect, it } from '@jest/globals';
import { frameOf, pathThrough } from './trend-path.js';

const size = { from: 0, to: 100, width: 100, height: 42 };

describe('a trend', () => {
  it('runs from zero to five per cent over the limit', () => {
    expect(frameOf([{ ts: 0, value: 50 }], 200, size)).toMatchObject({ low: 0, high: 210 });
    expect(frameOf([{ ts: 0, value: -20 }], 200, size)).toMatchObject({ low: -20 });
    expect(frameOf([{ ts: 0, value: 400 }], 200, size)).toMatchObject({ high: 420 });
  });

  it('breaks where nothing was measured', () => {
    const samples = [0, 10, 60, 70].map((ts) => ({ ts, value: 100 }));
    expect(pathThrough(samples, frameOf(samples, 200, size), 20)).toBe('M0.0 22.0L10.0 22.0M60.0 22.0L70.0 22.0');
  });
});
