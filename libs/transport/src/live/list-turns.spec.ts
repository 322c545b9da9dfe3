import { expect, it } from '@jest/globals';
import { circuit } from './driven-trip.fixture.js';
import { listTurns } from './list-turns.js';
import { twoWayLine } from './two-way-line.fixture.js';

const turns = listTurns(twoWayLine);
const at = (pattern: string, call: number) =>
  turns.get(pattern)?.flatMap((turn) => (turn.call === call ? [`${turn.onto} ${turn.from}`] : []));

it('are at every inner stop that the opposite direction passes, on the other side of the street', () => {
  expect(at('T-out', 1)).toEqual(['T-back 4', 'T-short 1']);
  expect(at('T-out', 3)).toEqual(['T-back 2']);
});

it('are where a short turn of the way back starts', () => {
  expect(at('T-out', 2)).toEqual(['T-back 3', 'T-short 0']);
});

it('are neither at the ends, nor onto an express of the same direction, nor onto another line', () => {
  expect(at('T-out', 0)).toEqual([]);
  expect(at('T-out', 5)).toEqual([]);
  expect([...turns].flatMap(([, all]) => all.map(({ onto }) => onto))).not.toContain('U-back');
  expect(turns.get('T-out')?.some(({ onto }) => onto === 'T-express')).toBe(false);
});

it('are none on a circuit by itself', () => {
  expect(listTurns(new Map([['A-1', circuit()]])).get('A-1')).toEqual([]);
});
