import { describe, expect, it } from '@jest/globals';
import {
  formatCount,
  formatDuration,
  formatGap,
  formatMoney,
  formatPower,
  formatPrice,
  formatShare,
  UNKNOWN,
} from './quantity.js';

describe('numbers as people read them', () => {
  it.each([
    [12.34, '12.3'],
    [-12.36, '\u221212.4'],
    [-0.04, '0.0'],
    [99.94, '99.9'],
    [99.96, '100'],
    [1234.4, '1,234'],
    [null, UNKNOWN],
    [Number.NaN, UNKNOWN],
  ])('power %p kW is %s', (kw, text) => expect(formatPower(kw)).toBe(text));

  it.each([
    [0, '0 s'],
    [59.9, '59 s'],
    [65, '1 min 05 s'],
    [7800, '2 h 10 min'],
    [-3, '0 s'],
    [undefined, UNKNOWN],
  ])('%p seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it('shows ratios, gaps, counts and money', () => {
    expect(formatShare(0.953)).toBe('95 %');
    expect(formatGap(0.0123)).toBe('1.23 %');
    expect(formatGap(0.31)).toBe('31 %');
    expect(formatCount(12345)).toBe('12,345');
    expect(formatPrice(1204.456, 'USD')).toBe('1,204.46 USD');
    expect(formatMoney(-1204.4, 'USD')).toBe('\u22121,204 USD');
  });
});
