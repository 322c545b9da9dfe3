import {
  buildEnergyModel,
  checkEnergyPlan,
  type EnergyProblem,
  type EnergySolve,
  type EnergyVertices,
  generateEnergyInstance,
  moveOn,
  solveEnergy,
} from '#libs/energy';
import { seededRandom } from '#libs/kernel';
import { createSolver, type LinearSolver } from '#libs/lp';

import { BenchError } from '../process/bench-error.js';
import type { Cleanup } from '../process/cleanup.js';

export interface EnergyBenchFlags {
  readonly sites: number;
  readonly slots: number;
  readonly seed: number;
}

/** Medians of repeated runs, ms. */
export interface EnergyTimes {
  readonly sites: number;
  readonly buildMs: number;
  readonly solveMs: number;
  /** Of it, what HiGHS ran, from the vertex that it was given. */
  readonly runMs: number;
  readonly readMs: number;
  /** HiGHS with the same matrix and nothing else, in a worker of its own: what it ran, without the way there and back. */
  readonly aloneMs: number;
  /** Most memory that this process had until then, both workers included, MB. */
  readonly rssMb: number;
}

export interface EnergyFigures {
  readonly flags: EnergyBenchFlags;
  readonly times: EnergyTimes;
  readonly size: { readonly columns: number; readonly rows: number; readonly entries: number };
  /** One slot later: from the vertex before, and as if there were none. Build, solve and read together, ms. */
  readonly warmMs: number;
  readonly coldMs: number;
  readonly growth: readonly EnergyTimes[];
  readonly commitment: {
    readonly sites: number;
    readonly machines: number;
    readonly ms: number;
    readonly solve: EnergySolve;
    /** When HiGHS has the model as a whole, with the same gap and deadline; null: no plan. */
    readonly wholeGap: number | null;
    readonly wholeMs: number;
  };
  /** What the checker finds wrong with the plans, in sentences. */
  readonly findings: readonly string[];
}

/** As many runs as make a median of a machine that does other things too. */
const RUNS = 7;
const GROWTH_RUNS = 3;
/** Of the sites asked for: by default 20, 40, 80 and 200, and 10 with generators. */
const GROWTH = [0.5, 1, 2, 5];
const COMMITMENT_SHARE = 0.25;
const DEADLINE_MS = 60_000;
const COMMITMENT_MS = 10_000;
const COMMITMENT_GAP = 0.01;

interface Room {
  readonly planner: LinearSolver;
  readonly alone: LinearSolver;
  readonly seed: number;
}

/** Plans a generated day over and over: how long it takes beside HiGHS alone, a slot later, for fewer and more sites, and with machines that are on or off. */
export const runEnergyBench = async (
  flags: EnergyBenchFlags,
  cleanup: Cleanup,
  say: (line: string) => void,
): Promise<EnergyFigures> => {
  const { sites, slots, seed } = flags;
  const room = { planner: open(cleanup), alone: open(cleanup), seed };
  // Code is compiled as it runs: both workers and this thread have planned before anything is measured.
  await measure(generateEnergyInstance({ ...WARM_UP, seed }), room, RUNS);
  const problem = generateEnergyInstance(flags);
  say(`${sites} sites, ${slots} slots, ${RUNS} runs …`);
  const times = await measure(problem, room, RUNS);
  const first = await plan(problem, room);
  const moved = moveOn(problem, first.plan, seededRandom(seed));
  say('One slot later …');
  const { warmMs, coldMs } = await measureMoved(moved, first.vertex, room);
  const growth: EnergyTimes[] = [];
  for (const share of GROWTH) {
    const size = Math.max(1, Math.round(share * sites));
    say(`${size} sites …`);
    growth.push(
      size === sites ? times : await measure(generateEnergyInstance({ ...flags, sites: size }), room, GROWTH_RUNS),
    );
  }
  const commitment = generateEnergyInstance({
    ...flags,
    sites: Math.max(1, Math.round(COMMITMENT_SHARE * sites)),
    generators: true,
  });
  say(`${commitment.sites.length} sites with generators, ${COMMITMENT_MS / 1000} s at most …`);
  const committed = await measureCommitment(commitment, room);
  const { arrays } = buildEnergyModel(problem).model;
  return {
    flags,
    times,
    size: { columns: arrays.cost.length, rows: arrays.rowLower.length, entries: arrays.values.length },
    warmMs,
    coldMs,
    growth,
    commitment: committed,
    findings: [...checkEnergyPlan(problem, first.plan), ...checkEnergyPlan(commitment, committed.plan)],
  };
};

const WARM_UP = { sites: 8, slots: 48 } as const;

const open = (cleanup: Cleanup): LinearSolver => {
  const solver = createSolver('highs');
  cleanup.add('the solver', () => solver.close());
  return solver;
};

const plan = async (problem: EnergyProblem, { planner, seed }: Room, from?: EnergyVertices) => {
  const solved = await solveEnergy(problem, { solver: planner, deadlineMs: DEADLINE_MS, seed, from });
  if (solved.solve.failure !== null) throw new BenchError(solved.solve.failure);
  return solved;
};

/** One after the other in turn, so that what else the machine does falls on both. */
const measure = async (problem: EnergyProblem, room: Room, runs: number): Promise<EnergyTimes> => {
  const solves: EnergySolve[] = [];
  const alone: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    solves.push((await plan(problem, room)).solve);
    const outcome = await room.alone.solve(buildEnergyModel(problem).model, {
      deadlineMs: DEADLINE_MS,
      seed: room.seed,
    });
    if (outcome.status !== 'optimal') throw new BenchError(`HiGHS alone ended ${outcome.status}.`);
    alone.push(outcome.runMs);
  }
  return {
    sites: problem.sites.length,
    buildMs: median(solves.map(({ buildMs }) => buildMs)),
    solveMs: median(solves.map(({ solveMs }) => solveMs)),
    runMs: median(solves.map(({ runMs }) => runMs)),
    readMs: median(solves.map(({ readMs }) => readMs)),
    aloneMs: median(alone),
    rssMb: process.resourceUsage().maxRSS / 1024,
  };
};

const measureMoved = async (problem: EnergyProblem, vertex: EnergyVertices | undefined, room: Room) => {
  const [warm, cold]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    warm.push(totalMs((await plan(problem, room, vertex)).solve));
    cold.push(totalMs((await plan(problem, room)).solve));
  }
  return { warmMs: median(warm), coldMs: median(cold) };
};

const measureCommitment = async (problem: EnergyProblem, { planner, alone, seed }: Room) => {
  const options = { deadlineMs: COMMITMENT_MS, seed, relativeGap: COMMITMENT_GAP };
  const startedAt = performance.now();
  const { plan: own, solve } = await solveEnergy(problem, { ...options, solver: planner });
  const ms = performance.now() - startedAt;
  const { model } = buildEnergyModel(problem);
  const wholeAt = performance.now();
  const whole = await alone.solve(model, options);
  return {
    sites: problem.sites.length,
    machines: problem.sites.flatMap(({ units }) => units.filter(({ commitment }) => commitment)).length,
    ms,
    solve,
    plan: own,
    wholeGap: whole.status === 'optimal' || whole.status === 'feasible' ? whole.gap : null,
    wholeMs: performance.now() - wholeAt,
  };
};

export const totalMs = ({ buildMs, solveMs, readMs }: Pick<EnergySolve, 'buildMs' | 'solveMs' | 'readMs'>): number =>
  buildMs + solveMs + readMs;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
