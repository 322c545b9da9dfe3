import { expect } from '@jest/globals';
import type { LinearSolver } from '#libs/lp';
import { checkEnergyPlan, type EnergyPlan, type EnergyProblem, solveEnergy } from '../src/index.js';

/** Plans to the optimum, and lets nothing pass that the checker finds. */
export const planOf = async (problem: EnergyProblem, solver: LinearSolver): Promise<EnergyPlan> => {
  const { plan, solve } = await solveEnergy(problem, { solver, deadlineMs: 10_000, seed: 1, relativeGap: 1e-9 });
  expect(solve).toMatchObject({ status: 'optimal', failure: null });
  expect(checkEnergyPlan(problem, plan)).toEqual([]);
  return plan;
};

export const rounded = (values: readonly number[] | undefined): number[] =>
  (values ?? []).map((value) => Math.round(value * 1000) / 1000 + 0);
