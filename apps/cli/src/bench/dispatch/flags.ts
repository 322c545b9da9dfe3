import { InvalidArgumentError } from 'commander';

import type { Disturbance, FleetSize } from '#libs/transport';

export interface DispatchBenchFlags {
  readonly lines: number;
  readonly slots: number;
  /** Of the instance and of the search. */
  readonly seed: number;
  readonly fleet: FleetSize;
  /** Ms. */
  readonly deadline: number;
  /** Ms for the integer model as a whole; absent: it is not solved. */
  readonly monolithic?: number;
  /** Ms for the same problem once more, with the same search; absent: it is not. */
  readonly reference?: number;
  /** File of a problem in place of a generated one. */
  readonly instance?: string;
  /** Files to write. */
  readonly mps?: string;
  readonly solution?: string;
  readonly disturb?: Disturbance;
  /** Ms for the plan that is in force when it happens; absent: the deadline. Live, a plan is renewed every minute and has had many times the deadline. */
  readonly before?: number;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, '': 1000, min: 60_000 };
const LONGEST_MS = 24 * 3_600_000;

/** `5`, `5s`, `500ms` or `2min` in ms; without a unit it is seconds. */
export const duration = (text: string): number => {
  const [, value, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text) ?? [];
  const ms = Number(value) * (UNITS[unit] ?? NaN);
  if (!(ms > 0 && ms <= LONGEST_MS))
    throw new InvalidArgumentError('It is a time above zero: 5 or 5s for seconds, 500ms, 2min.');
  return ms;
};
