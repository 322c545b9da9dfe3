import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { z } from 'zod';
import { getJson, RunningPlatform } from '../integration/platform/running-platform.js';
import { readQueries } from './dashboard.js';
import { expandPromql, expandSql } from './macros.js';
import { RunningPrometheus } from './running-prometheus.js';

const HOUR_MS = 3_600_000;
/** At --speed 60 that is an hour and a half of event time: every kind of plan, command and forecast has come by then. */
const PATIENCE_MS = 90_000;

const queries = await readQueries();

/**
 * Every query of every panel against a real Prometheus and the platform's database. Takes a platform that runs already
 * from VENUEFLOW_URL and DATABASE_URL; without VENUEFLOW_URL it starts one of its own.
 */
describe('the dashboard on a running platform', () => {
  const home = mkdtempSync(join(tmpdir(), 'venueflow-dashboard-'));
  let platform: RunningPlatform | undefined;
  let prometheus: RunningPrometheus | undefined;
  let database: pg.Client | undefined;
  let url = process.env['VENUEFLOW_URL'];

  beforeAll(async () => {
    // The embedded PostgreSQL of a root user runs as another one.
    chmodSync(home, 0o755);
    if (url === undefined) {
      platform = await RunningPlatform.start(home, ['--games', 'campus-replay', '--speed', '60', '--begin', '12:00']);
      url = await platform.ready();
    }
    const address = process.env['DATABASE_URL'] ?? readFileSync(join(home, 'database-url'), 'utf8').trim();
    database = new pg.Client(address);
    await database.connect();
    await database.query('set session characteristics as transaction read only');
    prometheus = await RunningPrometheus.start(new URL(url).host);
  }, 180_000);

  afterAll(async () => {
    await prometheus?.stop();
    await database?.end();
    await platform?.stop();
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it.each(queries.filter(({ expr }) => expr !== undefined))(
    'PromQL of $name returns data',
    async ({ expr = '', instant = false }) => {
      const until = Date.now() + PATIENCE_MS;
      const ask = async () => (await prometheus?.query(expandPromql(expr), instant)) ?? [];
      let values = await ask();
      while (values.length === 0 && Date.now() < until) {
        await delay(1_000);
        values = await ask();
      }
      expect(values.length).toBeGreaterThan(0);
    },
    PATIENCE_MS + 10_000,
  );

  it.each(queries.filter(({ rawSql }) => rawSql !== undefined))(
    'SQL of $name returns rows',
    async ({ rawSql = '', format }) => {
      const { now } = z.object({ now: z.number() }).parse(await getJson(`${url ?? ''}/api/v1/overview`));
      const answer = await database?.query<Record<string, unknown>>(expandSql(rawSql, now - 6 * HOUR_MS, now));
      const [row] = answer?.rows ?? [];
      if (!row) throw new Error('No rows.');
      if (format === 'time_series') expect(Object.keys(row).slice(0, 2)).toEqual(['time', 'metric']);
      const numbers = Object.entries(row).filter(([column]) => column !== 'time' && column !== 'metric');
      expect(numbers.map(([, value]) => Number(value)).every(Number.isFinite)).toBe(true);
      expect(numbers.length).toBeGreaterThan(0);
    },
  );

  it('there is something to check', () => {
    expect(queries.filter(({ expr }) => expr !== undefined).length).toBeGreaterThan(10);
    expect(queries.filter(({ rawSql }) => rawSql !== undefined).length).toBeGreaterThan(4);
  });

  it('promtool check metrics is clean', async () => {
    const metrics = await (await fetch(`${url ?? ''}/metrics`)).text();
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: metrics,
      encoding: 'utf8',
    });
    expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: '' });
  });
});
