import { type Clock, epochMs } from '#libs/kernel';
import { createSolver, writeMps } from '#libs/lp';
import {
  buildDispatchModel as buildDispatchModel,
  checkDispatch as checkDispatch,
  columnsOf,
  type DispatchFinding,
  type DispatchPlan as DispatchPlan,
  type DispatchProblem as DispatchProblem,
  type DispatchSummary as DispatchSummary,
  disturb,
  generateInstance,
  solveDispatch as solveDispatch,
} from '#libs/transport';

import { BenchError } from '../process/bench-error.js';
import type { Cleanup } from '../process/cleanup.js';
import type { DispatchBenchFlags } from './flags.js';
import { type Monolithic, runMonolithic } from './monolithic.js';
import { readProblem, writeText } from './problem-file.js';

export interface DispatchFigures {
  readonly flags: DispatchBenchFlags;
  readonly problem: DispatchProblem;
  readonly plan: DispatchPlan;
  readonly summary: DispatchSummary;
  /** From the problem in memory to the plan. */
  readonly ms: number;
  /** Most memory that this process had until then, MB. */
  readonly rssMb: number;
  readonly findings: readonly DispatchFinding[];
  /** Of the integer model, where it was asked for. */
  readonly size: { readonly columns: number; readonly integers: number; readonly rows: number } | null;
  readonly monolithic: Monolithic | null;
}

const clock: Clock = { now: () => epochMs(performance.now()) };

/** Solves a problem within its deadline, checks the plan, and after that solves the integer model as a whole if asked. Nothing of the two overlaps. */
export const runDispatchBench = async (
  flags: DispatchBenchFlags,
  cleanup: Cleanup,
  say: (line: string) => void,
): Promise<DispatchFigures> => {
  const problem = await takeProblem(flags, cleanup, say);
  const { patterns, rides, vehicles, grid } = problem;
  say(`${patterns.length} patterns, ${rides.length} rides, ${vehicles.length} vehicles, ${grid.count} slots …`);
  const { plan, summary, ms } = await solveInTime(problem, flags, cleanup);
  const rssMb = process.resourceUsage().maxRSS / 1024;
  const findings = checkDispatch(problem, plan);
  const { mps, solution, monolithic } = flags;
  const asked = mps !== undefined || solution !== undefined || monolithic !== undefined;
  const size = asked ? await writeModel(problem, mps) : null;
  if (solution !== undefined) await writeText(solution, JSON.stringify({ columns: columnsOf(problem, plan) }));
  if (monolithic !== undefined) say(`The integer model as a whole, ${monolithic / 1000} s …`);
  return {
    flags,
    problem,
    plan,
    summary,
    ms,
    rssMb,
    findings,
    size,
    monolithic: monolithic === undefined ? null : await runMonolithic(problem, monolithic, cleanup),
  };
};

/** How large the integer model is. It is written where a file is given. */
const writeModel = async (problem: DispatchProblem, mps: string | undefined): Promise<DispatchFigures['size']> => {
  const { model } = buildDispatchModel(problem);
  const { columnNames, rowNames, arrays } = model;
  if (mps !== undefined) await writeText(mps, writeMps(model));
  const integers = arrays.integer.reduce((sum, whole) => sum + whole, 0);
  return { columns: columnNames.length, integers, rows: rowNames.length };
};

const takeProblem = async (
  flags: DispatchBenchFlags,
  cleanup: Cleanup,
  say: (line: string) => void,
): Promise<DispatchProblem> => {
  const problem = flags.instance === undefined ? generateInstance(flags) : await readProblem(flags.instance);
  if (flags.disturb === undefined) return problem;
  if (problem.grid.count < 2) throw new BenchError('Nothing can happen within a single slot. Give two slots or more.');
  say(`The plan before the ${flags.disturb} …`);
  const { plan } = await solveInTime(problem, flags, cleanup);
  return disturb(problem, plan, flags.disturb, flags.seed);
};

const solveInTime = async (problem: DispatchProblem, { deadline, seed }: DispatchBenchFlags, cleanup: Cleanup) => {
  const started = performance.now();
  const solver = createSolver('highs');
  const stop = new AbortController();
  cleanup.add('the search', () => stop.abort());
  cleanup.add('the solver', () => solver.close());
  const deadlineMs = deadline - (performance.now() - started);
  const solved = await solveDispatch(problem, { solver, clock, deadlineMs, seed, signal: stop.signal });
  const ms = performance.now() - started;
  await solver.close();
  return { ...solved, ms };
};
