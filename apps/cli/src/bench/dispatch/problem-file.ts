import { readFile, writeFile } from 'node:fs/promises';

import { errorMessage, formatFault } from '#libs/kernel';
import { type DispatchProblem as DispatchProblem, readInstance } from '#libs/transport';

import { BenchError } from '../process/bench-error.js';

/** As many faults as somebody reads at once. */
const FAULTS_SHOWN = 20;

/** The problem of an instance file. A BenchError says what is wrong with it. */
export const readProblem = async (file: string): Promise<DispatchProblem> => {
  let document: unknown;
  try {
    document = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new BenchError(`${file} cannot be read: ${errorMessage(error)}`);
  }
  const read = readInstance(file, document);
  if (read.ok) return read.value;
  const more = read.error.length - FAULTS_SHOWN;
  throw new BenchError(
    [...read.error.slice(0, FAULTS_SHOWN).map(formatFault), ...(more > 0 ? [`and ${more} faults more`] : [])].join(
      '\n',
    ),
  );
};

export const writeText = async (file: string, text: string): Promise<void> => {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new BenchError(`${file} cannot be written: ${errorMessage(error)}`);
  }
};
