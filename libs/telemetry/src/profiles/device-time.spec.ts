import { describe, expect, it } from '@jest/globals';
import { findInstant, findIsoTime } from './device-time.js';

describe('findInstant', () => {
  it.each([
    [1_702_991_000_123.4, 1_702_991_000_123],
    [Date.UTC(2000, 0, 1), 946_684_800_000],
    [8.64e15, 8.64e15],
    [8.64e15 + 2, undefined],
    [Date.UTC(1999, 11, 31), undefined],
    [0, undefined],
    [-1, undefined],
    [NaN, undefined],
    [Infinity, undefined],
    [null, undefined],
    ['1702991000123', undefined],
    [undefined, undefined],
  ])('%j gives %j', (ms, instant) => {
    expect(findInstant(ms)).toBe(instant);
  });
});

describe('findIsoTime', () => {
  const HOUR = 3_600_000;
  it.each([
    ['2026-07-27T09:41:41+02:00', '2026-07-27T09:41:41.000Z', 2 * HOUR],
    ['2026-07-27T09:41:41+0200', '2026-07-27T09:41:41.000Z', 2 * HOUR],
    ['2026-07-27T09:41:41-03:30', '2026-07-27T09:41:41.000Z', -3.5 * HOUR],
    ['2026-07-27T07:41:41.25Z', '2026-07-27T07:41:41.250Z', 0],
    ['2018-02-04T23:17:01', '2018-02-04T23:17:01.000Z', undefined],
    ['2018.02.04 23:17:01', '2018-02-04T23:17:01.000Z', undefined],
    ['2018-02-04T23:17', '2018-02-04T23:17:00.000Z', undefined],
    ['1970-01-01T00:00:08', '1970-01-01T00:00:08.000Z', undefined],
    ['2024-02-29T00:00:00', '2024-02-29T00:00:00.000Z', undefined],
  ])('%s', (text, civil, offsetMs) => {
    expect(findIsoTime(text)).toEqual({ civil: Date.parse(civil), offsetMs });
  });

  it.each([
    ['2023-02-29T00:00:00'],
    ['2024-13-01T00:00:00'],
    ['2024-00-01T00:00:00'],
    ['2024-01-01T24:00:00'],
    ['2024-01-01T00:60:00'],
    ['2024-01-01T00:00:60'],
    ['2024-01-01'],
    ['Sun Feb 4 2018'],
    ['+275760-09-13T00:00:00Z'],
    [`2024-01-01T00:00:00.${'1'.repeat(100)}`],
    [''],
    [1_702_991_000],
    [null],
  ])('%j is none', (text) => {
    expect(findIsoTime(text)).toBeUndefined();
  });
});
