import type { MeasuredPoint } from '../replay/measured-day.js';
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
  /** What was measured on the day: it is run again with that. Absent: with the pack's recordings. */
  readonly measured?: readonly MeasuredPoint[];
}

/** How far a task is, its result, or why there is none. */
export type ReplicationAnswer = { readonly ratio: number } | { readonly day: PolicyDay } | { readonly failure: string };
