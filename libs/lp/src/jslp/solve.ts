import type { SolveReply, SolveRequest } from '../protocol.js';
import { loadJslp } from './load.js';
import { type JslpModel, translate } from './translate.js';

/** Entries of the dense tableau that it may build: 480 MB. A larger model counts as out of time at once. */
const TABLEAU_LIMIT = 60_000_000;

/** Solves to the end: gap, node limit and seed mean nothing to this solver, and time is kept by whoever ends the worker. */
export const solveWithJslp = ({ model }: SolveRequest): SolveReply => {
  const translation = translate(model);
  if (!translation) return { status: 'infeasible', conflict: undefined };
  if (tableauSize(translation.model) > TABLEAU_LIMIT) return { status: 'out_of_time' };
  const jslp = loadJslp();
  const startedAt = performance.now();
  const result = readResult(jslp.Solve(translation.model));
  const runMs = performance.now() - startedAt;
  if (result['feasible'] !== true) return { status: 'infeasible', conflict: undefined };
  if (result['bounded'] === false) return { status: 'unbounded' };
  const valueOf = (name: string): number => Number(result[name] ?? 0);
  const values = translation.offset.map((offset, j) => offset + valueOf(`u${j}`) - valueOf(`d${j}`));
  const objective = values.reduce((sum, value, j) => sum + value * (model.cost[j] ?? 0), model.constant);
  return { status: 'optimal', objective, bound: objective, values, duals: undefined, basis: undefined, runMs };
};

const tableauSize = ({ constraints, variables }: JslpModel): number => {
  const rows = Object.values(constraints).reduce(
    (sum, constraint) => sum + ('max' in constraint && !('min' in constraint) ? 1 : 2),
    0,
  );
  return rows * Object.keys(variables).length;
};

const readResult = (result: unknown): Record<string, unknown> => {
  if (typeof result !== 'object' || result === null) throw new Error('javascript-lp-solver returned no result.');
  return { ...result };
};
