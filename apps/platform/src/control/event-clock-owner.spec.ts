import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type EpochMs, epochMs } from '#libs/kernel';
import { EventClockOwner } from './event-clock-owner.js';

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
  const start = (speed: number, begin = epochMs(wall.ms)) => EventClockOwner.start(store, wall, { begin, speed });
  return { wall, store, start };
};

describe('EventClockOwner', () => {
  it('starts at the wall clock and runs at its speed', async () => {
    const { wall, start } = world();
    const owner = await start(60);
    expect(owner.now()).toBe(1_000_000);
    wall.ms += 1_000;
    expect(owner.now()).toBe(1_060_000);
  });

  it('starts where it is to begin, however far that is from the wall', async () => {
    const { wall, start } = world();
    const owner = await start(60, epochMs(5_000));
    wall.ms += 1_000;
    expect(owner.now()).toBe(65_000);
    expect((await start(60, epochMs(5_000))).now()).toBeGreaterThan(65_000);
  });

  it('goes on from the reserve after a kill, and from where it was after an orderly end', async () => {
    const { start } = world();
    const killed = await start(60);
    expect(killed.now()).toBe(1_000_000);
    const next = await start(60);
    expect(next.now()).toBe(1_000_000 + 2 * 10_000 * 60);
    await next.release();
    expect((await start(60)).now()).toBe(2_200_000);
  });

  it('comes back to wall time when that has caught up', async () => {
    const { wall, start } = world();
    await start(60);
    wall.ms += 86_400_000;
    expect((await start(1)).now()).toBe(wall.ms);
  });

  it('never runs back, whatever the wall clock does and whenever it is killed', async () => {
    const step = fc.record({
      wallMs: fc.integer({ min: -60_000, max: 10_000 }),
      then: fc.constantFrom('kill', 'end', 'checkpoint', 'go on'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.constantFrom(1, 60), async (steps, speed) => {
        const { wall, start } = world();
        let owner = await start(speed);
        let seen = owner.now();
        for (const { wallMs, then } of steps) {
          wall.ms += wallMs;
          const now = owner.now();
          expect(now).toBeGreaterThanOrEqual(seen);
          seen = now;
          // A checkpoint comes every ten seconds; no step is longer.
          await owner.checkpoint();
          if (then === 'end') await owner.release();
          if (then === 'kill' || then === 'end') owner = await start(speed);
        }
      }),
    );
  });
});
