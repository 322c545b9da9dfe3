import type { PolicyDay } from '../replications/compare-days.js';
import type { Scenario } from '../scenario.js';

/** One policy of a scenario on one drawn day. */
export interface ReplicationTask {
  /** Absolute folder of the Games pack; `scenario.pack` is not read. */
  readonly packDirectory: string;
  readonly scenario: Scenario;
  readonly policy: string;
  /** From nought. The first is sampled over the day. */
  readonly replication: number;
}

/** How far a task is, its result, or why there is none. */
export type ReplicationAnswer = { readonly ratio: number } | { readonly day: PolicyDay } | { readonly failure: string };
