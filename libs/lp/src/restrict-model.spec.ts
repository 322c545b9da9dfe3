import { expect, it } from '@jest/globals';
import { restrictModel } from './restrict-model.js';
import { SparseBuilder } from './sparse-builder.js';

it('moves what is fixed to the sides of rows and into the constant', () => {
  const builder = new SparseBuilder('three');
  const [x, y, z] = [1, 10, 100].map((cost) => builder.addColumn(`c${cost}`, { cost, integer: true }));
  const both = builder.addRow('both', { lower: 5, upper: 9 });
  const settled = builder.addRow('settled', { equal: 4 });
  const open = builder.addRow('open', { lower: 1 });
  builder.addEntry(both, x ?? -1, 1);
  builder.addEntry(both, y ?? -1, 2);
  builder.addEntry(settled, y ?? -1, 2);
  builder.addEntry(open, z ?? -1, 3);
  builder.addConstant(0.5);
  const { model, columns } = restrictModel(builder.build(), Float64Array.from([3, 2, 1]), (column) => column !== y);
  expect([...columns]).toEqual([0, 2]);
  expect(model).toMatchObject({ columnNames: ['c1', 'c100'], rowNames: ['both', 'open'] });
  expect({ ...model.arrays }).toEqual({
    cost: Float64Array.from([1, 100]),
    lower: new Float64Array(2),
    upper: new Float64Array(2).fill(Infinity),
    integer: Int32Array.from([1, 1]),
    rowLower: Float64Array.from([1, 1]),
    rowUpper: Float64Array.from([5, Infinity]),
    starts: Int32Array.from([0, 1, 2]),
    indices: Int32Array.from([0, 1]),
    values: Float64Array.from([1, 3]),
    constant: 20.5,
  });
});
