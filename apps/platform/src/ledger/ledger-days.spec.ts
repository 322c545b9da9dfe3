import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';

import { daysToOpen, isCountDue, isSettled, timingOf } from './ledger-days.js';

const at = (iso: string) => epochMs(Date.parse(iso));
/** 24 November in Rome, an hour ahead. */
const window = { start: at('2026-11-23T23:00Z'), end: at('2026-11-24T23:00Z') };

describe('a day has a page', () => {
  const rome = { time_zone: 'Europe/Rome' };

  it.each([
    ['2026-11-24T10:59Z', ['2026-11-24']],
    ['2026-11-24T11:00Z', ['2026-11-24', '2026-11-25']],
    ['2026-11-24T23:00Z', ['2026-11-25']],
  ])('of its own by the clocks of the event, and from noon on the next (%s)', (now, days) => {
    expect(daysToOpen(rome, at(now))).toEqual(days);
  });

  it('only when it is one of the days that the event has', () => {
    const days = { first: '2026-02-06', last: '2026-02-22', begin: '2026-02-06T06:00' };
    const open = (now: string) => daysToOpen({ ...rome, days }, at(now));
    expect(open('2026-02-05T18:00Z')).toEqual(['2026-02-06']);
    expect(open('2026-02-22T18:00Z')).toEqual(['2026-02-22']);
    expect(open('2026-02-23T08:00Z')).toEqual([]);
  });
});

describe('what happened is counted', () => {
  it('an hour after the day, and then each hour', () => {
    expect(isCountDue({ counted: null }, window, at('2026-11-24T23:59Z'))).toBe(false);
    expect(isCountDue({ counted: null }, window, at('2026-11-25T00:00Z'))).toBe(true);
    expect(isCountDue({ counted: at('2026-11-25T00:10Z') }, window, at('2026-11-25T01:09Z'))).toBe(false);
    expect(isCountDue({ counted: at('2026-11-25T00:10Z') }, window, at('2026-11-25T01:10Z'))).toBe(true);
  });

  it('until nothing is missing, or a day later, but never only once after a long stop', () => {
    const [soon, later] = [at('2026-11-25T00:00Z'), at('2026-11-25T23:00Z')];
    expect(isSettled({ counted: null }, 1, window, soon)).toBe(true);
    expect(isSettled({ counted: null }, 0.99, window, soon)).toBe(false);
    expect(isSettled({ counted: null }, 0.99, window, later)).toBe(false);
    expect(isSettled({ counted: soon }, 0.99, window, later)).toBe(true);
  });
});

it('a prediction is there before its day, during it, or late', () => {
  const when = ['2026-11-23T22:59Z', '2026-11-23T23:00Z', '2026-11-24T22:59Z', '2026-11-24T23:00Z'];
  expect(when.map((now) => timingOf(window, at(now)))).toEqual(['before', 'during', 'during', 'late']);
});
