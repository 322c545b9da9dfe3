import { describe, expect, it } from '@jest/globals';
import { mostFlow } from './most-flow.js';

describe('mostFlow', () => {
  it('is the least cut, also where the shortest ways have to be taken back', () => {
    const arc = (from: string, to: string, kw: number) => ({ from, to, kw });
    const arcs = [
      arc('s', 'a', 10),
      arc('s', 'b', 4),
      arc('a', 'b', 6),
      arc('a', 't', 3),
      arc('b', 'c', 9),
      arc('c', 't', 12),
    ];
    const flow = mostFlow(arcs, 's', 't');
    expect(flow.kw).toBe(12);
    expect(flow.between('a', 't')).toBe(3);
    expect(flow.between('c', 't')).toBe(9);
  });

  it('adds arcs beside each other, and takes less than nothing for nothing', () => {
    const arcs = [1, 2, -5].map((kw) => ({ from: 's', to: 't', kw }));
    expect(mostFlow(arcs, 's', 't').kw).toBe(3);
    expect(mostFlow([], 's', 't').kw).toBe(0);
  });
});
