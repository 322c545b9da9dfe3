import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { FollowedClock } from './event-clock.js';

const online = { event_ms: 1_000_000, wall_ms: 50_000, speed: 60, state: 'online' as const };
const at = (clock: FollowedClock, wall: number) => clock.findNow(epochMs(wall));

describe('FollowedClock', () => {
  it('runs 60 event seconds in a wall second', () => {
    const clock = new FollowedClock();
    clock.onMessage(online);
    expect(at(clock, 51_000)).toBe(1_060_000);
  });

  it('tells nothing before it is told, when the platform is offline, and 30 s after it was last heard', () => {
    const clock = new FollowedClock();
    expect(at(clock, 50_000)).toBeUndefined();
    clock.onMessage(online);
    expect(at(clock, 80_000)).toBe(2_800_000);
    expect(at(clock, 80_001)).toBeUndefined();
    clock.onMessage({ ...online, wall_ms: 81_000, state: 'offline' });
    expect(at(clock, 81_000)).toBeUndefined();
  });

  it('never runs back', () => {
    const clock = new FollowedClock();
    clock.onMessage(online);
    at(clock, 60_000);
    clock.onMessage({ ...online, wall_ms: 60_000 });
    expect(at(clock, 60_000)).toBe(1_600_000);
  });
});
