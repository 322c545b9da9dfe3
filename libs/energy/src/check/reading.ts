import { slotDuration } from '#libs/kernel';
import type { EnergyPlan, SitePlan } from '../plan.js';
import type { EnergyProblem, SiteProblem } from '../problem.js';

/** kW and kWh that rounding may take, or so many parts of a number above one. */
export const TOLERANCE = 2e-3;

/** A problem and a plan side by side, and where to say what is wrong. */
export interface Reading {
  readonly problem: EnergyProblem;
  readonly plan: EnergyPlan;
  /** Of a slot. */
  readonly hours: number;
  readonly slots: readonly number[];
  /** Says `message` unless `holds`. */
  readonly report: (holds: boolean, message: string) => void;
}

export interface SiteReading extends Reading {
  readonly site: SiteProblem;
  readonly of: SitePlan;
}

export const readingOf = (problem: EnergyProblem, plan: EnergyPlan, found: string[]): Reading => ({
  problem,
  plan,
  hours: slotDuration(problem.grid) / 3600,
  slots: Array.from({ length: problem.grid.count }, (_, slot) => slot),
  report: (holds, message) => {
    if (!holds) found.push(message);
  },
});

export const near = (a: number, b: number, tolerance = TOLERANCE): boolean =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));

/** Value of a plan's series; NaN, which nothing is near to, where it is missing. */
export const valueOf = (series: readonly number[] | undefined, slot: number): number => series?.[slot] ?? NaN;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
