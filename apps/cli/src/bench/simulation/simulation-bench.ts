import { resolve } from 'node:path';

import { loadPack } from '#libs/games';
import { formatFault } from '#libs/kernel';
import { createSolverHere, type LinearSolver } from '#libs/lp';
import { type DaySize, drawWorld, type Policy, replicationSeed, runDay } from '#libs/simulation';
import { readPackFeed } from '#libs/transport';

import { BenchError } from '../process/bench-error.js';
import type { Cleanup } from '../process/cleanup.js';
import { projectRoot } from '../process/project-root.js';
import { enlargeGames, type Games } from './enlarge-games.js';

export interface SimulationBenchFlags {
  /** Folder; absent: the Games of Milano Cortina. */
  readonly pack?: string;
  readonly day: string;
  readonly hours: number;
  readonly seed: number;
}

/** A day of so many Games side by side. */
export interface SimulatedDay extends DaySize {
  readonly size: number;
  /** As the timetable has them, those that did not leave included. */
  readonly departures: number;
  readonly seconds: number;
  /** Of this process with all of its threads. */
  readonly cpuSeconds: number;
  /** Most memory that this process had until then, MB. */
  readonly rssMb: number;
}

export interface SimulationFigures {
  readonly flags: SimulationBenchFlags;
  /** By the timetable, batteries idle: the world alone. */
  readonly days: readonly SimulatedDay[];
  /** The first hours of the Games as they are, planned, and the same hours of the world alone. */
  readonly planned: { readonly hours: number; readonly day: SimulatedDay; readonly world: SimulatedDay };
}

const SIZES = [1, 2, 4];
const WARM_UP_HOURS = 2;
/** Plans take ten times as long as the world alone, or longer. */
const PLANNED_HOURS = 1;
const PLANNED_MOVES = 200;

const WORLD_ALONE: Policy = { dispatch: 'timetable', energy: 'idle' };
const PLANNED: Policy = { dispatch: 'dispatch_with_forecast', energy: 'planned' };

/** Runs a day of Games at one, two and four times their size, and a part of it planned: how much a second comes to, and how that grows. */
export const runSimulationBench = async (
  flags: SimulationBenchFlags,
  cleanup: Cleanup,
  say: (line: string) => void,
): Promise<SimulationFigures> => {
  const solver = createSolverHere();
  cleanup.add('the solver', () => solver.close());
  const games = await loadGames(flags.pack ?? resolve(projectRoot(), 'config/milano-cortina-2026'));
  const run = (size: number, hours: number, policy: Policy) =>
    measure(enlargeGames(games, size), { ...flags, size, hours, policy, solver });
  // Code is compiled as it runs.
  await run(1, Math.min(WARM_UP_HOURS, flags.hours), WORLD_ALONE);
  const days: SimulatedDay[] = [];
  for (const size of SIZES) {
    say(`${flags.hours} hours at ${size} times the size …`);
    days.push(await run(size, flags.hours, WORLD_ALONE));
  }
  const hours = Math.min(PLANNED_HOURS, flags.hours);
  say(`${hours} hours, planned …`);
  const world = await run(1, hours, WORLD_ALONE);
  return { flags, days, planned: { hours, world, day: await run(1, hours, PLANNED) } };
};

const loadGames = async (folder: string): Promise<Games> => {
  const pack = await loadPack(resolve(folder));
  const feed = pack.ok ? readPackFeed(pack.value) : pack;
  if (pack.ok && feed.ok) return { pack: pack.value, feed: feed.value };
  const [fault] = pack.ok ? (feed.ok ? [] : feed.error) : pack.error;
  throw new BenchError(fault ? formatFault(fault) : `The pack ${folder} cannot be read.`);
};

interface Run extends SimulationBenchFlags {
  readonly size: number;
  readonly policy: Policy;
  readonly solver: LinearSolver;
}

const measure = async (
  { pack, feed }: Games,
  { size, day, hours, seed, policy, solver }: Run,
): Promise<SimulatedDay> => {
  let came: DaySize = { people: 0, events: 0 };
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  const indicators = await runDay({
    scenario: {
      title: 'bench',
      pack: pack.directory,
      day,
      seed,
      replications: 1,
      mismatch: 1,
      overlays: [],
      policies: { bench: policy },
      baseline: 'bench',
      cadence: { energy_minutes: 15, dispatch_minutes: 30 },
      effort: { moves: PLANNED_MOVES },
    },
    pack,
    feed,
    solver,
    policy,
    world: drawWorld(replicationSeed(seed, 0), 1),
    hours,
    onEnd: (size_) => {
      came = size_;
    },
  });
  const { user, system } = process.cpuUsage(cpu);
  return {
    ...came,
    size,
    departures: (indicators['departures'] ?? 0) + (indicators['cancelled_departures'] ?? 0),
    seconds: (performance.now() - begun) / 1000,
    cpuSeconds: (user + system) / 1e6,
    rssMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
};
