import { afterAll, describe, expect, it } from '@jest/globals';
import { epochMs, systemClock } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import { checkDispatch, generateInstance } from '#libs/transport';
import { DispatchPlanner } from './dispatch-planner.js';
import { type DispatchTask, runDispatchTask } from './dispatch-task.js';

const problem = generateInstance({ lines: 2, slots: 12, seed: 1, fleet: 'loose' });
const task = { problem, start: [], deadlineMs: 500, seed: 1, reliefs: [] };

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

describe('a task', () => {
  const solver = createSolver('highs');
  afterAll(() => solver.close());

  it('begins where it is told to', async () => {
    const { plan } = await runDispatchTask(task, { solver, clock: systemClock });
    /** Time for a look or two: a tick at each. */
    const soon = async (start: DispatchTask['start']): Promise<number> => {
      let ticks = 0;
      const clock = { now: () => epochMs((ticks += 1)) };
      const { summary } = await runDispatchTask({ ...task, start, deadlineMs: 10 }, { solver, clock });
      return summary.objective;
    };
    expect(await soon(plan.blocks)).toBeLessThanOrEqual(plan.cost.total + 1e-6);
    expect(await soon([])).toBeGreaterThan(plan.cost.total);
  });
});
