import { type Clock, epochMs } from '#libs/kernel';
import { createSolver, writeMps } from '#libs/lp';
import {
  type Block,
  buildDispatchModel,
  carryBlocks,
  checkDispatch,
  columnsOf,
  type DispatchFinding,
  type DispatchPlan,
  type DispatchProblem,
  type DispatchSummary,
  disturb,
  generateInstance,
  solveDispatch,
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
  /** Cost of the plan after `flags.reference`. */
  readonly referenceCost: number | null;
}

const clock: Clock = { now: () => epochMs(performance.now()) };

/** Solves a problem within its deadline, checks the plan, and after that solves the integer model as a whole if asked. Nothing of the two overlaps. */
export const runDispatchBench = async (
  flags: DispatchBenchFlags,
  cleanup: Cleanup,
  say: (line: string) => void,
): Promise<DispatchFigures> => {
  const { problem, start } = await takeProblem(flags, cleanup, say);
  const { patterns, rides, vehicles, grid } = problem;
  say(`${patterns.length} patterns, ${rides.length} rides, ${vehicles.length} vehicles, ${grid.count} slots …`);
  const { plan, summary, ms } = await solveInTime(problem, start, flags, cleanup);
  const rssMb = process.resourceUsage().maxRSS / 1024;
  const findings = checkDispatch(problem, plan);
  const { mps, solution, monolithic, reference } = flags;
  const asked = mps !== undefined || solution !== undefined || monolithic !== undefined;
  const size = asked ? await writeModel(problem, mps) : null;
  if (solution !== undefined) await writeText(solution, JSON.stringify({ columns: columnsOf(problem, plan) }));
  if (reference !== undefined) say(`The same with ${reference / 1000} s …`);
  const longer =
    reference === undefined ? null : await solveInTime(problem, start, { ...flags, deadline: reference }, cleanup);
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
    referenceCost: longer?.plan.cost.total ?? null,
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

/** A problem, and what vehicles still do by the plan in force: as live. */
interface Task {
  readonly problem: DispatchProblem;
  readonly start: readonly Block[];
}

const takeProblem = async (flags: DispatchBenchFlags, cleanup: Cleanup, say: (line: string) => void): Promise<Task> => {
  const problem = flags.instance === undefined ? generateInstance(flags) : await readProblem(flags.instance);
  if (flags.disturb === undefined) return { problem, start: [] };
  if (problem.grid.count < 2) throw new BenchError('Nothing can happen within a single slot. Give two slots or more.');
  say(`The plan before the ${flags.disturb} …`);
  const { before = flags.deadline } = flags;
  const { plan } = await solveInTime(problem, [], { ...flags, deadline: before }, cleanup);
  const later = disturb(problem, plan, flags.disturb, flags.seed);
  return { problem: later, start: carryBlocks({ problem, blocks: plan.blocks }, later) };
};

const solveInTime = async (
  problem: DispatchProblem,
  start: readonly Block[],
  { deadline, seed }: DispatchBenchFlags,
  cleanup: Cleanup,
) => {
  const solver = createSolver('highs');
  const stop = new AbortController();
  cleanup.add('the search', () => stop.abort());
  cleanup.add('the solver', () => solver.close());
  const options = { solver, clock, seed, signal: stop.signal };
  await solveDispatch(generateInstance(WARM_UP), { ...options, deadlineMs: Math.min(WARM_UP_MS, deadline) });
  const started = performance.now();
  const solved = await solveDispatch(problem, { ...options, deadlineMs: deadline, start });
  const ms = performance.now() - started;
  await solver.close();
  return { ...solved, ms };
};

/** Code is compiled as it runs: a process that has just begun plans more slowly than one that plans every minute. So another, small instance is planned first, off the clock. */
const WARM_UP = { lines: 8, slots: 24, seed: 0, fleet: 'loose' } as const;
const WARM_UP_MS = 1500;
