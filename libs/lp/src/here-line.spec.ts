import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver, createSolverHere } from './create-solver.js';
import { SparseBuilder } from './sparse-builder.js';

const [here, worker] = [createSolverHere(), createSolver('highs')];
afterAll(() => Promise.all([here.close(), worker.close()]));

/** Ten tonnes, by road at 3 each, which takes 6, or by rail at 5. */
const freight = () => {
  const builder = new SparseBuilder('freight');
  const tonnes = builder.addRow('tonnes', { equal: 10 });
  builder.addEntry(tonnes, builder.addColumn('road', { upper: 6, cost: 3 }), 1);
  builder.addEntry(tonnes, builder.addColumn('rail', { cost: 5 }), 1);
  return builder.build();
};
const turn = { deadlineMs: 5_000 };

describe('HiGHS in this thread', () => {
  it('answers as in a worker', async () => {
    const [own, other] = [await here.solve(freight(), turn), await worker.solve(freight(), turn)];
    if (own.status !== 'optimal') throw new Error(own.status);
    expect(own.objective).toBe(38);
    expect(other).toMatchObject({ ...own, runMs: expect.any(Number), solveMs: expect.any(Number) });
  });

  it('leaves the values of one answer as they are when it gives the next', async () => {
    const first = await here.keep(freight(), turn);
    const next = await here.solveKept({ bounds: { columns: Int32Array.of(0), upper: Float64Array.of(2) } }, turn);
    expect([...(first?.values ?? [])]).toEqual([6, 4]);
    expect([...(next?.values ?? [])]).toEqual([2, 8]);
  });

  it('is out of time when there is none, when nobody wants the answer, and when it is closed', async () => {
    const closed = createSolverHere();
    await closed.close();
    const outcomes = [
      here.solve(freight(), { deadlineMs: 0 }),
      here.solve(freight(), { ...turn, signal: AbortSignal.abort() }),
      closed.solve(freight(), turn),
    ];
    for (const { status } of await Promise.all(outcomes)) expect(status).toBe('timed_out');
  });
});
