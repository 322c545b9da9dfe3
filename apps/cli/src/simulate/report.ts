import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Comparison, Figure, Miss, PolicyDay, Scenario } from '#libs/simulation';

import { reportPage } from './report-page.js';

type ByIndicator<T> = Readonly<Record<string, T>>;

/** What a run came to. Means and differences by policy and indicator. */
export interface SimulationReport {
  /** Every indicator is as expected. */
  readonly ok: boolean;
  readonly scenario: Scenario;
  readonly means: Readonly<Record<string, ByIndicator<Figure>>>;
  /** To the baseline, on the same days. */
  readonly differences: Readonly<Record<string, ByIndicator<Comparison>>>;
  readonly misses: readonly Miss[];
  readonly days: readonly PolicyDay[];
}

/** Writes `report.html`, which asks no other file or host, and `indicators.csv` into a folder, which is made. */
export const writeReport = async (folder: string, report: SimulationReport): Promise<void> => {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'report.html'), reportPage(report)),
    writeFile(join(folder, 'indicators.csv'), csvOf(report.days)),
  ]);
};

/** A row a policy, day and indicator. */
const csvOf = (days: readonly PolicyDay[]): string =>
  [
    'policy,replication,indicator,value',
    ...days.flatMap(({ policy, replication, indicators }) =>
      Object.entries(indicators).map(([indicator, value]) => `${policy},${replication},${indicator},${value}`),
    ),
  ].join('\n') + '\n';
