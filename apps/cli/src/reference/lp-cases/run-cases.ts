import { type EnergyProblem, solveEnergy } from '#libs/energy';
import { createSolver, type SolverName } from '#libs/lp';

import type { EnergyCase } from './energy-case.js';

/** Two objectives that differ by less, relative to the one expected, are the same. */
const SAME = 1e-6;
/** javascript-lp-solver never finishes some models. */
const DEADLINE_MS = 30_000;
const SOLVERS: readonly SolverName[] = ['highs', 'javascript-lp-solver'];

export interface CaseResult {
  readonly id: string;
  readonly expected: number;
  /** Cost of the plan that HiGHS finds; null without one. */
  readonly objective: number | null;
  /** The same of javascript-lp-solver; null where it does not finish. */
  readonly second: number | null;
  readonly ok: boolean;
}

/** Solves each case with both solvers. The cost of the plan counts, not the objective of the solver, which has tie-breakers in it. */
export const runCases = async (
  cases: readonly EnergyCase[],
  say: (line: string) => void,
): Promise<readonly CaseResult[]> => {
  const results: CaseResult[] = [];
  for (const { id, problem, objective: expected } of cases) {
    say(`${id}: ${problem.grid.count} hours`);
    const [objective = null, second = null] = await Promise.all(SOLVERS.map((name) => costBy(name, problem)));
    const near = (value: number): boolean => Math.abs(value - expected) <= SAME * Math.max(1, Math.abs(expected));
    results.push({
      id,
      expected,
      objective,
      second,
      ok: objective !== null && near(objective) && (second === null || near(second)),
    });
  }
  return results;
};

/** Of a plan that breaks no limit. */
const costBy = async (name: SolverName, problem: EnergyProblem): Promise<number | null> => {
  const solver = createSolver(name);
  try {
    const { plan, solve } = await solveEnergy(problem, { solver, deadlineMs: DEADLINE_MS, seed: 1, relativeGap: 1e-9 });
    return solve.failure === null && plan.violations.length === 0 ? plan.cost.total : null;
  } finally {
    await solver.close();
  }
};
