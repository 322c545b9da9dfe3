import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { firstInstant, nextInstant, refuseDay, tellBegun } from './event-begin.js';

const anyDay = { name: 'Campus', time_zone: 'Europe/Rome' };
const games = {
  name: 'The Games',
  time_zone: 'Europe/Rome',
  days: { first: '2026-02-04', last: '2026-02-22', begin: '2026-02-14T09:00' },
};
const now = epochMs(Date.UTC(2026, 1, 10, 12, 30));
const later = epochMs(Date.UTC(2026, 10, 30));
const none = { day: undefined, minute: undefined };

describe('firstInstant of an event without days of its own', () => {
  it.each([
    ['now, where nothing is asked', undefined, '2026-02-10T12:30:00.000Z'],
    ['later today', 18 * 60, '2026-02-10T17:00:00.000Z'],
    ['tomorrow, when that has passed', 8 * 60 + 15, '2026-02-11T07:15:00.000Z'],
    ['this very minute', 13 * 60 + 30, '2026-02-10T12:30:00.000Z'],
  ])('is %s', (_, minute, expected) => {
    expect(new Date(firstInstant(anyDay, { day: undefined, minute }, now)).toISOString()).toBe(expected);
  });
});

describe('firstInstant of an event with days', () => {
  it.each([
    ['where the pack begins, whatever day it is now', undefined, undefined, '2026-02-14T08:00:00.000Z'],
    ['another day, at the same time', '2026-02-07', undefined, '2026-02-07T08:00:00.000Z'],
    ['the same day, at another time', undefined, 18 * 60, '2026-02-14T17:00:00.000Z'],
    ['another day and time', '2026-02-22', 0, '2026-02-21T23:00:00.000Z'],
  ])('is %s', (_, day, minute, expected) => {
    expect(new Date(firstInstant(games, { day, minute }, later)).toISOString()).toBe(expected);
  });
});

describe('a day that is asked for', () => {
  it('may be any from the first to the last', () => {
    expect(['2026-02-04', '2026-02-14', '2026-02-22', undefined].map((day) => refuseDay(games, day))).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('is refused outside of them', () => {
    for (const day of ['2026-02-03', '2026-02-23', '2025-02-14'])
      expect(refuseDay(games, day)).toBe(
        `${day} is no day of The Games, which lasts from 2026-02-04 to 2026-02-22. Choose one of them with --day, or none for 2026-02-14.`,
      );
  });

  it('is refused where the event has none', () => {
    expect(refuseDay(anyDay, '2026-02-14')).toContain('Campus has no days of its own');
  });
});

describe('event time that has begun before', () => {
  it('goes on from there in an event with days, else not before the wall', () => {
    expect(nextInstant(games, now, later)).toBe(now);
    expect(nextInstant(anyDay, now, later)).toBe(later);
    expect(nextInstant(anyDay, later, now)).toBe(later);
  });

  it('says why it does not begin where it was asked to', () => {
    expect(tellBegun(games, none, now)).toEqual([]);
    expect(tellBegun(games, { ...none, day: '2026-02-07' }, now)).toEqual([
      'Event time goes on from 2026-02-10 13:30: --day and --begin are for a new home. Choose another with --home.',
    ]);
  });

  it('says when it is past the days of the event', () => {
    expect(tellBegun(games, none, later)[0]).toContain('after the last day of The Games (2026-02-22)');
    expect(tellBegun(anyDay, none, later)).toEqual([]);
  });
});
