import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { getJson, RunningPlatform } from './running-platform.js';

const plan = z.object({ state: z.string(), age_seconds: z.number() }).nullable();
const overviewShape = z.object({
  now: z.number(),
  event: z.object({ name: z.string() }),
  clock: z.object({ state: z.string() }),
  readings: z.object({ imported: z.number(), rejected: z.number() }),
  importing: z.object({ done_ratio: z.number() }).nullable(),
  plans: z.object({ dispatch: plan, energy: plan }),
  venues: z.array(z.object({ load_kw: z.number().nullable() })),
  lines: z.array(z.object({ next_departures: z.array(z.unknown()) })),
  alarms: z.array(z.object({ since_ms: z.number(), text: z.string() })),
});
const vehiclesShape = z.object({
  vehicles: z.array(z.object({ trip: z.unknown().optional(), troubles: z.array(z.object({ trouble: z.string() })) })),
});

const DAY = ['--day', '2026-02-07', '--begin', '08:30'];
/** 58 sites, their points at each of 9 days' minutes. */
const HISTORY = 250 * 9 * 24 * 60;
const EVENT_BEGINS = Date.UTC(2026, 1, 7, 7, 30);

/** The pack that is started when none is named, as large as it is. */
describe('the Games', () => {
  const home = mkdtempSync(join(tmpdir(), 'venueflow-games-'));
  let platform: RunningPlatform;
  let url: string;
  const importing: number[] = [];
  const overview = async () => overviewShape.parse(await getJson(`${url}/api/v1/overview`));

  /** The overview is made once a second: the first may know less than `ready`. */
  const isWhole = ({ clock, plans, venues }: z.infer<typeof overviewShape>): boolean =>
    clock.state === 'online' &&
    plans.dispatch?.state === 'active' &&
    plans.energy?.state === 'active' &&
    venues.every(({ load_kw }) => load_kw !== null);

  /** Once it holds, within two minutes; else the last one. */
  const eventually = async <T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> => {
    const until = Date.now() + 120_000;
    let value = await read();
    while (!holds(value) && Date.now() < until) {
      await delay(500);
      value = await read();
    }
    return value;
  };

  beforeAll(async () => {
    platform = await RunningPlatform.start(home, DAY, { DATABASE_URL: '', MQTT_URL: '' });
    url = `http://127.0.0.1:${platform.port}`;
    const ready = platform.ready(400_000);
    const over = ready.then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([over, delay(500, false)]))) {
      const seen = await overview().catch(() => undefined);
      if (seen?.importing) importing.push(seen.importing.done_ratio);
    }
    await ready;
  }, 420_000);

  afterAll(async () => {
    await platform.stop();
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it('answer while their history is imported, and say how far it is', () => {
    expect(importing.length).toBeGreaterThan(3);
    expect(importing.every((ratio, index) => ratio >= (importing[index - 1] ?? 0))).toBe(true);
  });

  it('begin on the day that was asked for, with the days before it, live readings and both plans', async () => {
    const seen = await eventually(overview, isWhole);
    expect(seen.event.name).toBe('Milano Cortina 2026');
    expect(seen.now).toBeGreaterThan(EVENT_BEGINS);
    expect(seen.now).toBeLessThan(EVENT_BEGINS + 20 * 60_000);
    expect(seen.readings).toMatchObject({ imported: HISTORY, rejected: 0 });
    expect(seen.importing).toBeNull();
    expect(seen.venues.filter(({ load_kw }) => load_kw === null)).toEqual([]);
    expect(seen.plans).toMatchObject({ dispatch: { state: 'active' }, energy: { state: 'active' } });
    expect(seen.lines.filter(({ next_departures: next }) => next.length > 0).length).toBeGreaterThan(20);
  }, 130_000);

  it('have raised no alarm before their time', async () => {
    const { alarms } = await overview();
    expect(alarms.filter(({ since_ms: since }) => since < EVENT_BEGINS || since > EVENT_BEGINS + 86_400_000)).toEqual(
      [],
    );
  });

  it('have most of their vehicles that are on a trip on its way', async () => {
    const onTheirWay = ({ vehicles }: z.infer<typeof vehiclesShape>) => {
      const driving = vehicles.filter(({ trip }) => trip !== undefined && trip !== null);
      const lost = driving.filter(({ troubles }) => troubles.some(({ trouble }) => trouble === 'off_route'));
      return driving.length > 30 && lost.length < 0.1 * driving.length;
    };
    const seen = await eventually(async () => vehiclesShape.parse(await getJson(`${url}/api/v1/vehicles`)), onTheirWay);
    expect(onTheirWay(seen)).toBe(true);
  }, 130_000);

  it('go on from there after a kill, not at the wall’s time', async () => {
    const { now } = await eventually(overview, isWhole);
    await platform.kill();
    platform = await RunningPlatform.start(home, [], { DATABASE_URL: '', MQTT_URL: '' });
    url = await platform.ready(200_000);
    const later = await eventually(overview, isWhole);
    expect(later.now).toBeGreaterThan(now);
    expect(later.now).toBeLessThan(now + 3_600_000);
    expect(later.readings.imported).toBe(HISTORY);
  }, 450_000);
});
