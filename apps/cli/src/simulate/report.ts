import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { PolicyDay } from '#libs/simulation';

import { reportPage } from './report-page.js';
import type { SimulationReport } from './simulation-report.js';

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
