import type { Pack } from '#libs/games';
import { explainChanges, type PlanChange } from '../explain/plan-changes.js';
import type { Departure, DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import type { ReliefAdvice } from '../model/advise-relief.js';
import { listUnserved, type Unserved } from '../model/list-unserved.js';
import { depotCharging, type DepotStay } from './depot-charging.js';
import { planOfBlocks } from './plan-of-blocks.js';
import { type DispatchReport, reportDispatch } from './report.js';
import { driveTimetable } from './timetable.js';

/** Stretches of people who wait too long that are kept with a plan, most waiting first. */
const MOST_UNSERVED = 50;

/** Whom a plan cannot serve in time, and what would help. */
export interface Shortage {
  readonly unserved: readonly Unserved[];
  /** Most worth first; empty where nothing was tried. */
  readonly reliefs: readonly ReliefAdvice[];
}

/** A plan as it is proposed, stored and read: `departures` begin with those that were too near to be changed. */
export interface DispatchContent extends DispatchPlan, DispatchReport {
  /** Cost of the timetable, driven by the same fleet for the same people. */
  readonly timetable_cost: number;
  /** Against the plan in force. */
  readonly changes: readonly PlanChange[];
  /** What people should know of the roads and of journeys that no line makes, in words. */
  readonly notices: readonly string[];
  readonly shortage: Shortage;
  /** At depots that venues feed, from the last hour on. Absent: nobody said which those are. */
  readonly charging?: readonly DepotStay[];
}

/** What is published of a plan: what people read of it, what the timetable would have cost, and what it changes. */
export const publishDispatch = (
  problem: DispatchProblem,
  plan: DispatchPlan,
  frozen: readonly Departure[],
  inForce: { readonly problem: DispatchProblem; readonly content: DispatchContent } | undefined,
  {
    notices = [],
    reliefs = [],
    transport,
  }: {
    readonly notices?: readonly string[];
    readonly reliefs?: readonly ReliefAdvice[];
    readonly transport?: Pick<Pack['transport'], 'depots'>;
  } = {},
): DispatchContent => {
  const departures = [...frozen, ...plan.departures];
  return {
    ...plan,
    ...reportDispatch(problem, plan),
    departures,
    timetable_cost: planOfBlocks(problem, driveTimetable(problem)).cost.total,
    changes: inForce
      ? explainChanges(
          { problem: inForce.problem, departures: inForce.content.departures, rides: inForce.content.rides },
          { problem, departures, rides: plan.rides },
        )
      : [],
    notices,
    shortage: { unserved: listUnserved(problem, plan).slice(0, MOST_UNSERVED), reliefs },
    ...(transport && { charging: depotCharging(transport, plan, inForce?.content.charging) }),
  };
};
