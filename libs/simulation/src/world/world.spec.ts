import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { Streams } from './streams.js';
import { drawWorld } from './world.js';

const DRAWS = 20_000;
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const drawn = (of: (place: number) => number): readonly number[] =>
  Array.from({ length: DRAWS }, (_, place) => of(place));

describe('streams', () => {
  const streams = new Streams(3);

  it('give the same for the same use, and other numbers for another entity, purpose, place or seed', () => {
    const first = streams.uniform('line A', 'driving', 4);
    expect(new Streams(3).uniform('line A', 'driving', 4)).toBe(first);
    const others = [
      streams.uniform('line B', 'driving', 4),
      streams.uniform('line A', 'people', 4),
      streams.uniform('line A', 'driving', 5),
      new Streams(4).uniform('line A', 'driving', 4),
    ];
    expect(new Set([first, ...others]).size).toBe(5);
  });

  it.each([0.3, 4, 80])('counts of mean %d have that mean and variance', (mean) => {
    const counts = drawn((place) => streams.poisson(mean, 'gate', 'people', place));
    const average = meanOf(counts);
    expect(Math.abs(average / mean - 1)).toBeLessThan(0.03);
    expect(Math.abs(meanOf(counts.map((count) => (count - average) ** 2)) / mean - 1)).toBeLessThan(0.06);
    expect(counts.every(Number.isInteger)).toBe(true);
  });

  it('a larger mean never counts fewer with the same key', () => {
    for (let place = 0; place < 500; place += 1)
      expect(streams.poisson(6, 'gate', 'people', place)).toBeGreaterThanOrEqual(
        streams.poisson(5, 'gate', 'people', place),
      );
  });
});

describe('a drawn day', () => {
  const at = (minute: number) => epochMs(Date.UTC(2026, 1, 14) + minute * MINUTE_MS);

  it('is as planned at no mismatch, but for chance in counts', () => {
    const world = drawWorld(1, 0);
    expect(world.drivingRatio('A-1', 0, at(5))).toBe(1);
    expect(world.longerCallS(10, 40)).toBe(0);
    expect(world.loadRatio('rink', at(5))).toBe(1);
    expect(world.breakdown('bus-1', 86_400_000)).toBeUndefined();
    expect(meanOf(drawn((minute) => world.people('rink', 'gate', at(minute), 2)))).toBeCloseTo(2, 1);
  });

  it('is off by as much as its mismatch says, the mean right', () => {
    const ratios = (mismatch: number) => drawn((seed) => drawWorld(seed, mismatch).loadRatio('rink', at(5)));
    const spread = (mismatch: number): number => {
      const values = ratios(mismatch);
      return Math.sqrt(meanOf(values.map((value) => (value - 1) ** 2)));
    };
    expect(meanOf(ratios(1))).toBeCloseTo(1, 2);
    expect(spread(1)).toBeCloseTo(0.05, 2);
    expect(spread(2)).toBeCloseTo(0.1, 2);
  });
});

it('one start of a generator in 74 comes to nothing, and none where nothing is otherwise than expected', () => {
  const share = (mismatch: number): number => {
    const world = drawWorld(5, mismatch);
    return meanOf(drawn((start) => (world.startFails('hall/genset', start) ? 1 : 0)));
  };
  expect(share(0)).toBe(0);
  expect(Math.abs(share(1) * 74 - 1)).toBeLessThan(0.2);
});
