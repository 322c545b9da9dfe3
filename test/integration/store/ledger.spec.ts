import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs } from '#libs/kernel';
import type { LedgerStore, NewSimulation, SimulationStore } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';

const run = (id: string): NewSimulation => ({
  id,
  title: `Run ${id}`,
  scenario: {},
  packVersion: '1',
  replications: 1,
  policies: 1,
  by: 'ledger',
  created: epochMs(0),
  measured: null,
  happened: null,
});
const nothing = () => Promise.resolve();
const dayOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);

describe('the pages of the ledger', () => {
  let database: TestDatabase;
  let ledger: LedgerStore;
  let simulations: SimulationStore;

  beforeAll(async () => {
    database = await openTestDatabase();
    ({ ledger, simulations } = database.store);
  });
  afterAll(async () => {
    await database.close();
  });

  it('have one run at a time, and none twice', async () => {
    await Promise.all([ledger.open('2026-01-01'), ledger.open('2026-01-01'), ledger.open('2026-01-02')]);
    const asked = await Promise.all(['a', 'b'].map((id, at) => ledger.request(`2026-01-0${at + 1}`, run(id), nothing)));
    expect(asked.filter(Boolean)).toHaveLength(1);
    const [first, second] = asked[0] ? (['01', '02'] as const) : (['02', '01'] as const);
    await simulations.fail(asked[0] ? 'a' : 'b', 'The moon was full.');
    expect(await ledger.request(`2026-01-${first}`, run('c'), nothing)).toBe(false);
    expect(await ledger.request(`2026-01-${second}`, run('c'), nothing)).toBe(true);
    expect(await ledger.request('2026-01-03', run('d'), nothing)).toBe(false);
    await simulations.cancel('c');
  });

  it('are not asked for when their jobs cannot be added', async () => {
    await ledger.open('2026-01-03');
    const broken = () => Promise.reject(new Error('no queue'));
    await expect(ledger.request('2026-01-03', run('d'), broken)).rejects.toThrow('no queue');
    expect(await simulations.find('d')).toBeUndefined();
    expect((await ledger.list())[0]).toMatchObject({ day: '2026-01-03', run: null });
  });

  it('are open until they have a prediction or none is to come, and what happened is settled', async () => {
    const open = async () => (await ledger.listOpen()).map(({ day }) => day);
    const outcome = { counted: epochMs(5), liveRatio: 1, outcome: { departures: 7 } };
    await ledger.saveFailure('2026-01-01', 'Nobody did.');
    await ledger.saveOutcome('2026-01-01', { ...outcome, settled: true });
    await ledger.savePrediction('2026-01-02', epochMs(4), { departures: { mean: 7, low: 6, high: 8 } });
    await ledger.saveOutcome('2026-01-02', { ...outcome, settled: false });
    await ledger.saveOutcome('2026-01-03', { ...outcome, settled: true });
    expect(await open()).toEqual(['2026-01-02', '2026-01-03']);
    await ledger.saveOutcome('2026-01-02', { ...outcome, settled: true });
    expect(await open()).toEqual(['2026-01-03']);
    expect((await ledger.list())[1]).toMatchObject({
      day: '2026-01-02',
      predicted: 4,
      prediction: { departures: { mean: 7, low: 6, high: 8 } },
      counted: 5,
      outcome: { departures: 7 },
    });
    // Their runs are gone with that.
    expect(await Promise.all(['a', 'b', 'c'].map((id) => simulations.find(id)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('stay while people run much, whose runs go', async () => {
    expect(await ledger.request('2026-01-03', run('e'), nothing)).toBe(true);
    await simulations.cancel('e');
    for (let number = 0; number < 52; number++) {
      await simulations.add({ ...run(`p${number}`), created: epochMs(number + 1) }, nothing);
      await simulations.cancel(`p${number}`);
    }
    expect(await simulations.find('e')).toBeDefined();
    expect(await simulations.find('p0')).toBeUndefined();
  });

  it('are four hundred at most', async () => {
    for (let number = 0; number < 402; number++) await ledger.open(dayOf(30_000 + number));
    const days = (await ledger.list()).map(({ day }) => day);
    expect([days.length, days[0], days.at(-1)]).toEqual([400, dayOf(30_401), dayOf(30_002)]);
  });
});
