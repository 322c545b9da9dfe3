import { afterAll, describe, expect, it } from '@jest/globals';
import { checkDispatch, generateInstance } from '#libs/transport';
import { DispatchPlanner } from './dispatch-planner.js';

const problem = generateInstance({ lines: 2, slots: 12, seed: 1, fleet: 'loose' });
const task = { problem, deadlineMs: 500, seed: 1, reliefs: [] };

describe('DispatchPlanner', () => {
  const planner = new DispatchPlanner('highs');
  afterAll(() => planner.close());

  it('plans in its worker, again and again', async () => {
    for (const seed of [1, 2]) {
      const { plan, reliefs } = await planner.plan({ ...task, seed });
      expect(checkDispatch(problem, plan)).toEqual([]);
      expect(reliefs).toEqual([]);
    }
  }, 30_000);

  it('rejects what fails there, and goes on with the next', async () => {
    await expect(planner.plan({ ...task, problem: { ...problem, grid: undefined as never } })).rejects.toThrow();
    const { plan } = await planner.plan(task);
    expect(checkDispatch(problem, plan)).toEqual([]);
  }, 30_000);

  it('takes nothing after its end', async () => {
    await planner.close();
    await expect(planner.plan(task)).rejects.toThrow('closed');
  });
});
