import type { EpochMs } from '#libs/kernel';
import type { Metrics } from '#libs/observability';
import {
  effectivePolicy,
  findHold,
  type Hold,
  holdName,
  isFresh,
  type Plan,
  type PlanEvent,
  type PlanKind,
  type PlanState,
  type Policy,
  statesBefore,
} from '#libs/planning';
import type { OperationsStore, PlanStore } from '#libs/store';

/** A plan as a cycle made it, before it has a name and a state. */
export type Draft = Omit<Plan, 'id' | 'kind' | 'seq' | 'state'>;

export interface DeskContext {
  readonly plans: PlanStore;
  readonly states: Pick<OperationsStore, 'getState'>;
  readonly metrics: Pick<Metrics, 'planState'>;
}

const AUTHOR = 'policy';
/** More proposals or approved plans than this are never open at once. */
const OPEN_PLANS = 50;

/** The plans of one kind: proposed, made active by policy or by a person, replaced. */
export class PlanDesk {
  private cached: Plan | undefined;

  constructor(
    readonly kind: PlanKind,
    private readonly policy: Policy,
    private readonly context: DeskContext,
  ) {}

  /** Stores a draft as proposed; an automatic kind makes it active at once, unless a roll-back holds it. */
  async propose(draft: Draft): Promise<Plan> {
    const { plans } = this.context;
    const seq = await plans.nextSeq(this.kind);
    const plan: Plan = { ...draft, id: `${this.kind}-${seq}`, kind: this.kind, seq, state: 'proposed' };
    const older = await this.listOpen('proposed');
    await plans.insert(plan, this.event(plan.id, draft.created, 'proposed', null));
    this.count('proposed');
    for (const { id } of older) await this.supersede(id, draft.created, `${plan.id} is newer.`);
    if ((await this.policyAt(draft.created)) === 'automatic' && (await this.approve(plan, draft.created)))
      await this.activate(plan.id, draft.created);
    return plan;
  }

  /** What people did since the last look: approved plans become active, those that came too late are put away. */
  async pickUpApproved(now: EpochMs): Promise<void> {
    const [newest, ...older] = await this.listOpen('approved');
    for (const { id } of older) await this.supersede(id, now, 'A newer plan was approved.');
    if (!newest) return;
    if (isFresh(newest, now)) await this.activate(newest.id, now);
    else await this.supersede(newest.id, now, 'It was approved after it had run out.');
  }

  /** The active plan, also when it has run out; read anew only when another one became active. */
  async findActive(): Promise<Plan | undefined> {
    const [active] = await this.context.plans.list({ kind: this.kind, state: 'active', limit: 1 });
    if (!active) this.cached = undefined;
    else if (active.id !== this.cached?.id) this.cached = await this.context.plans.find(active.id);
    return this.cached;
  }

  /** A proposal that waits for a person, younger than `patienceMs` and still worth a decision. */
  async findWaiting(now: EpochMs, patienceMs: number): Promise<Omit<Plan, 'problem' | 'content'> | undefined> {
    if ((await this.policyAt(now)) === 'automatic') return undefined;
    const [newest] = await this.listOpen('proposed');
    return newest && isFresh(newest, now) && now - newest.created < patienceMs ? newest : undefined;
  }

  /** Puts away proposals that have run out while nobody decided. */
  async clearExpired(now: EpochMs): Promise<void> {
    for (const plan of await this.listOpen('proposed'))
      if (!isFresh(plan, now)) await this.supersede(plan.id, now, 'It ran out before anyone decided.');
  }

  private async policyAt(now: EpochMs): Promise<Policy> {
    return effectivePolicy(this.policy, await this.findHold(now));
  }

  private async findHold(now: EpochMs): Promise<Hold | undefined> {
    return findHold(await this.context.states.getState(holdName(this.kind)), now);
  }

  private async approve(plan: Plan, now: EpochMs): Promise<boolean> {
    const event = this.event(plan.id, now, 'approved', null);
    const done = await this.context.plans.transition(plan.id, statesBefore('approve'), event);
    if (done) this.count('approved');
    return done;
  }

  private async activate(id: string, now: EpochMs): Promise<void> {
    const before = await this.findHold(now);
    const [previous] = await this.context.plans.list({ kind: this.kind, state: 'active', limit: 1 });
    if (!(await this.context.plans.activate(id, this.event(id, now, 'active', null), 'superseded'))) return;
    this.count('active');
    if (previous) this.count('superseded');
    // A roll-back may have come in between: the person's word stands.
    const hold = await this.findHold(now);
    if (before || !hold || hold.plan === id) return;
    const event = { ...this.event(hold.plan, now, 'active', hold.reason), by: hold.by };
    if (!(await this.context.plans.activate(hold.plan, event, 'rolled_back'))) return;
    this.count('rolled_back');
    this.count('active');
  }

  private async supersede(id: string, now: EpochMs, reason: string): Promise<void> {
    const event = this.event(id, now, 'superseded', reason);
    if (await this.context.plans.transition(id, ['proposed', 'approved'], event)) this.count('superseded');
  }

  private listOpen(state: PlanState): Promise<readonly Omit<Plan, 'problem' | 'content'>[]> {
    return this.context.plans.list({ kind: this.kind, state, limit: OPEN_PLANS });
  }

  private event(plan: string, at: EpochMs, state: PlanState, reason: string | null): PlanEvent {
    return { plan, at, state, by: AUTHOR, reason };
  }

  private count(state: PlanState): void {
    this.context.metrics.planState.inc({ kind: this.kind, state });
  }
}
