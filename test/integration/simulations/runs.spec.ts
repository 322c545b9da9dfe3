import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { dayWindow } from '#libs/simulation';
import { z } from 'zod';

import { RunningApi } from '../api/running-api.js';
import { RunningPlatform } from '../platform/running-platform.js';

const figures = z.record(
  z.string(),
  z.record(z.string(), z.object({ mean: z.number(), half_width: z.number().nullable() })),
);
const runShape = z.object({
  id: z.string(),
  state: z.string(),
  progress: z.number(),
  failure: z.string().nullable(),
  kept: z.boolean(),
  days_done: z.number(),
  days: z.number(),
  means: figures,
  differences: figures,
  scenario: z.record(z.string(), z.unknown()),
  replay: z.boolean(),
  happened: z.record(z.string(), z.number()).nullable(),
});
type Run = z.infer<typeof runShape>;

/** Two policies that plan nothing: a few seconds a day. */
const quick = {
  title: 'A short one',
  day: '2026-11-24',
  seed: 1,
  replications: 1,
  overlays: [],
  policies: {
    idle: { dispatch: 'timetable', energy: 'idle' },
    rule: { dispatch: 'timetable', energy: 'rule' },
  },
  baseline: 'idle',
  cadence: { energy_minutes: 15, dispatch_minutes: 15 },
  effort: { moves: 0 },
};
/** Longer than any of these tests. */
const long = {
  ...quick,
  title: 'A long one',
  replications: 4,
  policies: { ...quick.policies, planned: { dispatch: 'dispatch_with_forecast', energy: 'planned' } },
  effort: { moves: 2000 },
};

/** Days have the lowest priority: on a machine with much else to do they wait for it. */
const DAY_MS = 240_000;

describe('what-if runs', () => {
  const home = mkdtempSync(join(tmpdir(), 'venueflow-runs-'));
  let api: RunningApi;
  let workers: RunningPlatform[] = [];

  const startWorker = async (games = 'campus-replay'): Promise<RunningPlatform> => {
    const words = ['--roles', 'simulate', '--games', games];
    const worker = await RunningPlatform.start(join(home, String(Math.random())), words, {
      DATABASE_URL: api.database.url,
      MQTT_URL: '',
    });
    workers.push(worker);
    await worker.ready();
    return worker;
  };
  const start = async (scenario: object): Promise<Run> => {
    const response = await api.post('/api/v1/simulations', scenario);
    expect(response.status).toBe(201);
    return runShape.parse(await response.json());
  };
  const get = async (id: string): Promise<Run> =>
    runShape.parse(await (await api.get(`/api/v1/simulations/${id}`)).json());
  const until = async (id: string, passes: (run: Run) => boolean, limitMs: number): Promise<Run> => {
    const end = Date.now() + limitMs;
    let run = await get(id);
    while (!passes(run) && Date.now() < end) {
      await delay(200);
      run = await get(id);
    }
    return run;
  };
  const isState = (state: string) => (run: Run) => run.state === state;

  beforeAll(async () => {
    // No broker and no live event: what-if runs ask for neither.
    api = await RunningApi.start();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    workers = [];
  }, 30_000);
  afterAll(async () => {
    await api.close();
    rmSync(home, { recursive: true, force: true });
  });

  it(
    'are queued, taken by a worker, and done with figures, a report and a table',
    async () => {
      const { id, state, days } = await start(quick);
      expect({ state, days }).toEqual({ state: 'queued', days: 2 });
      expect((await api.get(`/api/v1/simulations/${id}/report.html`)).status).toBe(409);
      await startWorker();
      const done = await until(id, isState('done'), DAY_MS);
      expect(done).toMatchObject({ state: 'done', progress: 1, days_done: 2, failure: null });
      const saved = done.differences['rule']?.['energy_cost']?.mean ?? 0;
      expect(saved).toBeCloseTo(
        (done.means['rule']?.['energy_cost']?.mean ?? 0) - (done.means['idle']?.['energy_cost']?.mean ?? 0),
      );
      // Batteries do not drive.
      expect(done.differences['rule']?.['mean_wait_s']?.mean).toBe(0);
      const csv = await (await api.get(`/api/v1/simulations/${id}/indicators.csv`)).text();
      expect(csv).toMatch(/^policy,replication,indicator,value\n/);
      expect(csv).toContain(`rule,0,energy_cost,${done.means['rule']?.['energy_cost']?.mean}`);
      const report = await api.get(`/api/v1/simulations/${id}/report.html`);
      expect(report.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'; sandbox$/);
      expect(await report.text()).toMatch(/A short one[\s\S]*The first day[\s\S]*People who wait/);
    },
    2 * DAY_MS,
  );

  it(
    'are the same again by the document that they give',
    async () => {
      const { simulations } = (await (await api.get('/api/v1/simulations')).json()) as {
        simulations: { id: string }[];
      };
      const before = await get(simulations[0]?.id ?? '');
      const { id } = await start(before.scenario);
      await startWorker();
      const after = await until(id, isState('done'), DAY_MS);
      expect(after.means).toEqual(before.means);
      const compared = (await (await api.get(`/api/v1/simulations/compare?ids=${before.id},${id}`)).json()) as {
        runs: object[];
        differences: Record<string, Record<string, Record<string, { mean: number }>>>;
      };
      expect(compared.runs).toHaveLength(2);
      expect(compared.differences[id]?.['rule']?.['energy_cost']?.mean).toBe(0);
      expect((await api.get(`/api/v1/simulations/compare?ids=${id}`)).status).toBe(400);
      expect((await api.get(`/api/v1/simulations/compare?ids=${[1, 2, 3, 4, 5].map(() => id).join()}`)).status).toBe(
        400,
      );
    },
    2 * DAY_MS,
  );

  it(
    'go on in another worker when the first is killed in the middle of a day',
    async () => {
      const { id } = await start({ ...long, replications: 1, effort: { moves: 100 } });
      const first = await startWorker();
      // The two quick policies are saved, the third is under way.
      const begun = await until(id, (run) => run.days_done === 2 && run.progress > 0.7, DAY_MS);
      expect(begun).toMatchObject({ state: 'running', days_done: 2 });
      await first.kill();
      workers = [];
      await startWorker();
      const done = await until(id, isState('done'), DAY_MS);
      expect(done).toMatchObject({ state: 'done', days_done: 3 });
      const jobs = async () => {
        const { rows } = await api.database.store.pool.query<{ state: string; retry_count: number }>(
          `select state, retry_count from pgboss.job where name = 'simulation-day' and data->>'run' = $1`,
          [id],
        );
        return rows;
      };
      // The run is done with its last day; the job a moment after that.
      const end = Date.now() + 10_000;
      while ((await jobs()).some(({ state }) => state === 'active') && Date.now() < end) await delay(50);
      expect(await jobs()).toEqual([{ state: 'completed', retry_count: 1 }]);
    },
    3 * DAY_MS,
  );

  it(
    'stop within seconds when they are cancelled, and the worker takes the next',
    async () => {
      const { id } = await start(long);
      await startWorker();
      await until(id, isState('running'), 60_000);
      const next = await start({ ...quick, title: 'The next' });
      const response = await api.post(`/api/v1/simulations/${id}/cancel`, {});
      expect(response.status).toBe(200);
      expect(await get(id)).toMatchObject({ state: 'cancelled' });
      expect((await api.post(`/api/v1/simulations/${id}/cancel`, {})).status).toBe(409);
      const begun = await until(next.id, (run) => run.state !== 'queued', 15_000);
      expect(begun.state).not.toBe('queued');
      await until(next.id, isState('done'), DAY_MS);
      expect((await get(id)).days_done).toBeLessThan(12);
    },
    2 * DAY_MS,
  );

  it('say so in a sentence when a day cannot be run', async () => {
    const { id } = await start(quick);
    await api.database.store.pool.query(`update simulation_run set pack_version = 'older' where id = $1`, [id]);
    await startWorker();
    const failed = await until(id, isState('failed'), 30_000);
    expect(failed.failure).toMatch(/version older of the pack campus-replay.*Start it again\.$/);
    await Promise.all(workers.map((worker) => worker.stop()));
    const other = await start(quick);
    await startWorker('milano-cortina-2026');
    expect((await until(other.id, isState('failed'), DAY_MS)).failure).toMatch(
      /has 1 of milano-cortina-2026\. Start it again\.$/,
    );
  }, 60_000);

  it(
    'run a past day again with what was measured on it, beside what happened',
    async () => {
      const day = '2026-11-24';
      const { start: from, end } = dayWindow({ day }, api.pack);
      /** Why it is refused, as soon as the clock's message has come. */
      const refusal = async (says: RegExp): Promise<string> => {
        let message = '';
        for (let tries = 0; tries < 100 && !says.test(message); tries++) {
          if (tries > 0) await delay(100);
          const response = await api.post('/api/v1/simulations', { ...quick, replay: true });
          expect(response.status).toBe(422);
          message = ((await response.json()) as { errors: { message: string }[] }).errors[0]?.message ?? '';
        }
        return message;
      };
      await api.tellTime(end - 60_000);
      expect(await refusal(/not/)).toBe('A day that is over can be run again; this one is not.');
      await api.tellTime(end + 60_000);
      expect(await refusal(/measured/)).toBe('0 % of its minutes were measured, and 90 % are needed to run it again.');

      // Each venue with a meter takes 100 kW all day and drives no battery; loads are 80 kW, there is no sun, and five people a minute pass each counter.
      const known = await api.database.store.listPoints();
      const values: Record<string, number> = {
        load_power: 80,
        pv_power: 0,
        grid_power: 100,
        count_in: 5,
        count_out: 5,
      };
      await api.database.store.readings.importHistory(
        (function* () {
          for (const { id, kind } of known) {
            const value = values[kind];
            if (value === undefined) continue;
            for (let ts: number = from; ts < end; ts += 60_000)
              yield { pointId: id, ts: epochMs(ts), value, quality: 0 };
          }
        })(),
      );
      const { operations } = api.database.store;
      await operations.addTrips([
        { line: 'A', pattern: 'A', vehicle: 'bull-01', departs: epochMs(from + 3_600_000), plan: 'p' },
      ]);
      const { id } = await start({ ...quick, replay: true });
      await startWorker();
      const done = await until(id, isState('done'), DAY_MS);
      expect(done).toMatchObject({ state: 'done', replay: true });
      const venues = known.filter(({ kind }) => kind === 'grid_power').length;
      expect(done.happened).toMatchObject({ departures: 1, peak_import_kw: expect.closeTo(100 * venues) });
      // What was measured is run, not what was recorded: without batteries every venue takes its load, and 0.2 kW that chilled water loses.
      const loads = known.filter(({ kind }) => kind === 'load_power').length;
      expect(done.means['idle']?.['peak_import_kw']?.mean).toBeCloseTo(80 * loads, 0);
      const price = (of: number | undefined) => of ?? NaN;
      expect(price(done.happened?.['energy_cost']) / price(done.means['idle']?.['energy_cost']?.mean)).toBeCloseTo(
        (100 * venues) / (80 * loads),
      );
    },
    2 * DAY_MS,
  );

  it('stay when they are kept', async () => {
    const { id } = await start({ ...quick, title: 'Kept' });
    const response = await fetch(`${api.url}/api/v1/simulations/${id}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ kept: true }),
    });
    expect(runShape.parse(await response.json()).kept).toBe(true);
    await api.post(`/api/v1/simulations/${id}/cancel`, {});
  });

  it('are refused with every fault, its place, value and advice', async () => {
    const refuse = async (document: object, status = 422) => {
      const response = await api.post('/api/v1/simulations', document);
      const problem = (await response.json()) as {
        status: number;
        errors: { path: string; message: string; value?: string }[];
      };
      expect(problem.status).toBe(status);
      return problem.errors;
    };
    const overlays = [
      { kind: 'session', session: 'nobody-2026-11-24', late_minutes: 10 },
      { kind: 'feeder_trip', feeder: 'south', from: '23:30', minutes: 45 },
      { kind: 'fleet', change: -999 },
      { kind: 'line', line: 'A', closed: true },
      { kind: 'line', line: 'A', headway_scale: 2 },
    ];
    const places = (await refuse({ ...quick, overlays })).map(({ path }) => path);
    expect(places).toEqual([
      'overlays[0].session',
      'overlays[1].minutes',
      'overlays[2]',
      expect.stringMatching(/^overlays\[4\]/),
      ...(places.length > 4 ? [expect.stringMatching(/^overlays\[4\]/)] : []),
    ]);
    expect(await refuse({ ...quick, overlays: [{ kind: 'attendance', scale: -1 }] })).toEqual([
      { path: 'overlays[0].scale', value: '-1', message: 'The number must be greater than 0.' },
    ]);
    expect(await refuse({ ...quick, replications: 51, effort: { moves: 2001 } })).toMatchObject([
      { path: 'replications', value: '51', message: 'At most 50 drawn days in a run.' },
      { path: 'effort.moves', value: '2001' },
    ]);
    expect(await refuse({ ...long, replications: 50 })).toMatchObject([{ path: 'replications', value: '150' }]);
    expect((await refuse({ ...quick, baseline: 'nobody', day: '2026-02-30' })).map(({ path }) => path)).toContain(
      'day',
    );
    const search = { policy: 'idle', target: { indicator: 'alarms', at_most: 0 }, candidates: [{ name: 'one', cost: 1, overlays: [] }] }; // prettier-ignore
    expect(await refuse({ ...quick, search })).toMatchObject([
      { path: 'search', message: expect.stringMatching(/--search/) },
    ]);
    expect((await refuse({ ...quick, file: '/etc/passwd' }))[0]).toMatchObject({ path: 'file' });
    expect((await refuse({})).length).toBeGreaterThan(4);
    // Its pack is ours, whatever it says.
    const { scenario, id } = await start({ ...quick, pack: '/etc' });
    expect(scenario['pack']).toBeUndefined();
    await api.post(`/api/v1/simulations/${id}/cancel`, {});
  });

  it('are offered with the names that their overlays may use', async () => {
    const { scenarios } = (await (await api.get('/api/v1/simulations/scenarios')).json()) as {
      scenarios: { name: string; scenario: object }[];
    };
    expect(scenarios.map(({ name }) => name)).toContain('session-late');
    expect(scenarios.map(({ name }) => name)).not.toContain('games-day');
    const words = (await (await api.get('/api/v1/simulations/vocabulary?day=2026-11-24')).json()) as Record<
      string,
      { id: string }[]
    >;
    expect(words['sessions']?.map(({ id }) => id)).toEqual(['event-03-2026-11-24']);
    expect(words['lines']?.map(({ id }) => id)).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
    for (const name of ['venues', 'feeders', 'batteries', 'counters']) expect(words[name]?.length).toBeGreaterThan(0);
    expect((await api.get('/api/v1/simulations/vocabulary?day=today')).status).toBe(400);
    expect((await api.get('/api/v1/simulations/000000000000')).status).toBe(404);
  });
});
