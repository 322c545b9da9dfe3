import { describe, expect, it } from '@jest/globals';
import { Batcher } from './batcher.js';

const batcher = () => new Batcher<string>({ maxRows: 10, maxAgeMs: 100 });

describe('Batcher', () => {
  it('has nothing due while it is empty', () => {
    expect(batcher().dueIn(0)).toBeUndefined();
  });

  it('is due when its oldest item is 100 ms old', () => {
    const waiting = batcher();
    waiting.add('a', 1, 1_000);
    waiting.add('b', 1, 1_060);
    expect(waiting.dueIn(1_060)).toBe(40);
    expect(waiting.dueIn(1_500)).toBe(0);
  });

  it('is due at once when it holds ten rows', () => {
    const waiting = batcher();
    waiting.add('a', 4, 0);
    expect(waiting.dueIn(0)).toBe(100);
    waiting.add('b', 6, 0);
    expect(waiting.dueIn(0)).toBe(0);
  });

  it('gives items in order, ten rows at a time', () => {
    const waiting = batcher();
    for (const item of ['a', 'b', 'c']) waiting.add(item, 5, 0);
    expect(waiting.take()).toEqual(['a', 'b']);
    expect(waiting.dueIn(0)).toBe(100);
    expect(waiting.take()).toEqual(['c']);
    expect(waiting.take()).toEqual([]);
  });

  it('gives an item larger than a batch alone', () => {
    const waiting = batcher();
    waiting.add('large', 25, 0);
    waiting.add('small', 1, 0);
    expect(waiting.take()).toEqual(['large']);
    expect(waiting.take()).toEqual(['small']);
  });
});
