import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { createSolver, type LinearSolver } from '#libs/lp';
import { checkEnergyPlan } from '../check-plan.js';
import { generateEnergyInstance } from '../instances/generate-energy.js';
import { buildEnergyModel } from '../model/build-model.js';
import { solveEnergy, solveFlows } from '../solve-energy.js';
import { splitProblem } from './split-problem.js';

const highs = createSolver('highs');
afterAll(() => highs.close());

/** Two instances on feeders of their own. */
const twoTowns = (slots: number) => {
  const [one, other] = [1, 2].map((seed) => generateEnergyInstance({ sites: 8, slots, seed }));
  if (!one || !other) throw new Error('There are two.');
  const named = (name: string): string => `other ${name}`;
  return {
    ...one,
    feeders: [
      ...one.feeders,
      ...other.feeders.map(({ parent, ...feeder }) => ({
        ...feeder,
        feeder: named(feeder.feeder),
        ...(parent !== undefined && { parent: named(parent) }),
      })),
    ],
    sites: [...one.sites, ...other.sites.map((site) => ({ ...site, site: named(site.site), connections: site.connections.map((own) => ({ ...own, connection: named(own.connection), feeder: named(own.feeder) })) }))], // prettier-ignore
  };
};

describe('splitProblem', () => {
  it('puts sites that share a feeder into one part, each site and feeder once', () => {
    const problem = twoTowns(96);
    const parts = splitProblem(problem);
    expect(parts.length).toBeGreaterThanOrEqual(2);
    expect(parts.flatMap(({ sites }) => sites.map(({ site }) => site)).sort()).toEqual(problem.sites.map(({ site }) => site).sort()); // prettier-ignore
    expect(parts.flatMap(({ feeders }) => feeders).length).toBe(problem.feeders.length);
  });

  it('leaves a small problem whole', () => {
    const problem = twoTowns(12);
    expect(splitProblem(problem)).toEqual([problem]);
  });

  it('leaves every part its share of the time, whatever the others take', async () => {
    const problem = twoTowns(96);
    const given: number[] = [];
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    const stuck: LinearSolver = {
      ...highs,
      name: 'highs',
      solve: (_model, { deadlineMs }) => {
        given.push(deadlineMs);
        now += deadlineMs;
        return Promise.resolve({ status: 'timed_out', solveMs: deadlineMs });
      },
    };
    await solveEnergy(problem, { solver: stuck, deadlineMs: 600, seed: 1 });
    clock.mockRestore();
    // Of 16 sites, eight in each town.
    expect(given).toEqual([300, 300]);
  });

  it('has the same flows, setpoints and violations where only those are asked for', async () => {
    for (const slots of [12, 96]) {
      const problem = twoTowns(slots);
      const options = { solver: highs, deadlineMs: 60_000, seed: 1 };
      const { plan, vertex } = await solveEnergy(problem, options);
      const flows = await solveFlows(problem, options);
      const { grid, sites, feeders, setpoints, violations } = plan;
      expect(flows.plan).toEqual({ grid, sites, feeders, setpoints, violations });
      expect(flows.vertex).toEqual(vertex);
    }
  });

  it('costs what the whole costs', async () => {
    const problem = twoTowns(96);
    const options = { solver: highs, deadlineMs: 60_000, seed: 1 };
    const { plan, solve } = await solveEnergy(problem, options);
    const whole = await highs.solve(buildEnergyModel(problem).model, options);
    if (whole.status !== 'optimal') throw new Error(whole.status);
    expect(solve.status).toBe('optimal');
    expect((solve.objective ?? NaN) / whole.objective).toBeCloseTo(1, 3);
    expect(checkEnergyPlan(problem, plan)).toEqual([]);
  });
});
