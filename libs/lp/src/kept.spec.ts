import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver } from './create-solver.js';
import { SparseBuilder } from './sparse-builder.js';

const highs = createSolver('highs');
const other = createSolver('javascript-lp-solver');
afterAll(() => Promise.all([highs.close(), other.close()]));

/** Ten tonnes, by road at 3 each or by rail at 5. */
const freight = () => {
  const builder = new SparseBuilder('freight');
  const tonnes = builder.addRow('tonnes', { equal: 10 });
  for (const [name, cost] of [['road', 3], ['rail', 5]] as const)
    builder.addEntry(tonnes, builder.addColumn(name, { cost }), 1);
  return builder.build();
}; // prettier-ignore

const turn = { deadlineMs: 5_000 };
const byShip = {
  columns: {
    cost: Float64Array.of(1),
    upper: Float64Array.of(4),
    starts: Int32Array.of(0, 1),
    rows: Int32Array.of(0),
    values: Float64Array.of(1),
  },
};

describe('a model that stays in the worker', () => {
  it('is solved, and again with another column, and again with a column shut', async () => {
    expect(await highs.keep(freight(), turn)).toMatchObject({ objective: 30, duals: Float64Array.of(3) });
    const shipped = await highs.solveKept(byShip, turn);
    expect(shipped).toMatchObject({ objective: 22, values: Float64Array.of(6, 0, 4) });
    const shut = { bounds: { columns: Int32Array.of(0), upper: Float64Array.of(0) } };
    expect(await highs.solveKept(shut, turn)).toMatchObject({ objective: 34, values: Float64Array.of(0, 6, 4) });
    const open = { bounds: { columns: Int32Array.of(0), upper: Float64Array.of(Infinity) } };
    expect(await highs.solveKept(open, turn)).toMatchObject({ objective: 22 });
  });

  it('has no solution where none is left', async () => {
    await highs.keep(freight(), turn);
    const shut = { bounds: { columns: Int32Array.of(0, 1), upper: new Float64Array(2) } };
    expect(await highs.solveKept(shut, turn)).toBeUndefined();
  });

  it('is of HiGHS only', async () => {
    expect(await other.keep(freight(), turn)).toBeUndefined();
    expect(await other.solveKept(byShip, turn)).toBeUndefined();
  });
});
