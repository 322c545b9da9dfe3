import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { z } from 'zod';

import { startEmbeddedPostgres } from '#libs/store';

import { openTestDatabase, type TestDatabase } from '../database.js';
import { getJson, RunningPlatform } from './running-platform.js';

const MINUTE_MS = 60_000;

const overviewShape = z.object({
  now: z.number(),
  readings: z.object({ stored: z.number(), rejected: z.number() }),
  plans: z.record(
    z.enum(['dispatch', 'energy']),
    z.object({ id: z.string(), state: z.string(), age_seconds: z.number() }),
  ),
  venues: z.array(z.object({ id: z.string(), load_kw: z.number(), pv_kw: z.number(), import_limit_kw: z.number() })),
  lines: z.array(z.object({ id: z.string(), next_departures: z.array(z.unknown()), queue: z.number() })),
  gateways: z.array(z.object({ state: z.string(), published: z.number(), buffered: z.number() })),
});

const overview = async (url: string) => overviewShape.parse(await getJson(`${url}/api/v1/overview`));

/** Processes whose command line names the folder. */
const processesOf = (folder: string): readonly string[] =>
  spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(folder));

/** Event time runs sixty times as fast: readings of ten event-minutes come in ten seconds. */
const AT_SPEED = ['--speed', '60'];

describe('the whole way, from the recording to the plans', () => {
  let home: string;
  let shared: TestDatabase | undefined;
  let environment: Record<string, string>;
  let platform: RunningPlatform;
  let url: string;
  let published = 0;

  /** Counts published readings in the table itself, once the platform has stopped. */
  const countStored = async (): Promise<number> => {
    const server = shared ? undefined : await startEmbeddedPostgres({ directory: join(home, 'postgres') });
    const client = new pg.Client({ connectionString: shared?.url ?? server?.url });
    try {
      await client.connect();
      const { rows } = await client.query<{ count: string }>('select count(*) from reading where quality < 16');
      return Number(rows[0]?.count);
    } finally {
      await client.end();
      await server?.stop();
    }
  };

  /** What the gateways counted at the last moment before the stop: their status is retained, and stored as it comes. */
  const publishedByGateways = async (): Promise<number> => {
    const { gateways } = await overview(url);
    return gateways.reduce((sum, gateway) => sum + gateway.published, 0);
  };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'venueflow-whole-way-'));
    // Against an external server the suite takes a fresh database there; otherwise the platform's own embedded one.
    shared = process.env['DATABASE_URL'] ? await openTestDatabase() : undefined;
    environment = shared ? { DATABASE_URL: shared.url } : {};
    platform = await RunningPlatform.start(home, AT_SPEED, environment);
    url = await platform.ready(180_000);
  }, 200_000);

  afterAll(async () => {
    await platform.stop();
    await shared?.close();
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it('says that it is ready as its last line', () => {
    expect(platform.lines.at(-1)).toBe(`Venueflow is ready: ${url}`);
  });

  it('shows readings of every venue, fresh plans and nothing rejected', async () => {
    await delay(10_000);
    const { readings, plans, venues, lines } = await overview(url);
    expect(readings.stored).toBeGreaterThan(100);
    expect(readings.rejected).toBe(0);
    expect(plans.dispatch).toMatchObject({ state: 'active' });
    expect(plans.dispatch.age_seconds).toBeLessThan((3 * MINUTE_MS) / 1000);
    expect(plans.energy).toMatchObject({ state: 'active' });
    expect(plans.energy.age_seconds).toBeLessThan((7 * MINUTE_MS) / 1000);
    expect(venues).toHaveLength(5);
    expect(lines).toHaveLength(6);
  }, 30_000);

  it('goes on after kill -9 of the whole platform, and event time does not run back', async () => {
    const { now } = await overview(url);
    await platform.kill();
    platform = await RunningPlatform.start(home, AT_SPEED, environment);
    url = await platform.ready(60_000);
    expect((await overview(url)).now).toBeGreaterThan(now);
    await delay(5_000);
    expect((await overview(url)).readings.rejected).toBe(0);
  }, 90_000);

  it('ends within ten seconds of SIGTERM, leaves no process and no lock', async () => {
    published = await publishedByGateways();
    const { code, seconds } = await platform.stop();
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(10);
    expect(processesOf(home)).toEqual([]);
    expect(existsSync(join(home, 'platform.pid'))).toBe(false);
    expect(existsSync(join(home, 'postgres', 'data', 'postmaster.pid'))).toBe(false);
  }, 30_000);

  it('has stored every published reading once', async () => {
    // The gateways go on publishing between the look and the stop; what they counted in the end they tell at the next start.
    platform = await RunningPlatform.start(home, [...AT_SPEED, '--no-replay'], environment);
    url = await platform.ready(60_000);
    const after = await publishedByGateways();
    await platform.stop();
    expect(after).toBeGreaterThanOrEqual(published);
    expect(await countStored()).toBe(after);
  }, 90_000);
});
