import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { formatClock, formatDistance, formatMoment, formatSoon, nextTime } from './civil-time.js';

const rome = 'Europe/Rome';
const at = (text: string) => epochMs(Date.parse(text));

describe('times as the event shows them', () => {
  it('are civil times of its zone', () => {
    expect(formatClock(rome, at('2026-02-07T13:05:09Z'))).toBe('14:05:09');
    expect(formatClock(rome, at('2026-07-07T13:05:09Z'))).toBe('15:05:09');
  });

  it('name the date when it is not today there', () => {
    const now = at('2026-02-07T22:00Z');
    expect(formatMoment(rome, at('2026-02-07T22:30Z'), now)).toBe('23:30');
    expect(formatMoment(rome, at('2026-02-07T23:30Z'), now)).toBe('2026-02-08 00:30');
  });

  it('name the next day by its word', () => {
    // The clocks of Rome are put forward in the night that follows.
    const now = at('2026-03-28T22:30Z');
    expect(formatSoon(rome, at('2026-03-28T22:45Z'), now)).toBe('23:45');
    expect(formatSoon(rome, at('2026-03-29T16:00Z'), now)).toBe('18:00 tomorrow');
    expect(formatSoon(rome, at('2026-03-30T16:00Z'), now)).toBe('2026-03-30 18:00');
  });

  it('say how far away they are', () => {
    const now = at('2026-02-07T12:00Z');
    expect(formatDistance(now + 240_000, now)).toBe('in 4 min');
    expect(formatDistance(now - 360_000, now)).toBe('6 min ago');
    expect(formatDistance(now + 20_000, now)).toBe('now');
  });

  it('a time of day is the next one to come', () => {
    const now = at('2026-02-07T13:05Z');
    expect(nextTime(rome, '14:30', now)).toBe(at('2026-02-07T13:30Z'));
    expect(nextTime(rome, '14:05', now)).toBe(at('2026-02-08T13:05Z'));
    expect(nextTime(rome, '25:00', now)).toBeUndefined();
  });
});
