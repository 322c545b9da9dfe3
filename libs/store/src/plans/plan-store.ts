import { type DataSource, type EntityManager, In, LessThan, Not, Raw } from 'typeorm';
import type { EpochMs } from '#libs/kernel';
import { type Plan, type PlanEvent, type PlanKind, type PlanState, statesBefore } from '#libs/planning';
import type { PlanStore } from '../contract.js';
import { LOCKS } from '../locks.js';
import { PlanEntity } from '../schema/entities/plan.js';
import { PlanEventEntity } from '../schema/entities/plan-event.js';
import { INSERT_PLAN, planValues, toPlan, toPlanEvent, toPlanSummary } from './plan-rows.js';

/** The states from which a plan can become active, by what becomes of the one before: what was put away comes back only by a roll-back. */
const MAY_BECOME_ACTIVE: Readonly<Record<'superseded' | 'rolled_back', readonly PlanState[]>> = {
  superseded: statesBefore('activate'),
  rolled_back: statesBefore('reactivate'),
};
const MOST_LISTED = 1_000;
const WAS_ACTIVE = (id: string): string =>
  `exists (select from plan_event where plan_event.plan = ${id} and plan_event.state = 'active')`;

export class PostgresPlanStore implements PlanStore {
  constructor(private readonly dataSource: DataSource) {}

  async nextSeq(kind: PlanKind): Promise<number> {
    const rows = await this.dataSource.query<{ seq: number }[]>(
      `insert into plan_sequence (kind, seq) values ($1, 1)
       on conflict (kind) do update set seq = plan_sequence.seq + 1 returning seq::float8`,
      [kind],
    );
    const [row] = rows;
    if (!row) throw new Error(`The sequence of ${kind} plans gave no number.`);
    return row.seq;
  }

  async insert(plan: Plan, event: PlanEvent): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(INSERT_PLAN, planValues(plan));
      await manager.insert(PlanEventEntity, { ...event });
    });
  }

  transition(id: string, from: readonly PlanState[], event: PlanEvent): Promise<boolean> {
    return this.dataSource.transaction((manager) => move(manager, id, from, event));
  }

  activate(id: string, event: PlanEvent, previousBecomes: 'superseded' | 'rolled_back'): Promise<boolean> {
    const before = MAY_BECOME_ACTIVE[previousBecomes];
    return this.dataSource
      .transaction(async (manager) => {
        // One at a time, so that two plans cannot each find no active one.
        await manager.query('select pg_advisory_xact_lock($1)', [LOCKS.activate]);
        const plan = await manager.findOneBy(PlanEntity, { id, state: In([...before]) });
        if (!plan) return false;
        const previous = await manager.findOneBy(PlanEntity, { kind: plan.kind, state: 'active' });
        if (previous) {
          await move(manager, previous.id, ['active'], { ...event, plan: previous.id, state: previousBecomes });
        }
        const done = await move(manager, id, before, { ...event, state: 'active' });
        // Someone rejected it since we looked: take the previous one's step back too.
        if (!done) throw new Overtaken();
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof Overtaken) return false;
        throw error;
      });
  }

  async find(id: string): Promise<Plan | undefined> {
    const row = await this.dataSource.manager.findOneBy(PlanEntity, { id });
    return row ? toPlan(row) : undefined;
  }

  async findActive(kind: PlanKind): Promise<Plan | undefined> {
    const row = await this.dataSource.manager.findOneBy(PlanEntity, { kind, state: 'active' });
    return row ? toPlan(row) : undefined;
  }

  async list(filter: {
    readonly kind?: PlanKind;
    readonly state?: PlanState;
    readonly wasActive?: boolean;
    readonly limit: number;
  }): Promise<readonly Omit<Plan, 'problem' | 'content'>[]> {
    const rows = await this.dataSource.manager.find(PlanEntity, {
      select: { id: true, kind: true, seq: true, state: true, created: true, validUntil: true, provenance: true },
      where: {
        ...(filter.kind === undefined ? {} : { kind: filter.kind }),
        ...(filter.state === undefined ? {} : { state: filter.state }),
        ...(filter.wasActive === true ? { id: Raw(WAS_ACTIVE) } : {}),
      },
      order: { created: 'DESC', seq: 'DESC' },
      take: Math.min(Math.max(filter.limit, 0), MOST_LISTED),
    });
    return rows.map(toPlanSummary);
  }

  async events(id: string): Promise<readonly PlanEvent[]> {
    const rows = await this.dataSource.manager.find(PlanEventEntity, { where: { plan: id }, order: { id: 'ASC' } });
    return rows.map(toPlanEvent);
  }

  async prune(before: EpochMs, documentsBefore: EpochMs): Promise<number> {
    const { affected } = await this.dataSource.manager
      .createQueryBuilder()
      .delete()
      .from(PlanEntity)
      .where({ created: LessThan(before), state: Not('active') })
      .andWhere(`not exists (select from plan_event where plan_event.plan = "plan".id and plan_event.by <> 'policy')`)
      .execute();
    await this.dataSource.query(
      `update plan set problem = 'null', content = 'null'
       where created < $1 and state <> 'active' and content::text <> 'null'`,
      [new Date(documentsBefore)],
    );
    return affected ?? 0;
  }
}

class Overtaken extends Error {}

/** One conditional update and its event: whoever comes second changes nothing. */
const move = async (
  manager: EntityManager,
  id: string,
  from: readonly PlanState[],
  event: PlanEvent,
): Promise<boolean> => {
  const { affected } = await manager.update(PlanEntity, { id, state: In([...from]) }, { state: event.state });
  if (affected !== 1) return false;
  await manager.insert(PlanEventEntity, { ...event, plan: id });
  return true;
};
