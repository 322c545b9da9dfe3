import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { holdName, type Plan, type PlanEvent, type PlanState, type Policy, statesBefore } from '#libs/planning';
import type { PlanStore } from '#libs/store';
import { type Draft, PlanDesk } from './plan-desk.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);

/** A plan store in memory that keeps to the contract. */
const memory = () => {
  const kept = new Map<string, Plan>();
  const events: PlanEvent[] = [];
  let seq = 0;
  const move = (id: string, state: PlanState, event: PlanEvent) => {
    const plan = kept.get(id);
    if (plan) kept.set(id, { ...plan, state });
    events.push({ ...event, plan: id, state });
  };
  const activeOf = () => [...kept.values()].find(({ state }) => state === 'active');
  const plans: PlanStore = {
    nextSeq: () => Promise.resolve(++seq),
    insert: (plan, event) => {
      kept.set(plan.id, plan);
      events.push(event);
      return Promise.resolve();
    },
    transition: (id, from, event) => {
      const allowed = from.some((state) => state === kept.get(id)?.state);
      if (allowed) move(id, event.state, event);
      return Promise.resolve(allowed);
    },
    activate: (id, event, previousBecomes) => {
      const before = statesBefore(previousBecomes === 'superseded' ? 'activate' : 'reactivate');
      if (!before.some((state) => state === kept.get(id)?.state)) return Promise.resolve(false);
      const previous = activeOf();
      if (previous) move(previous.id, previousBecomes, event);
      move(id, 'active', event);
      return Promise.resolve(true);
    },
    find: (id) => Promise.resolve(kept.get(id)),
    findActive: () => Promise.resolve(activeOf()),
    list: ({ state, limit }) =>
      Promise.resolve(
        [...kept.values()]
          .filter((plan) => state === undefined || plan.state === state)
          .reverse()
          .slice(0, limit),
      ),
    events: (id) => Promise.resolve(events.filter(({ plan }) => plan === id)),
    prune: () => Promise.resolve(0),
  };
  return { plans, kept };
};

const draft = (created: number): Draft => ({
  created: at(created),
  valid_until: at(created + 90),
  provenance: {
    forecast_run: null,
    data_up_to_ms: null,
    pack_version: '1',
    solver: 'highs',
    solver_status: 'optimal',
    seed: 1,
    objective: 0,
    bound: 0,
    gap_ratio: 0,
    solve_ms: 1,
  },
  problem: {},
  content: {},
});

const bench = (policy: Policy) => {
  const { plans, kept } = memory();
  const documents = new Map<string, unknown>();
  const states = { getState: (name: string) => Promise.resolve(documents.get(name)) };
  const desk = new PlanDesk('energy', policy, { plans, states, metrics: new Metrics() });
  const stateOf = (id: string) => kept.get(id)?.state;
  const approve = (id: string) =>
    plans.transition(id, ['proposed'], { plan: id, at: at(0), state: 'approved', by: 'Ada', reason: null });
  return { desk, plans, documents, stateOf, approve };
};

describe('PlanDesk', () => {
  it('makes an automatic plan active in place of the one before', async () => {
    const { desk, stateOf } = bench('automatic');
    await desk.propose(draft(0));
    await desk.propose(draft(5));
    expect([stateOf('energy-1'), stateOf('energy-2')]).toEqual(['superseded', 'active']);
    expect((await desk.findActive())?.id).toBe('energy-2');
  });

  it('leaves a plan by approval to a person for a while, and then to a newer one', async () => {
    const { desk, stateOf } = bench('by_approval');
    await desk.propose(draft(0));
    expect((await desk.findWaiting(at(14), 15 * MINUTE_MS))?.id).toBe('energy-1');
    expect(await desk.findWaiting(at(15), 15 * MINUTE_MS)).toBeUndefined();
    await desk.propose(draft(15));
    expect([stateOf('energy-1'), stateOf('energy-2')]).toEqual(['superseded', 'proposed']);
  });

  it('follows an approval, of several the newest', async () => {
    const { desk, stateOf, plans, approve } = bench('by_approval');
    const first = await desk.propose(draft(0));
    await plans.insert({ ...first, id: 'energy-0' }, { plan: '', at: at(0), state: 'proposed', by: '', reason: null });
    await approve('energy-0');
    await approve('energy-1');
    await desk.pickUpApproved(at(1));
    expect([stateOf('energy-0'), stateOf('energy-1')]).toEqual(['active', 'superseded']);
  });

  it('leaves an approved plan away that a cycle put away while it was picked up', async () => {
    const { desk, plans, stateOf, approve } = bench('by_approval');
    await desk.propose(draft(0));
    await approve('energy-1');
    const event = { plan: 'energy-1', at: at(1), state: 'superseded' as const, by: 'policy', reason: 'newer' };
    const list: PlanStore['list'] = async (filter) => {
      const listed = await plans.list(filter);
      if (filter.state === 'approved') await plans.transition('energy-1', ['approved'], event);
      return listed;
    };
    const states = { getState: () => Promise.resolve(undefined) };
    const metrics = new Metrics();
    await new PlanDesk('energy', 'by_approval', { plans: { ...plans, list }, states, metrics }).pickUpApproved(at(1));
    expect(stateOf('energy-1')).toBe('superseded');
    expect(await metrics.text()).toContain('venueflow_plan_state_total{kind="energy",state="active"} 0');
  });

  it('puts away what was approved too late, or what nobody decided', async () => {
    const { desk, stateOf, approve } = bench('by_approval');
    await desk.propose(draft(0));
    await approve('energy-1');
    await desk.pickUpApproved(at(90));
    await desk.propose(draft(95));
    await desk.clearExpired(at(184));
    expect([stateOf('energy-1'), stateOf('energy-2')]).toEqual(['superseded', 'proposed']);
    await desk.clearExpired(at(185));
    expect(stateOf('energy-2')).toBe('superseded');
  });

  it('lets automatic plans wait while a roll-back holds the kind', async () => {
    const { desk, documents, stateOf } = bench('automatic');
    await desk.propose(draft(0));
    documents.set(holdName('energy'), { plan: 'energy-1', until_ms: at(60), at_ms: at(1), by: 'Ada', reason: 'r' });
    await desk.propose(draft(5));
    expect([stateOf('energy-1'), stateOf('energy-2')]).toEqual(['active', 'proposed']);
    await desk.propose(draft(60));
    expect(stateOf('energy-3')).toBe('active');
  });

  it('gives way to a roll-back that comes in while it activates', async () => {
    const { desk, plans, documents, stateOf } = bench('automatic');
    await desk.propose(draft(0));
    const activate = plans.activate.bind(plans);
    const late: PlanStore['activate'] = (id, event, previous) => {
      documents.set(holdName('energy'), { plan: 'energy-1', until_ms: at(60), at_ms: at(5), by: 'Ada', reason: 'r' });
      return activate(id, event, previous);
    };
    await new PlanDesk('energy', 'automatic', {
      plans: { ...plans, activate: late },
      states: { getState: (name) => Promise.resolve(documents.get(name)) },
      metrics: new Metrics(),
    }).propose(draft(5));
    expect([stateOf('energy-1'), stateOf('energy-2')]).toEqual(['active', 'rolled_back']);
  });
});
