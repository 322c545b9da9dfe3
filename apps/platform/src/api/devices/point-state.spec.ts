import { expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { pointState } from './point-state.js';

const NOW = epochMs(10_000_000);
const aged = (seconds: number) => epochMs(NOW - seconds * 1_000);

it('goes stale when three readings are missed', () => {
  expect(pointState(undefined, 60, NOW, 1)).toBe('never');
  expect(pointState(aged(180), 60, NOW, 1)).toBe('live');
  expect(pointState(aged(180.001), 60, NOW, 1)).toBe('stale');
  expect(pointState(aged(31), 10, NOW, 1)).toBe('stale');
});

it('leaves a reading the time of its way when event time runs faster', () => {
  expect(pointState(aged(400), 60, NOW, 60)).toBe('live');
  expect(pointState(aged(480), 60, NOW, 60)).toBe('stale');
});

it('takes what is ahead of its time for live', () => {
  expect(pointState(aged(-60), 60, NOW, 1)).toBe('live');
});
