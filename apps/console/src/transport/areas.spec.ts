import { describe, expect, it } from '@jest/globals';
import { areasOf, nearestArea } from './areas.js';

const stop = (id: string, lat: number, lon: number) => ({ id, name: `Stop ${id}`, lat, lon });
const pattern = (id: string, ...stops: readonly string[]) => ({ id, line: id, way: [], stops });
/** A town with two lines that meet at `b`, and a valley with one, far from it. */
const network = {
  stops: [stop('a', 45, 9), stop('b', 45, 9.1), stop('c', 45, 9.2), stop('x', 46.5, 11), stop('y', 46.6, 11)],
  patterns: [pattern('valley', 'x', 'y'), pattern('one', 'a', 'b'), pattern('two', 'c', 'b')],
};

describe('areasOf', () => {
  it('are the parts that no line joins, the busiest first', () => {
    expect(
      areasOf(network).map(({ name, stops, patterns }) => [name, stops.length, patterns.map(({ id }) => id)]),
    ).toEqual([
      ['Stop b', 3, ['one', 'two']],
      ['Stop x', 2, ['valley']],
    ]);
  });

  it('is one, where all lines meet', () => {
    expect(areasOf({ ...network, patterns: [...network.patterns, pattern('through', 'c', 'x')] })).toHaveLength(1);
  });
});

describe('nearestArea', () => {
  it('is that of the nearest stop', () => {
    const areas = areasOf(network);
    expect(nearestArea(areas, { lat: 46.4, lon: 10.8 })?.name).toBe('Stop x');
    expect(nearestArea(areas, { lat: 45.1, lon: 9.3 })?.name).toBe('Stop b');
    expect(nearestArea([], { lat: 45, lon: 9 })).toBeUndefined();
  });
});
