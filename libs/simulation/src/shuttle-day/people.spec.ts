import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '#libs/kernel';

import { comingOf, drawComing } from './people.js';

describe('drawComing', () => {
  it('brings as many people as expected, evenly over each slot', () => {
    const comes = drawComing([0, 3000, 0, 1000], 300, seededRandom(1));
    expect([...comes].sort((a, b) => a - b)).toEqual(comes);
    const within = (from: number, to: number) => comes.filter((at) => from <= at && at < to).length;
    expect([within(0, 300), within(600, 900)]).toEqual([0, 0]);
    // Three standard deviations of a Poisson number.
    expect(Math.abs(within(300, 600) - 3000)).toBeLessThan(3 * Math.sqrt(3000));
    expect(Math.abs(within(300, 450) - 1500)).toBeLessThan(3 * Math.sqrt(1500));
    expect(Math.abs(within(900, 1200) - 1000)).toBeLessThan(3 * Math.sqrt(1000));
  });

  it('draws rare people as often as they are expected', () => {
    const random = seededRandom(2);
    const days = Array.from({ length: 2000 }, () => drawComing([0.01, 0.02, 0, 0.07], 300, random).length);
    expect(days.reduce((sum, count) => sum + count, 0) / 2000).toBeCloseTo(0.1, 1);
  });
});

it('lets counted people come as often as counted, and who waits before the day', () => {
  const comes = comingOf({ waiting: 1, arrivals: [2, 0, 3] }, 300, seededRandom(1));
  expect(comes.map((at) => Math.floor(at / 300))).toEqual([-1, 0, 0, 2, 2, 2]);
});
