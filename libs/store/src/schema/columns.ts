import type { ValueTransformer } from 'typeorm';
import { type EpochMs, epochMs } from '#libs/kernel';

/** timestamptz in the database, epoch milliseconds in the program. Operators in `where` are passed through. */
export const instant: ValueTransformer = {
  to: (value: unknown): unknown => (typeof value === 'number' ? new Date(value) : value),
  from: (value: Date | null): EpochMs | null => (value === null ? null : epochMs(value.getTime())),
};

/** bigint in the database; exact up to 2^53 in the program. */
export const wholeNumber: ValueTransformer = {
  to: (value: unknown): unknown => value,
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
};
