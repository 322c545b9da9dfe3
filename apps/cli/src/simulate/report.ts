import { appendFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  INDICATORS_CSV_HEAD,
  indicatorsCsv,
  indicatorsParquet,
  type PolicyDay,
  reportPage,
  type SimulationReport,
} from '#libs/simulation';

const CSV = 'indicators.csv';

/** Makes the folder and a table of indicators that grows day by day, so that a run that is cancelled leaves what it had. */
export const beginReport = async (folder: string): Promise<(day: PolicyDay) => void> => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, CSV), INDICATORS_CSV_HEAD);
  return (day) => appendFileSync(join(folder, CSV), indicatorsCsv(day));
};

/** Writes `report.html`, which asks no other file or host, and the table once more, in order, also as Parquet. */
export const writeReport = async (folder: string, report: SimulationReport): Promise<void> => {
  await Promise.all([
    writeFile(join(folder, 'report.html'), reportPage(report)),
    writeFile(join(folder, CSV), INDICATORS_CSV_HEAD + report.days.map(indicatorsCsv).join('')),
    writeFile(join(folder, 'indicators.parquet'), indicatorsParquet(report.days)),
  ]);
};
