import { describe, expect, it } from '@jest/globals';
import { epochMs, HOUR_MS } from '#libs/kernel';
import { advanceLosses, type Loss, recentLosses } from './losses.js';

const at = epochMs;
const count = (dropped: number | null) => [{ venue: 'dome', gateway: 'edge', dropped }];
const after = (...counts: readonly (number | null)[]): readonly Loss[] =>
  counts.reduce<readonly Loss[]>((losses, dropped, index) => advanceLosses(losses, count(dropped), at(index)), []);

describe('advanceLosses', () => {
  it('knows no trouble while nothing was given up', () => {
    expect(after(0, 0)).toEqual([]);
  });

  it('begins with the first that are given up, and adds what follows', () => {
    expect(after(0, 5)).toMatchObject([{ readings: 5, last: 1 }]);
    expect(after(0, 5, 5, 12)).toMatchObject([{ readings: 12, dropped: 12, last: 3 }]);
  });

  it('counts a new buffer from 0', () => {
    expect(after(100, 3)).toMatchObject([{ readings: 103, dropped: 3, last: 1 }]);
    expect(after(100, 0, 3)).toMatchObject([{ readings: 103, dropped: 3, last: 2 }]);
  });

  it('keeps what it knows of a gateway whose last will has no count', () => {
    expect(after(5, null, 5)).toMatchObject([{ readings: 5, last: 0 }]);
    expect(after(null)).toEqual([]);
  });

  it('is over an hour after the last, and then counts anew', () => {
    const losses = after(5);
    expect(recentLosses(losses, at(HOUR_MS - 1))).toHaveLength(1);
    expect(recentLosses(losses, at(HOUR_MS))).toEqual([]);
    const later = advanceLosses(losses, count(7), at(2 * HOUR_MS));
    expect(recentLosses(later, at(2 * HOUR_MS))).toMatchObject([{ readings: 2 }]);
  });

  it('stays the same while nothing changes, and forgets gateways that are gone', () => {
    const losses = after(5);
    expect(advanceLosses(losses, count(5), at(9))[0]).toBe(losses[0]);
    expect(advanceLosses(losses, [], at(9))).toEqual([]);
  });
});
