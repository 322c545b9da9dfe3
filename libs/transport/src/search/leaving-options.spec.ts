import { expect, it } from '@jest/globals';
import { choicesAt, optionsOf } from './leaving-options.js';

/** A van, a bus, and a bus with a lift. */
const KINDS = [
  { capacity: 10, accessible: 0 },
  { capacity: 40, accessible: 0 },
  { capacity: 40, accessible: 2 },
];
const options = optionsOf(KINDS);
const choose = (most: number, prices: readonly number[]) =>
  choicesAt(options, most, (kind) => prices[kind] ?? Infinity).map(({ option, price }) => [
    options[option]?.kinds.join('+'),
    price,
  ]);

it('are all groups of one to three vehicles, whatever their order', () => {
  expect(options).toHaveLength(3 + 6 + 10);
  expect(options.find(({ kinds }) => kinds.join('+') === '0+1+2')).toMatchObject({ capacity: 90, accessible: 2 });
});

it('are taken the cheapest first, without what is dearer than something of its size', () => {
  // The bus with a lift is cheaper than the one without; the van is cheapest and smallest.
  expect(choose(1, [1, 8, 5])).toEqual([['0', 1], ['2', 5]]); // prettier-ignore
  expect(choose(1, [1, 4, 5])).toEqual([['0', 1], ['1', 4], ['2', 5]]); // prettier-ignore
});

it('are no more vehicles than may leave, and none of a kind that cannot', () => {
  expect(choose(2, [1, Infinity, Infinity])).toEqual([['0', 1], ['0+0', 2]]); // prettier-ignore
  expect(choose(0, [1, 1, 1])).toEqual([]);
});
