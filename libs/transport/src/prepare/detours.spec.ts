import { describe, expect, it } from '@jest/globals';
import type { PatternChange } from '../roads/apply-closures.js';
import { detourOf } from './detours.js';
import type { Pattern } from './patterns.js';

const pattern: Pattern = {
  id: 'L-1',
  line: 'L',
  stops: ['a', 'b', 'c', 'a'].map((stop, index) => ({ stop, offsetS: index * 300 })),
  trips: [],
};
const place = (id: string) => ({ place: { id } });
const leg = (from: string, to: string, before: number | undefined, after: number) => ({
  from: place(from),
  to: place(to),
  before: before === undefined ? undefined : { seconds: before },
  after: { seconds: after },
});
const change = (parts: object): PatternChange =>
  ({ kind: 'detour', legs: [], skipped: [], ...parts }) as unknown as PatternChange;
const offsets = (parts: object) => detourOf(pattern, change(parts))?.stops.map(({ stop, offsetS }) => [stop, offsetS]);

describe('detourOf', () => {
  it('01 comes later to every stop past the detour, by what it takes longer on the roads', () => {
    expect(offsets({ legs: [leg('b', 'c', 100, 220)] })).toEqual([['a', 0], ['b', 300], ['c', 720], ['a', 1020]]); // prettier-ignore
  });

  it('02 leaves out a stop that no open road serves, and goes on by the way around it', () => {
    const parts = { skipped: [place('b')], legs: [leg('a', 'c', undefined, 500)] };
    expect(offsets(parts)).toEqual([['a', 0], ['c', 500], ['a', 800]]); // prettier-ignore
  });

  it('03 is none when no way is left', () => {
    expect(detourOf(pattern, change({ kind: 'cancelled' }))).toBeUndefined();
    expect(detourOf(pattern, change({ skipped: [place('a'), place('b')] }))).toBeUndefined();
  });
});
