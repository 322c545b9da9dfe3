import { describe, expect, it } from '@jest/globals';
import { steadyClock } from './clock.js';
import { epochMs } from './quantity.js';

describe('steadyClock', () => {
  it('begins with the wall and does not follow its jumps', () => {
    let [wall, monotonic] = [1_000_000, 50];
    const clock = steadyClock({ now: () => epochMs(wall) }, () => monotonic);
    expect(clock.now()).toBe(1_000_000);
    wall -= 500_000;
    monotonic += 20;
    expect(clock.now()).toBe(1_000_020);
  });
});
