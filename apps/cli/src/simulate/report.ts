import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { INDICATORS_CSV_HEAD, indicatorsCsv, reportPage, type SimulationReport } from '#libs/simulation';

/** Writes `report.html`, which asks no other file or host, and `indicators.csv` into a folder, which is made. */
export const writeReport = async (folder: string, report: SimulationReport): Promise<void> => {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'report.html'), reportPage(report)),
    writeFile(join(folder, 'indicators.csv'), INDICATORS_CSV_HEAD + report.days.map(indicatorsCsv).join('')),
  ]);
};
