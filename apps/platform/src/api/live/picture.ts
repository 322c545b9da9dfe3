import type { EnergyPlan, EnergyProblem } from '#libs/energy';
import type { EpochMs } from '#libs/kernel';
import type { Hold, Plan, PlanKind } from '#libs/planning';
import type { Override, PointRow, ReadingRow } from '#libs/store';
import type { StatusMessage } from '#libs/telemetry';
import type { DispatchPlan, DispatchProblem } from '#libs/transport';

import type { ClockView } from '../../health/broker-watch.js';

export type StoredEnergyPlan = Plan<EnergyProblem, EnergyPlan>;
export type StoredDispatchPlan = Plan<DispatchProblem, DispatchPlan>;
export type PlanHead = Omit<Plan, 'problem' | 'content'>;

/** What a kind has: the plan to show (active, else the newest), the newest that waits, and the hold of a roll-back. */
export interface KindPicture<P extends Plan> {
  readonly plan: P | undefined;
  readonly proposed: PlanHead | undefined;
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
  /** What control last wrote about queues. */
  readonly estimate: unknown;
  readonly findGateway: (venue: string, gateway: string) => StatusMessage | undefined;
}

const KINDS: readonly PlanKind[] = ['dispatch', 'energy'];
