import { Inject, Injectable } from '@nestjs/common';
import { effectivePolicy, findHold, holdName, type Plan, type PlanKind, type Policy } from '#libs/planning';
import { DAY_MS, type EpochMs, epochMs } from '#libs/kernel';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { type History, HISTORY, isUnderWay, readHistory } from '../../control/history/history-document.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { readEstimate } from './estimate.js';
import type { KindPicture, Picture, PlanHead, StoredDispatchPlan, StoredEnergyPlan } from './picture.js';
import { PointDirectory } from './point-directory.js';

/** Reads a picture from the store. A plan's content is read again only when another one is shown. */
@Injectable()
export class PictureReader {
  /** The plans of the last picture by id, with their content. */
  private shown: ReadonlyMap<string, Plan> = new Map();

  private isImported = false;

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
    const [latest, totals, energy, dispatch, overrides, gateways, document, sessions, importing] = await Promise.all([
      readings.latest(points.map(({ id }) => id)),
      readings.totals(),
      this.readKind<StoredEnergyPlan>('energy', now),
      this.readKind<StoredDispatchPlan>('dispatch', now),
      operations.listOverrides(now),
      operations.listGatewayStates(),
      operations.getState('estimate'),
      operations.listSessionStates(epochMs(now - DAY_MS)),
      this.readImporting(),
    ]);
    this.shown = new Map(
      [energy.plan, energy.proposed, dispatch.plan, dispatch.proposed].flatMap((plan) =>
        plan ? [[plan.id, plan]] : [],
      ),
    );
    return {
      now,
      clock,
      totals,
      points,
      latest,
      energy,
      dispatch,
      overrides,
      importing,
      estimate: readEstimate(document),
      gateways,
      sessions,
    };
  }

  /** Once it is over, it stays so. */
  private async readImporting(): Promise<History | null> {
    if (this.isImported) return null;
    const history = readHistory(await this.context.store.operations.getState(HISTORY));
    if (history && isUnderWay(history)) return history;
    this.isImported = history !== undefined;
    return null;
  }

  private async readKind<P extends Plan>(kind: PlanKind, now: EpochMs): Promise<KindPicture<P>> {
    const { plans, operations } = this.context.store;
    const [active, newest, proposed, document] = await Promise.all([
      plans.list({ kind, state: 'active', limit: 1 }),
      plans.list({ kind, limit: 1 }),
      plans.list({ kind, state: 'proposed', limit: 1 }),
      operations.getState(holdName(kind)),
    ]);
    const hold = findHold(document, now);
    // Under the automatic policy a proposal is on its way already.
    const waits = effectivePolicy(this.policyOf(kind), hold) === 'by_approval';
    return {
      plan: await this.content<P>(active[0] ?? newest[0]),
      proposed: waits ? await this.content<P>(proposed[0]) : undefined,
      hold,
    };
  }

  private policyOf(kind: PlanKind): Policy {
    const { transport, energy } = this.context.pack;
    return kind === 'dispatch' ? transport.approval : energy.approval;
  }

  /** What control stored under a kind is of this kind's type. */
  private async content<P extends Plan>(head: PlanHead | undefined): Promise<P | undefined> {
    if (!head) return undefined;
    const shown = this.shown.get(head.id);
    const plan = shown ? { ...shown, ...head } : await this.context.store.plans.find(head.id);
    // An old plan has lost its documents: there is nothing to show of it.
    return plan?.content === null ? undefined : (plan as P | undefined);
  }
}
