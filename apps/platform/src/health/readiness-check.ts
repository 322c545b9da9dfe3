import { Inject, Injectable } from '@nestjs/common';
import { isFresh, type PlanKind } from '#libs/planning';

import { CONTEXT, needsBroker, type PlatformContext } from '../context.js';
import { HISTORY, isUnderWay, readHistory } from '../control/history/history-document.js';
import { BrokerWatch } from './broker-watch.js';

const KINDS: readonly PlanKind[] = ['dispatch', 'energy'];

/** What this process still lacks to do its work, in words; empty when it is ready. */
@Injectable()
export class ReadinessCheck {
  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly broker: BrokerWatch,
  ) {}

  async listMissing(): Promise<readonly string[]> {
    const { settings, store } = this.context;
    const broker = this.broker.connected || !needsBroker(settings.roles) ? [] : ['the broker'];
    if (!(await store.ping())) return ['the database', ...broker];
    if (!settings.roles.has('control') && !settings.roles.has('api')) return broker;
    const clock = this.broker.clockView().state === 'unknown' ? ['the event clock'] : [];
    return [...broker, ...clock, ...(await this.listMissingHistory()), ...(await this.listMissingPlans())];
  }

  private async listMissingHistory(): Promise<readonly string[]> {
    const history = readHistory(await this.context.store.operations.getState(HISTORY));
    if (!history || !isUnderWay(history)) return [];
    return [`the rest of the history (${Math.floor(100 * history.done_ratio)} % is there)`];
  }

  /** A plan that had run out before this start is no first plan. */
  private async listMissingPlans(): Promise<readonly string[]> {
    const now = this.broker.eventNow();
    const newest = await Promise.all(KINDS.map((kind) => this.context.store.plans.list({ kind, limit: 1 })));
    return KINDS.filter((_, i) => !newest[i]?.some((plan) => isFresh(plan, now))).map((kind) => `a first ${kind} plan`);
  }
}
