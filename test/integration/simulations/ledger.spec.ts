import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EpochMs, epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { dayWindow } from '#libs/simulation';
import type { SimulationRun } from '#libs/store';

import { ledgerSchema } from '../../../apps/platform/src/api/ledger/ledger.schema.js';
import { HISTORY } from '../../../apps/platform/src/control/history/history-document.js';
import { LedgerKeeper } from '../../../apps/platform/src/ledger/ledger-keeper.js';
import { type HeldJob, JobQueue } from '../../../apps/platform/src/simulate/job-queue.js';
import { RunningApi } from '../api/running-api.js';

const WALL = epochMs(0);
const [FIRST, SECOND, THIRD, FOURTH] = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'];

/** One event over some days: the tests follow each other. The clock is handed in; what a worker would simulate is made up. */
describe('the ledger', () => {
  let api: RunningApi;
  let queue: JobQueue;
  let keeper: LedgerKeeper;

  const at = (day: string, hour: number): EpochMs => epochMs(dayWindow({ day }, api.pack).start + hour * HOUR_MS);
  const run = (day: string, hour: number) => keeper.run(at(day, hour), WALL);
  const read = async (query = '') => ledgerSchema.parse(await (await api.get(`/api/v1/ledger${query}`)).json());
  const readDay = async (day: string) => (await read()).days.find((page) => page.day === day);
  const take = async (): Promise<HeldJob> => {
    const job = await queue.take();
    if (!job) throw new Error('There is no job.');
    return job;
  };
  const find = (id: string): Promise<SimulationRun | undefined> => api.database.store.simulations.find(id);
  /** Does a job as a worker would: `departures` of 90 and a few, by replication. */
  const simulate = async (job: HeldJob): Promise<void> => {
    const { simulations } = api.database.store;
    await simulations.tell(job.run, job.replication, 0.5);
    const indicators = {
      energy_cost: 3000 + job.replication,
      peak_import_kw: 5000,
      over_limit_kwh: 0,
      carbon_kg: 100,
      departures: 90 + job.replication,
      mean_wait_s: 600,
    };
    await simulations.saveDay(job.run, { policy: 'live', replication: job.replication, indicators, samples: null });
    await queue.complete(job);
  };
  const simulateAll = async (): Promise<void> => {
    for (let job = await queue.take(); job; job = await queue.take()) await simulate(job);
  };
  /** Each meter takes 100 kW from an hour to another. */
  const live = async (day: string, from: number, to: number): Promise<void> => {
    const points = (await api.database.store.listPoints()).filter(({ kind }) => kind === 'grid_power');
    await api.database.store.readings.importHistory(
      (function* () {
        for (const { id } of points)
          for (let ts = at(day, from); ts < at(day, to); ts = epochMs(ts + MINUTE_MS))
            yield { pointId: id, ts, value: 100, quality: 0 };
      })(),
    );
  };

  beforeAll(async () => {
    api = await RunningApi.start();
    queue = new JobQueue({ store: api.database.store, settings: { roles: new Set() } });
    await queue.onModuleInit();
    keeper = new LedgerKeeper({ pack: api.pack, store: api.database.store }, queue);
  }, 60_000);
  afterAll(async () => {
    await queue.onApplicationShutdown();
    await api.close();
  });

  it('is empty before anything is live', async () => {
    expect(await read()).toEqual({ days: [], confidence: 0.95, accuracy: {} });
  });

  it('asks for the day that is under way, once, whoever asks', async () => {
    const other = new LedgerKeeper({ pack: api.pack, store: api.database.store }, queue);
    await Promise.all([run(FIRST, 10), other.run(at(FIRST, 10), WALL)]);
    await run(FIRST, 10);
    expect((await read()).days).toMatchObject([{ day: FIRST, state: 'predicting', timing: null, indicators: {} }]);
    const { rows } = await api.database.store.pool.query<{ replications: number; seed: number }>(
      `select replications, (scenario->>'seed')::integer as seed from simulation_run`,
    );
    expect(rows).toEqual([{ replications: 4, seed: 20261124 }]);
  });

  it('does not count among the runs of people, which go first', async () => {
    const list = async () => (await (await api.get('/api/v1/simulations')).json()) as { simulations: object[] };
    expect((await list()).simulations).toEqual([]);
    const person = {
      title: 'Of a person',
      day: FIRST,
      seed: 1,
      replications: 1,
      overlays: [],
      policies: { idle: { dispatch: 'timetable', energy: 'idle' } },
      baseline: 'idle',
      cadence: { energy_minutes: 15, dispatch_minutes: 15 },
      effort: { moves: 0 },
    };
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.post('/api/v1/simulations', person)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    for (let count = 0; count < 8; count++) {
      const job = await take();
      expect((await find(job.run))?.title).toBe('Of a person');
      await queue.complete(job);
      await api.post(`/api/v1/simulations/${job.run}/cancel`, {});
    }
    const job = await take();
    expect((await find(job.run))?.title).toBe(`Prediction of ${FIRST}`);
    await simulate(job);
  });

  it('takes the prediction in when its run is done, and lets the run go', async () => {
    await run(FIRST, 11);
    expect(await readDay(FIRST)).toMatchObject({ state: 'predicting' });
    await simulateAll();
    await run(FIRST, 11.5);
    const page = await readDay(FIRST);
    expect(page).toMatchObject({ state: 'predicted', timing: 'during', predicted_ms: at(FIRST, 11.5) });
    // 90, 91, 92 and 93 departures: Student's 3.1824 with three degrees of freedom.
    const off = 3.1824463 * Math.sqrt(5 / 3) * Math.sqrt(1.25);
    expect(page?.indicators['departures']?.predicted).toEqual({
      mean: 91.5,
      low: expect.closeTo(91.5 - off, 4),
      high: expect.closeTo(91.5 + off, 4),
    });
    expect(page?.indicators['mean_wait_s']).toBeUndefined();
    const { rows } = await api.database.store.pool.query('select from simulation_run where for_ledger');
    expect(rows).toEqual([]);
  });

  it('asks for the next day from noon on', async () => {
    await run(FIRST, 11.9);
    expect((await read()).days.map(({ day }) => day)).toEqual([FIRST]);
    await run(FIRST, 12);
    await simulateAll();
    await run(FIRST, 13);
    expect(await readDay(SECOND)).toMatchObject({ state: 'predicted', timing: 'before' });
  });

  it('says why there is no outcome of a day that was not live; the past that was imported is none', async () => {
    const { start: from_ms } = dayWindow({ day: FIRST }, api.pack);
    const begun = at(FIRST, 10);
    const history = { from_ms, to_ms: begun, until_ms: begun, done_ratio: 1 };
    await api.database.store.operations.putState(HISTORY, history);
    await live(FIRST, 0, 24);
    await run(SECOND, 0.9);
    expect(await readDay(FIRST)).toMatchObject({ state: 'predicted', why: null });
    await run(SECOND, 1);
    expect(await readDay(FIRST)).toMatchObject({
      state: 'not_live',
      live_ratio: expect.closeTo(14 / 24),
      why: 'It was live for 58 % of the day, and 90 % are needed to count what happened.',
    });
  });

  it('counts what happened as a replay does, also of readings that come later', async () => {
    const { operations } = api.database.store;
    const trips = Array.from({ length: 95 }, (_, minute) => ({
      line: 'A',
      pattern: 'A',
      vehicle: 'bull-01',
      departs: epochMs(at(SECOND, 8) + minute * MINUTE_MS),
      plan: 'p',
    }));
    await operations.addTrips(trips);
    await live(SECOND, 0, 22);
    await run(THIRD, 1);
    const early = await readDay(SECOND);
    await live(SECOND, 22, 24);
    await run(THIRD, 1.5);
    expect(await readDay(SECOND)).toEqual(early);
    await run(THIRD, 2);
    const meters = (await api.database.store.listPoints()).filter(({ kind }) => kind === 'grid_power').length;
    const whole = await readDay(SECOND);
    expect(early).toMatchObject({ state: 'compared', live_ratio: expect.closeTo(22 / 24) });
    expect(whole).toMatchObject({
      state: 'compared',
      timing: 'before',
      live_ratio: 1,
      indicators: {
        departures: { happened: 95, difference: 3.5, within: true },
        peak_import_kw: { happened: expect.closeTo(100 * meters), within: false },
      },
    });
    expect((await read()).accuracy).toMatchObject({
      departures: { days: 1, mean_error: 3.5, mean_absolute_error: 3.5, within: 1 },
      peak_import_kw: { days: 1, within: 0 },
    });
  });

  it('keeps a prediction that was not done before its day was over, and asks for one at a time', async () => {
    const late = await take();
    expect((await find(late.run))?.title).toBe(`Prediction of ${THIRD}`);
    await simulate(late);
    await run(THIRD, 20);
    await run(FOURTH, 2);
    expect((await read()).days).toMatchObject([
      { day: FOURTH, state: 'predicting' },
      { day: THIRD, state: 'predicting' },
      { day: SECOND },
      { day: FIRST },
    ]);
    await simulateAll();
    await run(FOURTH, 3);
    expect(await readDay(THIRD)).toMatchObject({ state: 'not_live', timing: 'late' });
    const next = await take();
    expect((await find(next.run))?.title).toBe(`Prediction of ${FOURTH}`);
    await queue.giveBack(next);
  });

  it('gives up a prediction that nobody had begun with when its day was over', async () => {
    await run('2026-11-28', 0);
    expect(await readDay(FOURTH)).toMatchObject({ state: 'not_predicted', timing: null });
    expect((await readDay(FOURTH))?.why).toMatch(/^Nobody had begun with its prediction when it was over\./);
    await run('2026-11-28', 0.1);
    await simulateAll();
    await run('2026-11-28', 0.2);
    expect(await readDay('2026-11-28')).toMatchObject({ state: 'predicted', timing: 'during' });
  });

  it('answers as many days as are asked for', async () => {
    expect((await read('?days=2')).days.map(({ day }) => day)).toEqual(['2026-11-28', FOURTH]);
    for (const days of ['0', '401', 'all']) expect((await api.get(`/api/v1/ledger?days=${days}`)).status).toBe(400);
  });
});
