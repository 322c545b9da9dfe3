import { describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs } from '#libs/kernel';
import { HeardClock } from './heard-clock.js';

const NOW = 1_000 * DAY_MS;
const online = { event_ms: NOW + 3 * DAY_MS, wall_ms: NOW, speed: 60, state: 'online' as const };
const heard = (...messages: Parameters<HeardClock['onMessage']>[0][]) => {
  const clock = new HeardClock(epochMs(0));
  for (const message of messages) clock.onMessage(message, epochMs(message.wall_ms), true);
  return clock;
};

describe('HeardClock', () => {
  it('is the wall before anything is known, and what the database reserved when that is later', () => {
    expect(heard().at(epochMs(NOW))).toBe(NOW);
    expect(new HeardClock(epochMs(NOW + 3 * DAY_MS)).at(epochMs(NOW))).toBe(NOW + 3 * DAY_MS);
  });

  it('runs as fast as its owner says', () => {
    expect(heard(online).at(epochMs(NOW + 10_000))).toBe(online.event_ms + 600_000);
  });

  it('goes on like the wall 30 s after it was last heard', () => {
    expect(heard(online).at(epochMs(NOW + DAY_MS))).toBe(online.event_ms + 30_000 * 60 + DAY_MS - 30_000);
  });

  it('asks no wall clock about a live message', () => {
    const clock = new HeardClock(epochMs(0));
    clock.onMessage({ ...online, wall_ms: NOW - 400 * DAY_MS }, epochMs(NOW), false);
    expect(clock.at(epochMs(NOW + 1_000))).toBe(online.event_ms + 60_000);
  });

  it('takes a retained message from the future as one of now', () => {
    const clock = new HeardClock(epochMs(0));
    clock.onMessage({ ...online, wall_ms: NOW + DAY_MS }, epochMs(NOW), true);
    expect(clock.at(epochMs(NOW))).toBe(online.event_ms);
  });

  it('stays with what it had at a last word, which may be old', () => {
    const last = { ...online, event_ms: NOW, wall_ms: NOW - DAY_MS, state: 'offline' as const };
    expect(heard(online, last).at(epochMs(NOW + 1_000))).toBe(online.event_ms + 60_000);
    expect(heard(last).at(epochMs(NOW))).toBe(NOW);
  });
});
