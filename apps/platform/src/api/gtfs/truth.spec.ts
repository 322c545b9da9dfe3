import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';

import { latestTruth } from './truth.js';

const clock = (state: 'online' | 'offline' | 'unknown', event_ms: number) => ({ state, event_ms: epochMs(event_ms) });

describe('latestTruth', () => {
  it('is now while control speaks, or when no time was told', () => {
    expect(latestTruth(clock('online', 100), [50, undefined], epochMs(40))).toBe(100);
    expect(latestTruth(clock('unknown', 100), [], epochMs(0))).toBe(100);
  });

  it('is of what was heard last when control is silent, but not of the future', () => {
    expect(latestTruth(clock('offline', 100), [50, 70, undefined, 101], epochMs(0))).toBe(70);
  });

  it('never runs back', () => {
    expect(latestTruth(clock('offline', 100), [50], epochMs(90))).toBe(90);
    expect(latestTruth(clock('online', 80), [], epochMs(90))).toBe(90);
  });
});
