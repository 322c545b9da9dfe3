import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import { lineListSchema, lineSchema } from '../../../apps/platform/src/api/lines/line.schema.js';
import { overviewSchema } from '../../../apps/platform/src/api/live/overview.schema.js';
import { dispatchPlan, energyPlan, minute } from '../../../apps/platform/src/api/live/plan.fixture.js';
import { planListSchema, planSchema } from '../../../apps/platform/src/api/plans/plan.schema.js';
import { problemSchema } from '../../../apps/platform/src/api/problem/problem.js';
import { seriesSchema, venueListSchema, venueSchema } from '../../../apps/platform/src/api/venues/venue.schema.js';
import { eventually, RunningApi } from './running-api.js';

describe('the api role', () => {
  let api: RunningApi;

  const read = async <T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> => {
    const response = await api.get(path);
    expect([response.status, path]).toEqual([200, path]);
    return schema.parse(await response.json());
  };
  const readProblem = async (response: Response) => {
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    return problemSchema.parse(await response.json());
  };

  beforeAll(async () => {
    api = await RunningApi.start();
    await api.tellTime(minute(5));
    await api.tellStatus('marshall', 'gw-marshall', 'online');
    for (const [at, count] of [
      [0, 4],
      [1, 6],
      [2, 2],
    ] as const)
      await api.addReading('marshall', 'gates.count_in', minute(at), count);
    await api.addReading('marshall', 'load.active_power', minute(3), 100);
    await api.addReading('marshall', 'load.active_power', minute(4), 130);
    await api.addReading('marshall', 'main.active_power', minute(4), 290);
    await api.addReading('library', 'main.active_power', minute(4), 140);
  });
  afterAll(() => api.close());

  describe('readiness', () => {
    it('is live before it is ready, and says what is missing', async () => {
      expect((await api.get('/health/live')).status).toBe(200);
      const response = await eventually(
        () => api.get('/health/ready'),
        () => true,
      );
      expect(response.status).toBe(503);
      expect((await readProblem(response)).detail).toMatch('a first dispatch plan, a first energy plan');
    });

    it('is ready with a first plan of each kind', async () => {
      await api.addPlan(dispatchPlan('active'));
      await api.addPlan(energyPlan('active'));
      const response = await eventually(
        () => api.get('/health/ready'),
        ({ ok }) => ok,
      );
      expect(response.status).toBe(200);
    });
  });

  describe('overview', () => {
    it('shows readings, plans, venues, lines, feeders and gateways', async () => {
      const overview = await eventually(
        () => read('/api/v1/overview', overviewSchema),
        ({ plans, clock }) => plans.energy !== null && clock.state === 'online',
      );
      expect(overview.now).toBeGreaterThanOrEqual(minute(5));
      expect(overview.now).toBeLessThan(minute(15));
      expect(overview.readings).toEqual({ stored: 7, imported: 0, rejected: 0 });
      expect(overview.plans.dispatch).toMatchObject({ id: 'dispatch-1', state: 'active', cost: { without_plan: 40 } });
      expect(overview.plans.energy).toMatchObject({ id: 'energy-1', state: 'active', proposed: null, hold: null });
      expect(overview.plans.energy?.age_seconds).toBeGreaterThanOrEqual(300);
      expect(overview.venues.map(({ id }) => id)).toEqual(api.pack.venues.map(({ id }) => id));
      expect(overview.venues[0]).toMatchObject({
        load_kw: 130,
        grid_kw: 290,
        import_limit_kw: 300,
        planned_grid_kw: 100,
      });
      expect(overview.feeders.find(({ id }) => id === 'north')).toMatchObject({ load_kw: 430, limit_kw: 440 });
      expect(overview.gateways[0]).toMatchObject({ id: 'gw-marshall', state: 'online', buffered: 3 });
      expect(overview.lines[0]).toMatchObject({
        id: 'A',
        queue: 9,
        mean_wait_seconds: 120,
        next_departures: [{ departs_ms: minute(10) }, { departs_ms: minute(20) }],
      });
    });

    it('is made once a second for everyone', async () => {
      const texts = await Promise.all(
        Array.from({ length: 20 }, async () => (await api.get('/api/v1/overview')).text()),
      );
      expect(new Set(texts).size).toBeLessThanOrEqual(2);
    });
  });

  describe('venues', () => {
    it('lists them', async () => {
      expect((await read('/api/v1/venues', venueListSchema)).venues).toHaveLength(api.pack.venues.length);
    });

    it('gives one with its points and its plan', async () => {
      const venue = await read('/api/v1/venues/marshall', venueSchema);
      expect(venue.points.find(({ point }) => point === 'load.active_power')?.latest).toEqual({
        ts_ms: minute(4),
        value: 130,
        quality: 'good',
        reasons: [],
      });
      expect(venue.plan).toMatchObject({ id: 'energy-1', import_kw: [100, 90], slot_ms: 900_000 });
    });

    it('averages power and sums counts', async () => {
      const window = `from=${minute(0)}&to=${new Date(minute(5)).toISOString()}&step=5m`;
      const power = await read(`/api/v1/venues/marshall/series?point=load.active_power&${window}`, seriesSchema);
      expect(power).toMatchObject({
        unit: 'kW',
        step_seconds: 300,
        steps: [{ ts_ms: minute(0), value: 115, count: 2 }],
      });
      const gates = await read(`/api/v1/venues/marshall/series?point=gates.count_in&${window}`, seriesSchema);
      expect(gates.steps).toMatchObject([{ value: 12, min: 2, max: 6, last: 2 }]);
    });

    it('takes the last day of event time when no time is said', async () => {
      const series = await read('/api/v1/venues/marshall/series?point=load.active_power', seriesSchema);
      const step = series.step_seconds * 1_000;
      const dayBefore = series.to_ms - 86_400_000;
      expect([step, series.from_ms]).toEqual([300_000, Math.floor(dayBefore / step) * step]);
      expect(series.steps).toHaveLength(1);
    });

    it.each([
      ['/api/v1/venues/arena', 404, /There is no venue "arena".*marshall/],
      ['/api/v1/venues/arena/series?point=load.active_power', 404, /arena/],
      ['/api/v1/venues/marshall/series?point=load', 404, /no point "load".*load.active_power/],
      ['/api/v1/venues/marshall/series', 400, /point/],
      ['/api/v1/venues/marshall/series?point=load.active_power&from=noon', 400, /from: give epoch milliseconds/],
      ['/api/v1/venues/marshall/series?point=load.active_power&step=1s', 400, /at most 5000/],
      ['/api/v1/venues/marshall/series?point=load.active_power&stop=1', 400, /stop/],
      ['/api/v1/venues/marshall/series?point=a&point=b', 400, /point/],
      [`/api/v1/venues/marshall/series?point=load.active_power&from=${minute(2)}&to=${minute(1)}`, 400, /before/],
    ])('answers %s by %p', async (path, status, detail) => {
      const response = await api.get(path);
      const problem = await readProblem(response);
      expect(response.status).toBe(status);
      expect(problem).toMatchObject({ status, detail: expect.stringMatching(detail), instance: path.split('?')[0] });
    });
  });

  describe('lines and plans', () => {
    it('lists lines and gives one', async () => {
      expect((await read('/api/v1/lines', lineListSchema)).lines).toHaveLength(api.pack.transport.lines.length);
      const line = await read('/api/v1/lines/A', lineSchema);
      expect(line).toMatchObject({
        id: 'A',
        departures: [{ departs_ms: minute(10) }, {}],
        plan: { queue: [8, 9, 0, 0, 0, 0] },
      });
      expect((await api.get('/api/v1/lines/Z')).status).toBe(404);
    });

    it('lists plans, by kind and state', async () => {
      expect((await read('/api/v1/plans', planListSchema)).plans).toHaveLength(2);
      const { plans } = await read('/api/v1/plans?kind=energy&state=active&limit=1', planListSchema);
      expect(plans.map(({ id }) => id)).toEqual(['energy-1']);
      expect((await read('/api/v1/plans?state=rejected', planListSchema)).plans).toEqual([]);
    });

    it('gives a plan with its problem, content, life and outcomes', async () => {
      const { plan, ...outcome } = { plan: 'energy-1', seq: 1, kind: 'setpoint' as const, target: 'marshall/battery' };
      const { operations } = api.database.store;
      const { created } = energyPlan('active');
      await operations.addOutcomes([{ plan, ...outcome, state: 'applied', reason: null, measured: -9.5, at: created }]);
      const found = await read('/api/v1/plans/energy-1', planSchema);
      expect(found.events.map(({ state }) => state)).toEqual(['proposed', 'approved', 'active']);
      expect(found.outcomes).toMatchObject([{ target: 'marshall/battery', state: 'applied', measured: -9.5 }]);
      expect(found.content).toEqual(energyPlan('active').content);
      expect(found.problem).toEqual(energyPlan('active').problem);
    });

    it.each([
      ['/api/v1/plans/none', 404],
      ['/api/v1/plans?kind=water', 400],
      ['/api/v1/plans?limit=0', 400],
      ['/api/v1/plans?limit=201', 400],
      ['/api/v1/nothing', 404],
      ['/nothing', 404],
    ])('answers %s by %p', async (path, status) => {
      const response = await api.get(path);
      expect(response.status).toBe(status);
      expect(await readProblem(response)).toMatchObject({ status });
    });
  });

  describe('pages for people and machines', () => {
    it('documents every route', async () => {
      const document = await read('/api/openapi.json', z.looseObject({ paths: z.record(z.string(), z.unknown()) }));
      expect(Object.keys(document.paths).sort()).toEqual([
        '/api/v1/alarms',
        '/api/v1/alarms/{id}/acknowledge',
        '/api/v1/energy',
        '/api/v1/gateways',
        '/api/v1/holds/{kind}',
        '/api/v1/ledger',
        '/api/v1/lines',
        '/api/v1/lines/{id}',
        '/api/v1/lines/{id}/live',
        '/api/v1/login',
        '/api/v1/network',
        '/api/v1/overrides',
        '/api/v1/overrides/{id}',
        '/api/v1/overview',
        '/api/v1/plans',
        '/api/v1/plans/{id}',
        '/api/v1/plans/{id}/approve',
        '/api/v1/plans/{id}/reject',
        '/api/v1/plans/{id}/rollback',
        '/api/v1/points',
        '/api/v1/rejected',
        '/api/v1/roads',
        '/api/v1/sessions/{id}/state',
        '/api/v1/simulations',
        '/api/v1/simulations/compare',
        '/api/v1/simulations/scenarios',
        '/api/v1/simulations/vocabulary',
        '/api/v1/simulations/{id}',
        '/api/v1/simulations/{id}/cancel',
        '/api/v1/simulations/{id}/indicators.csv',
        '/api/v1/simulations/{id}/report.html',
        '/api/v1/stream',
        '/api/v1/vehicles',
        '/api/v1/vehicles/{id}',
        '/api/v1/vehicles/{id}/track',
        '/api/v1/venues',
        '/api/v1/venues/{id}',
        '/api/v1/venues/{id}/series',
        '/gtfs-rt/{file}',
        '/gtfs/schedule.zip',
        '/health/live',
        '/health/ready',
        '/metrics',
      ]);
      expect(JSON.stringify(document.paths['/api/v1/overview'])).toContain('import_limit_kw');
      expect(JSON.stringify(document.paths['/api/v1/overrides'])).toContain('until_ms');
      expect(JSON.stringify(document.paths['/api/v1/venues/{id}/series'])).toContain('"name":"step"');
    });

    it('documents the MQTT topics', async () => {
      const response = await api.get('/api/asyncapi.yaml');
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/yaml; charset=utf-8']);
      const text = await response.text();
      expect(text).toMatch(/^asyncapi: 3\.0\.0$/m);
      expect(text).toContain('address: venueflow/v1/{venue}/{gateway}/readings');
    });

    it('shows the OpenAPI page from this host alone', async () => {
      const page = await (await api.get('/api/docs')).text();
      expect(page).toContain('swagger-ui');
      expect(page).not.toMatch(/(src|href)="https?:/);
      const [script] = /docs\/swagger-ui-bundle\.js/.exec(page) ?? [];
      expect((await api.get(`/api/${script ?? ''}`)).status).toBe(200);
      expect((await api.get('/api/docs/swagger-ui-init.js')).status).toBe(200);
    });

    it('serves the console, its hashed files for ever', async () => {
      const page = await api.get('/');
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(page.headers.get('content-security-policy')).toMatch("default-src 'self'");
      const file = await api.get('/assets/page-1a2b3c.js');
      expect(file.headers.get('cache-control')).toMatch(/immutable/);
      expect((await api.get('/assets/gone.js')).status).toBe(404);
    });

    it('gives Prometheus its text', async () => {
      const text = await (await api.get('/metrics')).text();
      expect(text).toMatch(/^venueflow_alarms_active\{priority="high"\} [1-9]/m);
    });

    it('answers only to the names of this machine', async () => {
      const { hostname, port } = new URL(api.url);
      const status = await import('node:http').then(
        ({ get }) =>
          new Promise<number | undefined>((resolve) => {
            get({ hostname, port, path: '/api/v1/overview', headers: { Host: 'evil.example' } }, (response) => {
              response.resume();
              resolve(response.statusCode);
            });
          }),
      );
      expect(status).toBe(403);
    });
  });
});
