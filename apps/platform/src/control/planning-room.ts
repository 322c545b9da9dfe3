import type { Pack } from '#libs/games';
import type { Clock, EpochMs } from '#libs/kernel';
import type { LinearSolver } from '#libs/lp';
import type { Metrics } from '#libs/observability';
import type { Store } from '#libs/store';
import type { SlotHistories } from './history/slot-histories.js';
import type { PackPoints } from './points.js';

/** What a planning cycle works with. */
export interface PlanningRoom {
  readonly pack: Pack;
  readonly points: PackPoints;
  readonly store: Pick<Store, 'readings' | 'operations' | 'plans'>;
  readonly metrics: Metrics;
  readonly histories: SlotHistories;
  readonly solver: LinearSolver;
  /** Event time. */
  readonly now: () => EpochMs;
  readonly wall: Clock;
  /** Wall milliseconds for a solve. */
  readonly budgetMs: number;
  /** Event milliseconds that a proposal is left to a person before a newer one takes its place. */
  readonly patienceMs: number;
}
