import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlanStore } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { at, eventOf, planOf } from './fixtures.js';

describe('plans', () => {
  let database: TestDatabase;
  let plans: PlanStore;

  beforeAll(async () => {
    database = await openTestDatabase();
    plans = database.store.plans;
  });
  afterAll(async () => {
    await database.close();
  });

  const propose = async (id: string, seq: number, by = 'policy') => {
    await plans.insert(planOf(id, 'dispatch', seq), eventOf(id, 'proposed', by, seq));
  };
  const approve = async (id: string) => plans.transition(id, ['proposed'], eventOf(id, 'approved'));
  const stateOf = async (id: string) => (await plans.find(id))?.state;

  it('are given numbers that never repeat, by kind', async () => {
    const numbers = await Promise.all(Array.from({ length: 20 }, () => plans.nextSeq('energy')));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(await plans.nextSeq('dispatch')).toBe(1);
  });

  it('come back as they were stored', async () => {
    await propose('first', 1);
    expect(await plans.find('first')).toEqual(planOf('first', 'dispatch', 1));
    expect(Object.keys((await plans.find('first'))?.problem ?? {})).toEqual(['z', 'a']);
    expect(await plans.find('nobody')).toBeUndefined();
    expect(await plans.findActive('dispatch')).toBeUndefined();
  });

  it('become active one after the other, each with its events', async () => {
    await propose('second', 2);
    expect(await plans.activate('first', eventOf('first', 'active'), 'superseded')).toBe(false);
    expect([await approve('first'), await approve('second')]).toEqual([true, true]);
    expect(await plans.activate('first', eventOf('first', 'active'), 'superseded')).toBe(true);
    expect(await plans.activate('second', eventOf('second', 'active', 'anna'), 'superseded')).toBe(true);
    expect((await plans.findActive('dispatch'))?.id).toBe('second');
    expect((await plans.events('first')).map(({ state, by }) => [state, by])).toEqual([
      ['proposed', 'policy'],
      ['approved', 'policy'],
      ['active', 'policy'],
      ['superseded', 'anna'],
    ]);
  });

  it('that were put away do not become active on the way forward', async () => {
    expect(await plans.activate('first', eventOf('first', 'active'), 'superseded')).toBe(false);
    expect([await stateOf('first'), await stateOf('second')]).toEqual(['superseded', 'active']);
  });

  it('roll back to an earlier one', async () => {
    expect(await plans.activate('first', eventOf('first', 'active', 'anna'), 'rolled_back')).toBe(true);
    expect([await stateOf('first'), await stateOf('second')]).toEqual(['active', 'rolled_back']);
  });

  it('move only from the states that they are expected in', async () => {
    await propose('third', 3);
    const reject = { ...eventOf('third', 'rejected', 'anna'), reason: 'too late' };
    expect(await plans.transition('third', ['approved'], reject)).toBe(false);
    expect(await plans.events('third')).toHaveLength(1);
    expect(await plans.transition('third', ['proposed', 'approved'], reject)).toBe(true);
    expect((await plans.events('third')).at(-1)).toEqual(reject);
    expect(await plans.activate('third', eventOf('third', 'active'), 'superseded')).toBe(false);
    expect(await stateOf('first')).toBe('active');
  });

  it('that two people decide on at once follow one of them', async () => {
    await propose('contested', 4);
    const done = await Promise.all(
      ['anna', 'ben', 'carla'].map((by) =>
        plans.transition('contested', ['proposed'], eventOf('contested', 'rejected', by)),
      ),
    );
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await plans.events('contested')).toHaveLength(2);
  });

  it('that are activated at once leave exactly one active, and every other superseded', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    for (const [index, id] of ids.entries()) {
      await propose(id, 10 + index);
      await approve(id);
    }
    await Promise.all(ids.map((id) => plans.activate(id, eventOf(id, 'active'), 'superseded')));
    const active = await plans.list({ kind: 'dispatch', state: 'active', limit: 10 });
    expect(active).toHaveLength(1);
    expect(active[0]).not.toHaveProperty('problem');
  });

  it('are listed newest first', async () => {
    const listed = await plans.list({ kind: 'dispatch', limit: 3 });
    expect(listed.map((plan) => plan.seq)).toEqual([13, 12, 11]);
    expect(await plans.list({ kind: 'energy', limit: 3 })).toEqual([]);
  });

  it('are listed by whether they were ever in force', async () => {
    const listed = await plans.list({ kind: 'dispatch', wasActive: true, limit: 100 });
    expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining(['a', 'b', 'c', 'd']));
    expect(listed.map(({ id }) => id)).not.toContain('contested');
    expect(await plans.list({ kind: 'dispatch', wasActive: true, state: 'superseded', limit: 2 })).toHaveLength(2);
  });

  it('are pruned when they are old, no person touched them and they are not active', async () => {
    await propose('untouched', 20);
    const active = (await plans.findActive('dispatch'))?.id;
    await plans.prune(at(21), at(0));
    const kept = (await plans.list({ limit: 100 })).map((plan) => plan.id);
    expect(kept).not.toContain('untouched');
    expect(kept).toEqual(expect.arrayContaining(['first', 'second', 'third', 'contested', active]));
    expect(await plans.events('untouched')).toEqual([]);
    expect((await plans.find('third'))?.problem).toEqual({ z: 1, a: [0.1, 0.2] });
  });

  it('keep their head and events but not their documents when they are older still, unless active', async () => {
    const active = await plans.findActive('dispatch');
    const events = await plans.events('third');
    await plans.prune(at(21), at(21));
    const third = { ...planOf('third', 'dispatch', 3, 'rejected'), problem: null, content: null };
    expect(await plans.find('third')).toEqual(third);
    expect(await plans.events('third')).toEqual(events);
    expect(await plans.findActive('dispatch')).toEqual(active);
  });
});
