import { describe, expect, it } from '@jest/globals';
import { ModelBuilder } from './builder.js';
import { toSparse } from './sparse.js';
import { SparseBuilder } from './sparse-builder.js';

describe('SparseBuilder', () => {
  it('makes of entries in any order what ModelBuilder makes of rows', () => {
    const sparse = new SparseBuilder('two buses');
    const first = sparse.addColumn('first', { cost: 3, upper: 2, integer: true });
    const demand = sparse.addRow('demand', { lower: 1 });
    const fleet = sparse.addRow('fleet', { upper: 9 });
    const second = sparse.addColumn('second');
    sparse.addEntry(fleet, second, 1);
    sparse.addEntry(demand, first, 1);
    sparse.addEntry(demand, second, 2);
    sparse.setRow(fleet, { equal: 2 });
    sparse.addConstant(1.5);

    const named = new ModelBuilder('two buses');
    named.addVariable('first', { cost: 3, upper: 2, integer: true });
    named.addVariable('second');
    named.addConstraint('demand', { lower: 1 }, [
      [0, 1],
      [1, 2],
    ]);
    named.addConstraint('fleet', { equal: 2 }, [[1, 1]]);
    named.addConstant(1.5);
    expect(sparse.build()).toEqual(toSparse(named.build()));
  });

  it('merges entries of the same place and drops what cancels', () => {
    const builder = new SparseBuilder('merge');
    const [x, y] = [builder.addColumn('x'), builder.addColumn('y')];
    const rows = [builder.addRow('c', { upper: 1 }), builder.addRow('d', { upper: 1 })];
    for (const [at, column, value] of [
      [0, x, 1],
      [1, x, 5],
      [0, y, 2],
      [0, x, 3],
      [0, y, -2],
    ] as const) {
      builder.addEntry(rows[at] ?? -1, column, value);
    }
    const { starts, indices, values } = builder.build().arrays;
    expect([...starts]).toEqual([0, 1, 2]);
    expect([...indices]).toEqual([x, x]);
    expect([...values]).toEqual([4, 5]);
  });

  it('grows past its first room', () => {
    const builder = new SparseBuilder('large');
    const row = builder.addRow('sum', { upper: 1 });
    for (let j = 0; j < 3_000; j += 1) builder.addEntry(row, builder.addColumn(`x${j}`, { cost: j }), j + 1);
    const { cost, values } = builder.build().arrays;
    expect([cost.length, cost[2_999], values.length, values[2_999]]).toEqual([3_000, 2_999, 3_000, 3_000]);
  });

  it.each<[string, (builder: SparseBuilder) => unknown, string]>([
    ['an infinite cost', (b) => b.addColumn('y', { cost: Infinity }), 'column y must be finite, not Infinity'],
    ['a coefficient NaN', (b) => b.addEntry(0, 0, NaN), 'coefficient of x in row c must be finite, not NaN'],
    [
      'a bound NaN',
      (b) => b.addColumn('y', { lower: NaN }),
      'bounds of column y must hold a number, not NaN to Infinity',
    ],
    ['crossed bounds', (b) => b.addRow('d', { lower: 2, upper: 1 }), 'bounds of row d must hold a number, not 2 to 1'],
    ['crossed bounds afterwards', (b) => b.setRow(0, { lower: 2, upper: 1 }), 'bounds of row c must hold'],
    ['an unknown column', (b) => b.addEntry(0, 7, 1), 'no place for an entry in row 0 and column 7'],
    ['an unknown row', (b) => b.addEntry(-1, 0, 1), 'no place for an entry in row -1 and column 0'],
    ['a constant NaN', (b) => b.addConstant(NaN), 'must be finite, not NaN'],
  ])('refuses %s', (_, act, message) => {
    const builder = new SparseBuilder('refusals');
    builder.addColumn('x');
    builder.addRow('c', { upper: 1 });
    expect(() => act(builder)).toThrow(message);
  });
});
