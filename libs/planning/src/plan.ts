import type { EpochMs } from '#libs/kernel';

export type PlanKind = 'dispatch' | 'energy';

/**
 * proposed -> approved -> active -> superseded | rolled_back; proposed -> rejected | superseded.
 * A rolled-back plan gave way to an earlier one, which is active again.
 */
export type PlanState = 'proposed' | 'approved' | 'active' | 'superseded' | 'rejected' | 'rolled_back';

/** What a plan was made from, so that it can be replayed and explained. */
export interface Provenance {
  readonly forecast_run: string | null;
  /** Latest event time of the readings used. */
  readonly data_up_to_ms: number | null;
  readonly pack_version: string;
  readonly solver: string;
  readonly solver_status: 'optimal' | 'feasible' | 'timed_out' | 'infeasible';
  readonly seed: number;
  readonly objective: number | null;
  readonly bound: number | null;
  readonly gap_ratio: number | null;
  readonly solve_ms: number;
}

/** A plan as it is stored. `problem` is the planner's whole input, `content` its output: documents of the domain's own types. */
export interface Plan<Problem = unknown, Content = unknown> {
  readonly id: string;
  readonly kind: PlanKind;
  /** Counts up within a kind; receivers ignore a lower one. */
  readonly seq: number;
  readonly state: PlanState;
  readonly created: EpochMs;
  readonly valid_until: EpochMs;
  readonly provenance: Provenance;
  readonly problem: Problem;
  readonly content: Content;
}

/** One step in a plan's life. `by` is a person or `policy`. */
export interface PlanEvent {
  readonly plan: string;
  readonly at: EpochMs;
  readonly state: PlanState;
  readonly by: string;
  readonly reason: string | null;
}
