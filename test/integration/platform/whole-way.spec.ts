import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { z } from 'zod';

import { startEmbeddedPostgres } from '#libs/store';
import { QUALITY_IMPORTED } from '#libs/telemetry';

import { openTestBroker, type TestBroker } from '../broker.js';
import { openTestDatabase, type TestDatabase } from '../database.js';
import { getJson, RunningPlatform } from './running-platform.js';

const MINUTE_S = 60;

const glance = z.object({ id: z.string(), state: z.string(), age_seconds: z.number() }).nullable();
const overviewShape = z.object({
  now: z.number(),
  clock: z.object({ state: z.string() }),
  readings: z.object({ stored: z.number(), rejected: z.number() }),
  plans: z.object({ dispatch: glance, energy: glance }),
  venues: z.array(z.object({ id: z.string(), load_kw: z.number().nullable(), import_limit_kw: z.number() })),
  lines: z.array(z.object({ id: z.string(), next_departures: z.array(z.unknown()), queue: z.number().nullable() })),
});
type Overview = z.infer<typeof overviewShape>;

const isWhole = ({ clock, readings, plans, venues }: Overview): boolean =>
  clock.state === 'online' &&
  readings.stored > 100 &&
  venues.every(({ load_kw }) => load_kw !== null) &&
  (plans.dispatch?.age_seconds ?? Infinity) < 3 * MINUTE_S &&
  (plans.energy?.age_seconds ?? Infinity) < 7 * MINUTE_S;

const overview = async (url: string) => overviewShape.parse(await getJson(`${url}/api/v1/overview`));

/** On a busy machine a cycle may come late; a moment in which all of it holds has to come soon. */
const wholeOverview = async (url: string): Promise<Overview> => {
  const until = Date.now() + 60_000;
  let seen = await overview(url);
  while (!isWhole(seen) && Date.now() < until) {
    await delay(250);
    seen = await overview(url);
  }
  return seen;
};

/** Processes whose command line names the folder. */
const processesOf = (folder: string): readonly string[] =>
  spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(folder));

/** Event time runs sixty times as fast: readings of ten event-minutes come in ten seconds. */
const AT_SPEED = ['--games', 'campus-replay', '--speed', '60', '--begin', '12:00'];

describe('the whole way, from the recording to the plans', () => {
  let home: string;
  let shared: TestDatabase | undefined;
  let broker: TestBroker | undefined;
  let environment: Record<string, string>;
  let platform: RunningPlatform;
  let url: string;

  /** Once the platform has stopped: what the gateways said last that they published, and what the table holds of it. */
  const countAfterwards = async (): Promise<{ readonly published: number; readonly stored: number }> => {
    const server = shared ? undefined : await startEmbeddedPostgres({ directory: join(home, 'postgres') });
    const client = new pg.Client({ connectionString: shared?.url ?? server?.url });
    try {
      await client.connect();
      const { rows } = await client.query<{ published: string; stored: string }>(
        `select (select sum(published) from gateway) published,
                (select count(*) from reading where quality & ${QUALITY_IMPORTED} = 0) stored`,
      );
      return { published: Number(rows[0]?.published), stored: Number(rows[0]?.stored) };
    } finally {
      await client.end();
      await server?.stop();
    }
  };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'venueflow-whole-way-'));
    // The platform's own embedded servers, unless the suite runs against others.
    shared = process.env['DATABASE_URL'] ? await openTestDatabase() : undefined;
    broker = process.env['MOSQUITTO'] ? await openTestBroker() : undefined;
    environment = { DATABASE_URL: shared?.url ?? '', MQTT_URL: broker?.url ?? '' };
    platform = await RunningPlatform.start(home, AT_SPEED, environment);
    url = await platform.ready(180_000);
  }, 200_000);

  afterAll(async () => {
    await platform.stop();
    await broker?.close();
    await shared?.close();
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it('says that it is ready as its last line', () => {
    expect(platform.lines.at(-1)).toBe(`Venueflow is ready: ${url}`);
  });

  it('shows readings of every venue, fresh plans and nothing rejected', async () => {
    const seen = await wholeOverview(url);
    expect(seen.plans.dispatch).toMatchObject({ state: 'active' });
    expect(seen.plans.dispatch?.age_seconds).toBeLessThan(3 * MINUTE_S);
    expect(seen.plans.energy).toMatchObject({ state: 'active' });
    expect(seen.plans.energy?.age_seconds).toBeLessThan(7 * MINUTE_S);
    expect(seen.venues.map(({ load_kw }) => typeof load_kw)).toEqual(Array(5).fill('number'));
    expect(seen.lines).toHaveLength(6);
    expect(seen.readings).toMatchObject({ rejected: 0 });
    expect(seen.readings.stored).toBeGreaterThan(100);
  }, 90_000);

  it('goes on after kill -9 of the whole platform, and event time does not run back', async () => {
    const { now } = await overview(url);
    await platform.kill();
    platform = await RunningPlatform.start(home, AT_SPEED, environment);
    url = await platform.ready(60_000);
    const { now: later, readings } = await wholeOverview(url);
    expect(later).toBeGreaterThan(now);
    expect(readings.rejected).toBe(0);
    await delay(5_000);
  }, 90_000);

  it('ends within ten seconds of SIGTERM, leaves no process and no lock', async () => {
    const { code, seconds } = await platform.stop();
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(10);
    expect(processesOf(home)).toEqual([]);
    expect(existsSync(join(home, 'platform.pid'))).toBe(false);
    expect(existsSync(join(home, 'postgres', 'data', 'postmaster.pid'))).toBe(false);
  }, 30_000);

  it('has stored every published reading once', async () => {
    const { published, stored } = await countAfterwards();
    expect(published).toBeGreaterThan(500);
    expect(stored).toBe(published);
  }, 60_000);
});
