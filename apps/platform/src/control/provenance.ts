import type { Pack } from '#libs/games';
import type { EpochMs } from '#libs/kernel';
import type { Provenance } from '#libs/planning';
import type { ReadingRow } from '#libs/store';

/** Live plans are bounded by a deadline, so the seed alone does not repeat them; it is fixed so that nothing else differs. */
export const SEED = 1;

export interface SolveSummary {
  readonly solver: string;
  readonly status: Provenance['solver_status'];
  readonly objective: number | null;
  readonly bound: number | null;
  readonly gap_ratio: number | null;
  readonly solve_ms: number;
}

export const provenanceOf = (
  pack: Pick<Pack, 'games'>,
  forecastRun: string,
  dataUpTo: EpochMs | null,
  summary: SolveSummary,
): Provenance => ({
  forecast_run: forecastRun,
  data_up_to_ms: dataUpTo,
  pack_version: pack.games.version,
  solver: summary.solver,
  solver_status: summary.status,
  seed: SEED,
  objective: summary.objective,
  bound: summary.bound,
  gap_ratio: summary.gap_ratio,
  solve_ms: summary.solve_ms,
});

/** The newest of the readings; null without any. */
export const newestOf = (readings: Iterable<Pick<ReadingRow, 'ts'>>): EpochMs | null => {
  let newest: EpochMs | null = null;
  for (const { ts } of readings) if (newest === null || ts > newest) newest = ts;
  return newest;
};
