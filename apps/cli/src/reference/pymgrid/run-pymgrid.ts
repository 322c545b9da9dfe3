import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { errorMessage } from '#libs/kernel';
import type { LinearSolver } from '#libs/lp';

import { DataError } from '../data-error.js';
import type { Flows } from './plant.js';
import { type Microgrid, readMicrogrids } from './read-microgrids.js';
import { greedy, naive, perfect, type Run, runMicrogrid, type Window } from './run-microgrid.js';

/** The published test window. */
export const PUBLISHED_WINDOW: Window = { from: 5854, until: 8736 };

export interface MicrogridResult {
  readonly microgrid: Microgrid;
  readonly perfect: Run;
  readonly naive: Run;
  readonly greedy: Run;
}

/** Every microgrid of a folder, in closed loop. `out`: where the flows of the perfect runs go. */
export const runPymgrid = async (
  folder: string,
  window: Window,
  solver: LinearSolver,
  say: (line: string) => void,
  out?: string,
): Promise<readonly MicrogridResult[]> => {
  const results: MicrogridResult[] = [];
  for (const microgrid of await readMicrogrids(folder, window.until)) {
    say(`microgrid ${microgrid.id}: ${window.until - window.from} hours, perfect forecasts`);
    const withPerfect = await runMicrogrid(microgrid, window, perfect(microgrid, solver));
    say(`microgrid ${microgrid.id}: last-day forecasts`);
    const withNaive = await runMicrogrid(microgrid, window, naive(microgrid, solver));
    const withGreedy = await runMicrogrid(microgrid, window, greedy(microgrid));
    results.push({ microgrid, perfect: withPerfect, naive: withNaive, greedy: withGreedy });
    if (out !== undefined) await writeFlows(out, microgrid, window, withPerfect.flows);
  }
  return results;
};

const COLUMNS = ['import', 'export', 'generator', 'charge', 'discharge', 'soc', 'unmet', 'curtailed'] as const;

const writeFlows = async (
  out: string,
  { file }: Microgrid,
  { from }: Window,
  flows: readonly Flows[],
): Promise<void> => {
  const rows = flows.map((flow, at) => [from + at, ...COLUMNS.map((column) => flow[column])].join(','));
  try {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, file), `${[['hour', ...COLUMNS].join(','), ...rows].join('\n')}\n`);
  } catch (error) {
    throw new DataError(`${join(out, file)} cannot be written: ${errorMessage(error)}`);
  }
};
