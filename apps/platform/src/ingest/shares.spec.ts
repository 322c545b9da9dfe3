import { describe, expect, it } from '@jest/globals';
import { parseShard, SHARES, shareOf, sharesOf } from './shares.js';

describe('shares', () => {
  it.each(['1/1', '1/3', '3/3', '12/12'])('%s is a shard', (text) => expect(parseShard(text).ok).toBe(true));
  it.each(['', '0/3', '4/3', '1/13', '1/0', '1', '1/3/5', '-1/3', 'a/b', '1.5/3'])('%p is none', (text) =>
    expect(parseShard(text).ok).toBe(false),
  );

  it.each([1, 2, 3, 5, 12])('%i processes serve each share once', (of) => {
    const served = Array.from({ length: of }, (_, index) => sharesOf({ index: index + 1, of })).flat();
    expect([...served].sort((a, b) => a - b)).toEqual(Array.from({ length: SHARES }, (_, share) => share));
  });

  it('a venue keeps its share: durable sessions are named after it', () =>
    expect(['stadium', 'library', 'vehicles', '__proto__'].map(shareOf)).toMatchInlineSnapshot(`
     [
       1,
       9,
       10,
       4,
     ]
    `));

  it('spreads venues', () => {
    const shares = new Set(Array.from({ length: 100 }, (_, index) => shareOf(`venue-${index}`)));
    expect(shares.size).toBe(SHARES);
  });
});
