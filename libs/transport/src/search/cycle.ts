/** A compound move of one class: arcs that close, so that every vehicle stays somewhere. */
export interface Cycle {
  readonly vehicles: number;
  readonly arcs: readonly number[];
  /** Sum of the arcs' costs. */
  readonly estimate: number;
}

/** Savings below this are rounding. */
export const WORTHWHILE = 1e-6;
