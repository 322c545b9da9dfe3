import { expect, it } from '@jest/globals';
import { boundHolds } from './bound-holds.js';
import type { HeadwayAdvice } from './headways.js';

const NOW = 1_767_700_000_000;
const hold = (vehicle: string, seconds: number, stop = 3): HeadwayAdvice => ({
  vehicle,
  action: 'hold',
  stop,
  until_ms: NOW + seconds * 1000,
  reason: 'It is too near.',
});
const held = (
  advice: readonly HeadwayAdvice[],
  bays: number | undefined,
  more: { readonly standing?: readonly string[]; readonly before?: readonly HeadwayAdvice[] } = {},
) =>
  boundHolds(advice, {
    baysOf: (stop) => (stop === 'stop-3' ? bays : undefined),
    stopOf: ({ stop }) => `stop-${stop}`,
    standing: new Map([['stop-3', new Set(more.standing)]]),
    before: more.before ?? [],
    now: NOW,
  }).map(({ vehicle }) => vehicle);

it('holds no more vehicles at a stop than it has bays, the longest hold first', () => {
  const advice = [hold('a', 30), hold('b', 90), hold('c', 60)];
  expect(held(advice, 2)).toEqual(['b', 'c']);
  expect(held(advice, 1)).toEqual(['b']);
  expect(held(advice, undefined)).toEqual(['a', 'b', 'c']);
});

it('bounds each stop by itself, and nothing but holds', () => {
  const skip: HeadwayAdvice = { vehicle: 'd', action: 'skip', stop: 3, reason: 'It is empty.' };
  expect(held([hold('a', 30), hold('b', 90), hold('c', 60, 7), skip], 1)).toEqual(['b', 'c', 'd']);
});

it('lets a hold go on that has begun, and one of who stands there before one of who is to come', () => {
  expect(held([hold('a', 30), hold('b', 90)], 1, { before: [hold('a', 30)] })).toEqual(['a']);
  expect(held([hold('a', 30), hold('b', 90)], 1, { before: [hold('a', -5)] })).toEqual(['b']);
  expect(held([hold('a', 30), hold('b', 90)], 1, { standing: ['a'] })).toEqual(['a']);
});

it('leaves the bays of those who stand there for another reason', () => {
  expect(held([hold('a', 30), hold('b', 90)], 2, { standing: ['x'] })).toEqual(['b']);
  expect(held([hold('a', 30), hold('b', 90)], 2, { standing: ['x', 'y'] })).toEqual([]);
});
