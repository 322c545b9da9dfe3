import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const count = z.number().int().min(0);

/** How far the buffer is emptied. A state that is older than the truth only sends some messages again. */
const progress = z.object({
  /** Up to here the platform has all, or it was given up. */
  forgotten: count,
  /** Readings up to there. */
  forgotten_total: count,
  /** Readings given up because the buffer was full or damaged. */
  dropped: count,
});

export type Progress = z.infer<typeof progress>;

const pathIn = (directory: string): string => join(directory, 'progress.json');

export const loadProgress = (directory: string): Progress | undefined => {
  try {
    return progress.safeParse(JSON.parse(readFileSync(pathIn(directory), 'utf8'))).data;
  } catch {
    return undefined;
  }
};

/** Whole or not at all: written beside and moved into place. */
export const saveProgress = (directory: string, value: Progress): void => {
  const beside = `${pathIn(directory)}.new`;
  writeFileSync(beside, JSON.stringify(value));
  renameSync(beside, pathIn(directory));
};
