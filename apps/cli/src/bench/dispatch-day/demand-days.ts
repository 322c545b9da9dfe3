import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { errorMessage, formatFault } from '#libs/kernel';
import { type DemandDay, demandDocument, makeDemandDay, readDemand } from '#libs/simulation';
import type { DispatchProblem } from '#libs/transport';

import { writeText } from '../dispatch/problem-file.js';
import { BenchError } from '../process/bench-error.js';

/** As many faults as somebody reads at once. */
const FAULTS_SHOWN = 20;

/** The day of a demand file. A BenchError says what is wrong with it. */
export const readDemandFile = async (
  instance: DispatchProblem,
  file: string,
  say: (line: string) => void,
): Promise<DemandDay> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new BenchError(`${file} cannot be read: ${errorMessage(error)}`);
  }
  const read = readDemand(instance, basename(file), text);
  if (!read.ok) {
    const more = read.error.length - FAULTS_SHOWN;
    const lines = [...read.error.slice(0, FAULTS_SHOWN).map(formatFault), ...(more > 0 ? [`and ${more} more`] : [])];
    throw new BenchError(lines.join('\n'));
  }
  const { day, forecast, after } = read.value;
  const source = { file: 'the file', previous_days: 'its previous days', instance: 'the instance' }[forecast];
  say(
    `${day.name}: the forecast is from ${source}${after > 0 ? `; ${after} rows are after the instance's time` : ''}.`,
  );
  return day;
};

/** So many days by seed; written to a folder if one is given. */
export const makeDemandDays = async (
  instance: DispatchProblem,
  seed: number,
  count: number,
  folder: string | undefined,
): Promise<readonly DemandDay[]> => {
  // Days of one instance are not those of the next.
  const days = Array.from({ length: count }, (_, index) => makeDemandDay(instance, seed * 1000 + index));
  if (folder === undefined) return days;
  await mkdir(folder, { recursive: true });
  for (const day of days) {
    await writeText(join(folder, `${day.name.replace(' ', '-')}.json`), JSON.stringify(demandDocument(instance, day)));
  }
  return days;
};
