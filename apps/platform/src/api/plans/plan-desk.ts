import { Inject, Injectable } from '@nestjs/common';
import { epochMs } from '#libs/kernel';
import {
  holdName,
  nextState,
  type Plan,
  type PlanAction,
  type PlanKind,
  rollBackTo,
  statesBefore,
} from '#libs/planning';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { ProblemError } from '../problem/problem.js';
import type { RollbackRequest } from './plan.schema.js';

/** What people do to plans. It is written to the database only; control picks it up within a second. */
@Injectable()
export class PlanDesk {
  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly broker: BrokerWatch,
  ) {}

  async getPlan(id: string): Promise<Plan> {
    const plan = await this.context.store.plans.find(id);
    if (!plan) throw new ProblemError(404, `There is no plan "${id}". GET /api/v1/plans lists the newest.`);
    return plan;
  }

  /** Approves or rejects. Throws a 409 when the plan is in no state for it, also when someone was faster. */
  async move(
    id: string,
    action: Extract<PlanAction, 'approve' | 'reject'>,
    by: string,
    reason: string | null,
  ): Promise<void> {
    const plan = await this.getPlan(id);
    const state = nextState(plan.state, action);
    if (!state.ok) throw new ProblemError(409, state.error);
    const event = { plan: id, at: this.broker.eventNow(), state: state.value, by, reason };
    if (!(await this.context.store.plans.transition(id, statesBefore(action), event)))
      throw new ProblemError(409, `Plan ${id} has just changed. Look at it again.`);
    this.context.metrics.planState.inc({ kind: plan.kind, state: state.value });
  }

  /** Makes an earlier plan active again; new plans of the kind then wait for a person until the hold ends. */
  async rollBack(id: string, request: RollbackRequest): Promise<void> {
    const { plans, operations } = this.context.store;
    const target = await this.getPlan(id);
    const rollback = rollBackTo({
      target,
      events: await plans.events(id),
      now: this.broker.eventNow(),
      by: request.by,
      reason: request.reason,
      ...(request.until_ms === undefined ? {} : { until: epochMs(request.until_ms) }),
    });
    if (!rollback.ok) throw new ProblemError(409, rollback.error);
    const { hold, event } = rollback.value;
    const before = await operations.getState(holdName(target.kind));
    // The hold comes first, so that no cycle slips in between.
    await operations.putState(holdName(target.kind), hold);
    if (await plans.activate(id, event, 'rolled_back')) {
      this.context.metrics.planState.inc({ kind: target.kind, state: event.state });
      return;
    }
    await operations.putState(holdName(target.kind), before ?? null);
    throw new ProblemError(409, `Plan ${id} has just changed. Look at it again.`);
  }

  /** Ends the hold of a roll-back: automatic plans become active again. */
  async resume(kind: PlanKind): Promise<void> {
    await this.context.store.operations.putState(holdName(kind), null);
  }
}
