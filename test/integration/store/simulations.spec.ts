import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import type { NewSimulation, SimulationDay, SimulationStore } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';

const run = (id: string, created = 0): NewSimulation => ({
  id,
  title: `Run ${id}`,
  scenario: { policies: { b: {}, a: {} } },
  packVersion: '1',
  replications: 2,
  policies: 2,
  by: 'Ada',
  created: epochMs(created),
  measured: null,
  happened: null,
});
const day = (policy: string, replication: number, wait = 1): SimulationDay => ({
  policy,
  replication,
  indicators: { mean_wait_s: wait },
  samples: replication === 0 ? [{ at_ms: 1 }] : null,
});
const nothing = () => Promise.resolve();

describe('simulation runs', () => {
  let database: TestDatabase;
  let simulations: SimulationStore;

  beforeAll(async () => {
    database = await openTestDatabase();
    ({ simulations } = database.store);
  });
  afterAll(async () => {
    await database.close();
  });

  it('are queued, under way, and done with their last day', async () => {
    expect(await simulations.add(run('whole'), nothing)).toBe(true);
    expect(await simulations.find('whole')).toMatchObject({ state: 'queued', progress: 0, kept: false, ended: null });
    expect(await simulations.tell('whole', 0, 0.5)).toBe(true);
    expect(await simulations.tell('whole', 1, 0.25)).toBe(true);
    expect(await simulations.find('whole')).toMatchObject({ state: 'running', progress: 0.375 });
    const days = [day('a', 0), day('a', 1), day('b', 0), day('b', 1)];
    // All at once: exactly one of them is the last.
    await Promise.all(days.map((one) => simulations.saveDay('whole', one)));
    expect(await simulations.find('whole')).toMatchObject({ state: 'done', progress: 1 });
    expect(await simulations.days('whole', { samples: true })).toEqual([
      day('a', 0),
      day('b', 0),
      day('a', 1),
      day('b', 1),
    ]);
    expect((await simulations.days('whole', { samples: false }))[0]?.samples).toBeNull();
    expect(await simulations.tell('whole', 0, 1)).toBe(false);
  });

  it('keep the order of their policies', async () => {
    const kept = (await simulations.find('whole'))?.scenario as { policies: object };
    expect(Object.keys(kept.policies)).toEqual(['b', 'a']);
  });

  it('have one row a day, however often it is saved', async () => {
    await simulations.add(run('twice'), nothing);
    await Promise.all([1, 2, 3].map((wait) => simulations.saveDay('twice', day('a', 0, wait))));
    await simulations.saveDay('twice', day('a', 0, 99));
    const days = await simulations.days('twice', { samples: false });
    expect(days).toHaveLength(1);
    expect(days[0]?.indicators['mean_wait_s']).toBeLessThan(99);
  });

  it('are cancelled once, and take no day after that', async () => {
    expect(await simulations.cancel('twice')).toBe(true);
    expect(await simulations.cancel('twice')).toBe(false);
    await simulations.saveDay('twice', day('b', 1));
    await simulations.fail('twice', 'too late');
    expect(await simulations.days('twice', { samples: false })).toHaveLength(1);
    expect(await simulations.find('twice')).toMatchObject({ state: 'cancelled', failure: null });
  });

  it('of a past day have what was measured on it', async () => {
    expect(await simulations.measured('whole')).toBeNull();
    await simulations.add(
      { ...run('replay'), measured: [{ values: [1, null] }], happened: { departures: 7 } },
      nothing,
    );
    expect(await simulations.measured('replay')).toEqual([{ values: [1, null] }]);
    expect(await simulations.find('replay')).toMatchObject({ replay: true, happened: { departures: 7 } });
    expect(JSON.stringify(await simulations.find('replay'))).not.toContain('measured');
    await simulations.cancel('replay');
  });

  it('fail with a sentence', async () => {
    await simulations.add(run('failing'), nothing);
    await simulations.fail('failing', 'The moon was full.');
    expect(await simulations.find('failing')).toMatchObject({ state: 'failed', failure: 'The moon was full.' });
  });

  it('are not added when their jobs cannot be', async () => {
    const broken = () => Promise.reject(new Error('no queue'));
    await expect(simulations.add(run('jobless'), broken)).rejects.toThrow('no queue');
    expect(await simulations.find('jobless')).toBeUndefined();
  });

  it('stand eight at a time', async () => {
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, number) => simulations.add(run(`n${number}`), nothing)),
    );
    expect(taken.filter(Boolean)).toHaveLength(8);
    const standing = (await simulations.list()).filter(({ state }) => state === 'queued');
    await Promise.all(standing.map(({ id }) => simulations.cancel(id)));
  });

  it('go when fifty newer ones have ended, but for those that are kept', async () => {
    expect(await simulations.keep('whole', true)).toBe('done');
    expect(await simulations.keep('nobody', true)).toBe('unknown');
    for (let number = 0; number < 60; number++) {
      await simulations.add(run(`m${number}`, 1_000 + number), nothing);
      await simulations.cancel(`m${number}`);
    }
    const ids = (await simulations.list()).map(({ id }) => id);
    expect(ids).toContain('whole');
    expect(ids).not.toContain('m0');
    expect(ids.slice(0, 2)).toEqual(['m59', 'm58']);
    // The last one ended after it was looked through.
    expect(ids).toHaveLength(52);
    await simulations.keep('whole', false);
    await simulations.add(run('last', 9_000), nothing);
    expect(await simulations.find('whole')).toBeUndefined();
    expect(await simulations.days('whole', { samples: false })).toEqual([]);
  });
});
