import { type Clock, epochMs } from '#libs/kernel';
import { type DemandDay, compareMethods, type MethodDay } from '#libs/simulation';
import { checkDispatch, type DispatchProblem, generateInstance, solveDispatch } from '#libs/transport';

import type { DispatchBenchFlags } from '../dispatch/flags.js';
import { readProblem } from '../dispatch/problem-file.js';
import type { Cleanup } from '../process/cleanup.js';
import { makeDemandDays, readDemandFile } from './demand-days.js';

export interface DemandFlags extends DispatchBenchFlags {
  /** Files of days that the planner has not seen. */
  readonly demand?: readonly string[];
  /** Or so many days by seed. */
  readonly demandSeeds?: number;
  /** Folder to write those to. */
  readonly demandOut?: string;
  /** Ms between two plans. */
  readonly cycle: number;
}

export interface DemandFigures {
  readonly flags: DemandFlags;
  readonly instance: DispatchProblem;
  readonly days: readonly DemandDay[];
  readonly results: readonly MethodDay[];
  readonly plans: number;
  /** What the checker found in all plans together. */
  readonly findings: number;
}

const clock: Clock = { now: () => epochMs(performance.now()) };

export const isDemandComparison = ({ demand, demandSeeds }: DemandFlags): boolean =>
  demand !== undefined || demandSeeds !== undefined;

/** Drives each day with plans made anew every cycle, by the timetable, and by the best fixed headways for the same vehicle-hours. */
export const runDemandComparison = async (
  flags: DemandFlags,
  cleanup: Cleanup,
  say: (line: string) => void,
): Promise<DemandFigures> => {
  const instance = flags.instance === undefined ? generateInstance(flags) : await readProblem(flags.instance);
  const days: DemandDay[] = [];
  for (const file of flags.demand ?? []) days.push(await readDemandFile(instance, file, say));
  days.push(...(await makeDemandDays(instance, flags.seed, flags.demandSeeds ?? 0, flags.demandOut)));
  const stop = new AbortController();
  cleanup.add('the search', () => stop.abort());
  let [plans, findings] = [0, 0];
  const { seed, deadline: deadlineMs, cycle } = flags;
  const results = await compareMethods({
    instance,
    days,
    seed,
    every_s: cycle / 1000,
    onProgress: say,
    planner: async (problem) => {
      stop.signal.throwIfAborted();
      const { plan } = await solveDispatch(problem, { clock, deadlineMs, seed, signal: stop.signal });
      plans++;
      findings += checkDispatch(problem, plan).length;
      return plan;
    },
  });
  return { flags, instance, days, results, plans, findings };
};
