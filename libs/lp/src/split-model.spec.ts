import { expect, it } from '@jest/globals';
import { SparseBuilder } from './sparse-builder.js';
import { splitModel } from './split-model.js';

/** Columns a, b, c, d, e; rows that link a with c, b with d, and all by a budget; e is alone. */
const builder = new SparseBuilder('shops');
const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((name, cost) => builder.addColumn(name, { cost })) as [
  number,
  number,
  number,
  number,
  number,
];
const rows = ['budget', 'first', 'second', 'empty'].map((name, at) => builder.addRow(name, { lower: at }));
[a, b, c, d, e].forEach((column) => builder.addEntry(rows[0] ?? -1, column, 1));
builder.addEntry(rows[1] ?? -1, c, 2);
builder.addEntry(rows[1] ?? -1, a, 3);
builder.addEntry(rows[2] ?? -1, b, 4);
builder.addEntry(rows[2] ?? -1, d, 5);
const model = builder.build();

it('falls apart without its coupling rows', () => {
  const blocks = splitModel(model, (row) => row === 0);
  expect(blocks.map((block) => [...block.columns])).toEqual([
    [a, c],
    [b, d],
  ]);
  expect(blocks.map((block) => [...block.rows])).toEqual([[1], [2]]);
  const [first, second] = blocks.map((block) => block.model);
  expect(first).toMatchObject({ columnNames: ['a', 'c'], rowNames: ['first'] });
  expect([...(first?.arrays.cost ?? [])]).toEqual([0, 2]);
  expect([...(first?.arrays.indices ?? [])]).toEqual([1, 0]);
  expect([...(first?.arrays.values ?? [])]).toEqual([2, 3]);
  expect([...(second?.arrays.rowLower ?? [])]).toEqual([2]);
  expect([...(second?.arrays.starts ?? [])]).toEqual([0, 2]);
});

it('stays whole with them', () => {
  expect(splitModel(model, () => false).map((block) => [...block.columns])).toEqual([[a, b, c, d, e]]);
});
