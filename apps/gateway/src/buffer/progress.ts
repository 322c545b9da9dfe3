import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '#libs/kernel';
import { z } from 'zod';

const count = z.number().int().min(0);

/** How far the buffer is emptied. A state that is older than the truth only sends some messages again. */
const progress = z.object({
  /** Up to here the platform has all, or it was given up. As the lines of the disk are numbered. */
  forgotten: count,
  /** Readings up to there. */
  forgotten_total: count,
  /** Readings given up because the buffer was full or damaged. */
  dropped: count,
  /** Added to a line's seq it is the seq on the wire. */
  shift: z.number().int().default(0),
  /** The platform's receipts are known to be for this buffer's messages, not for those of one that was here before. */
  confirmed: z.boolean().default(false),
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

/** Whether the disk, or what one may use of it, is full. */
export const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '');

/** Whole or not at all: written beside and moved into place. False when the disk has no room for it. */
export const saveProgress = (directory: string, value: Progress): boolean => {
  const beside = `${pathIn(directory)}.new`;
  try {
    writeFileSync(beside, JSON.stringify(value));
    renameSync(beside, pathIn(directory));
    return true;
  } catch (error) {
    if (isFull(error) || errorCode(error) === 'EIO') return false;
    throw error;
  }
};
