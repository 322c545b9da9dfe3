import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type EpochMs, epochMs } from '#libs/kernel';
import { EventClockOwner, firstInstant } from './event-clock-owner.js';

/** A wall clock that the test sets, and a store in memory. */
const world = (wallMs = 1_000_000) => {
  let reserved: EpochMs | undefined;
  const wall = { ms: wallMs, now: () => epochMs(wall.ms) };
  const store = {
    loadClock: () => Promise.resolve(reserved === undefined ? undefined : { reservedEventMs: reserved }),
    saveClock: (ms: EpochMs) => {
      reserved = epochMs(Math.max(reserved ?? 0, ms));
      return Promise.resolve();
    },
    releaseClock: (ms: EpochMs) => {
      reserved = ms;
      return Promise.resolve();
    },
  };
  return { wall, store };
};

describe('EventClockOwner', () => {
  it('starts at the wall clock and runs at its speed', async () => {
    const { wall, store } = world();
    const owner = await EventClockOwner.start(store, wall, 60);
    expect(owner.now()).toBe(1_000_000);
    wall.ms += 1_000;
    expect(owner.now()).toBe(1_060_000);
  });

  it('goes on from the reserve after a kill, and from where it was after an orderly end', async () => {
    const { wall, store } = world();
    const killed = await EventClockOwner.start(store, wall, 60);
    expect(killed.now()).toBe(1_000_000);
    const next = await EventClockOwner.start(store, wall, 60);
    expect(next.now()).toBe(1_000_000 + 2 * 10_000 * 60);
    await next.release();
    expect((await EventClockOwner.start(store, wall, 60)).now()).toBe(2_200_000);
  });

  it('comes back to wall time when that has caught up', async () => {
    const { wall, store } = world();
    await EventClockOwner.start(store, wall, 60);
    wall.ms += 86_400_000;
    expect((await EventClockOwner.start(store, wall, 1)).now()).toBe(wall.ms);
  });

  it('never runs back, whatever the wall clock does and whenever it is killed', async () => {
    const step = fc.record({
      wallMs: fc.integer({ min: -60_000, max: 10_000 }),
      then: fc.constantFrom('kill', 'end', 'checkpoint', 'go on'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.constantFrom(1, 60), async (steps, speed) => {
        const { wall, store } = world();
        let owner = await EventClockOwner.start(store, wall, speed);
        let seen = owner.now();
        for (const { wallMs, then } of steps) {
          wall.ms += wallMs;
          const now = owner.now();
          expect(now).toBeGreaterThanOrEqual(seen);
          seen = now;
          // A checkpoint comes every ten seconds; no step is longer.
          await owner.checkpoint();
          if (then === 'end') await owner.release();
          if (then === 'kill' || then === 'end') owner = await EventClockOwner.start(store, wall, speed);
        }
      }),
    );
  });
});

describe('firstInstant', () => {
  const now = epochMs(Date.UTC(2026, 1, 10, 12, 30));

  it.each([
    ['now, where nothing is asked', undefined, '2026-02-10T12:30:00.000Z'],
    ['later today', 18 * 60, '2026-02-10T17:00:00.000Z'],
    ['tomorrow, when that has passed', 8 * 60 + 15, '2026-02-11T07:15:00.000Z'],
    ['this very minute', 13 * 60 + 30, '2026-02-10T12:30:00.000Z'],
  ])('is %s', (_, minute, expected) => {
    expect(new Date(firstInstant('Europe/Rome', minute, now)).toISOString()).toBe(expected);
  });
});
