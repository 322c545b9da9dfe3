import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';
import { plainConnection, plainProblem, plainSite } from '../../test/plain-site.js';
import { checkEnergyProblem, solveEnergy, type TransferSwitch } from '../index.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const tie: TransferSwitch = {
  switch: 'tie',
  connections: ['a', 'b'],
  closed: 'a',
  operation_cost: 1,
  most_operations: 4,
};
/** 80 kW on feeder A, which is too weak in slots 1 and 2; B carries it, but for slot 3. */
const problem = (more: Partial<TransferSwitch> = {}) =>
  plainProblem(
    4,
    [{ feeder: 'A', limit_kw: [100, 60, 60, 100] }, { feeder: 'B', limit_kw: [100, 100, 100, 50] }],
    [
      plainSite('hall', {
        connections: [plainConnection('a', 'A'), plainConnection('b', 'B')],
        loads: [{ load: 'all', tier: 'normal', power_kw: 80 }],
        switches: [{ ...tie, ...more }],
      }),
    ],
  ); // prettier-ignore
const plan = async (more?: Partial<TransferSwitch>) =>
  (await solveEnergy(problem(more), { solver, deadlineMs: 20_000, seed: 1, relativeGap: 0 })).plan;

describe('a switch between connections', () => {
  it('S01 moves the load to the feeder that can carry it, and back', async () => {
    const made = await plan();
    const [hall] = made.sites;
    expect(hall?.switches).toEqual([{ switch: 'tie', closed: [expect.any(String), 'b', 'b', 'a'] }]);
    for (const slot of [0, 1, 2, 3]) {
      const flows = hall?.connections.map(({ net_kw }) => net_kw[slot]);
      expect(flows).toEqual(hall?.switches[0]?.closed[slot] === 'a' ? [80, 0] : [0, 80]);
    }
    expect(made.violations).toEqual([]);
    expect(made.cost.generation).toBeCloseTo(2, 9);
  });

  it('S02 keeps to the operations that are allowed, and says what that breaks', async () => {
    const made = await plan({ most_operations: 1 });
    expect(made.sites[0]?.switches[0]?.closed.slice(1)).toEqual(['b', 'b', 'b']);
    expect(made.violations.map(({ limit, at, worst_kw }) => `${limit} ${at} ${worst_kw.toFixed(0)}`)).toEqual([
      'feeder_limit B 30',
    ]);
  });

  it('S03 is refused with a connection that is not there', () => {
    expect(checkEnergyProblem(problem({ connections: ['a', 'c'] })).map(({ path, rule }) => `${path} ${rule}`)).toEqual(
      ['sites[0].switches[0].connections[1] unknown_connection'],
    );
  });
});
