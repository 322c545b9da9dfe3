import type { EnergyPlan, EnergyProblem } from '#libs/energy';
import type { EpochMs } from '#libs/kernel';
import { type Hold, isFresh, type Plan } from '#libs/planning';
import type { GatewayState, SessionState, Override, PointRow, ReadingRow } from '#libs/store';
import type { DispatchContent, DispatchProblem } from '#libs/transport';

import type { History } from '../../control/history/history-document.js';
import type { ClockView } from '../../health/broker-watch.js';
import type { Estimate } from './estimate.js';

export type StoredEnergyPlan = Plan<EnergyProblem, EnergyPlan>;
export type StoredDispatchPlan = Plan<DispatchProblem, DispatchContent>;
export type PlanHead = Omit<Plan, 'problem' | 'content'>;

/** What a kind has: the plan to show (active, else the newest), the newest that waits for a person, and the hold of a roll-back. */
export interface KindPicture<P extends Plan> {
  readonly plan: P | undefined;
  readonly proposed: P | undefined;
  readonly hold: Hold | undefined;
}

/** Everything read for one overview, at one moment of event time. */
export interface Picture {
  readonly now: EpochMs;
  readonly clock: ClockView;
  readonly totals: { readonly stored: number; readonly imported: number; readonly rejected: number };
  readonly points: readonly PointRow[];
  readonly latest: ReadonlyMap<number, ReadingRow>;
  readonly energy: KindPicture<StoredEnergyPlan>;
  readonly dispatch: KindPicture<StoredDispatchPlan>;
  readonly overrides: readonly Override[];
  /** The import of history, while it is under way. */
  readonly importing: History | null;
  /** What control last wrote about queues and departures. */
  readonly estimate: Estimate;
  readonly gateways: readonly GatewayState[];
  /** What was said of sessions in the last day. */
  readonly sessions: readonly SessionState[];
}

/** The plan while it is followed; undefined when it waits, was replaced or has run out. */
export const findInForce = <P extends Plan>({ plan }: Pick<KindPicture<P>, 'plan'>, now: EpochMs): P | undefined =>
  plan?.state === 'active' && isFresh(plan, now) ? plan : undefined;
