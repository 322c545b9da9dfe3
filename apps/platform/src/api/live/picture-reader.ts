import { Inject, Injectable } from '@nestjs/common';
import { findHold, holdName, type Plan, type PlanKind } from '#libs/planning';
import type { EpochMs } from '#libs/kernel';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import type { KindPicture, Picture, PlanHead, StoredDispatchPlan, StoredEnergyPlan } from './picture.js';
import { PointDirectory } from './point-directory.js';

/** Reads a picture from the store. A plan's content is read again only when another plan is shown. */
@Injectable()
export class PictureReader {
  private readonly shown = new Map<PlanKind, Plan>();

  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly broker: BrokerWatch,
    private readonly directory: PointDirectory,
  ) {}

  async read(): Promise<Picture> {
    const { readings, operations } = this.context.store;
    const clock = this.broker.clockView();
    const now = clock.event_ms;
    const points = await this.directory.points();
    const [latest, totals, energy, dispatch, overrides, estimate] = await Promise.all([
      readings.latest(points.map(({ id }) => id)),
      readings.totals(),
      this.readKind<StoredEnergyPlan>('energy', now),
      this.readKind<StoredDispatchPlan>('dispatch', now),
      operations.listOverrides(now),
      operations.getState('estimate'),
    ]);
    const findGateway = this.broker.findGateway.bind(this.broker);
    return { now, clock, totals, points, latest, energy, dispatch, overrides, estimate, findGateway };
  }

  private async readKind<P extends Plan>(kind: PlanKind, now: EpochMs): Promise<KindPicture<P>> {
    const { plans, operations } = this.context.store;
    const [active, newest, proposed, hold] = await Promise.all([
      plans.list({ kind, state: 'active', limit: 1 }),
      plans.list({ kind, limit: 1 }),
      plans.list({ kind, state: 'proposed', limit: 1 }),
      operations.getState(holdName(kind)),
    ]);
    const head = active[0] ?? newest[0];
    return {
      // What control stored under this kind is of this kind's type.
      plan: (head && (await this.content(head))) as P | undefined,
      proposed: proposed[0],
      hold: findHold(hold, now),
    };
  }

  private async content(head: PlanHead): Promise<Plan | undefined> {
    const shown = this.shown.get(head.kind);
    if (shown?.id === head.id) return { ...shown, ...head };
    const plan = await this.context.store.plans.find(head.id);
    if (plan) this.shown.set(head.kind, plan);
    return plan;
  }
}
