import type { PolicyDay } from '#libs/simulation';

/** What a worker begins with. */
export interface WorkerStart {
  /** Of the scenario. */
  readonly folder: string;
}

/** One policy on one drawn day. */
export interface ReplicationTask {
  readonly policy: string;
  readonly replication: number;
  readonly seed: number;
}

/** How far a task is, its result, or why there is none. */
export type ReplicationAnswer = { readonly ratio: number } | { readonly day: PolicyDay } | { readonly failure: string };
