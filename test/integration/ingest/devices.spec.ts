import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pack } from '#libs/games';
import type { Ingest } from '../../../apps/platform/src/ingest/ingest.js';
import { type Bench, openBench, until } from './bench.js';

const point = { unit: 'kW', min: -1e6, max: 1e6, interval_s: 60 } as const;
const devices: Pack['devices'] = [
  {
    id: 'compound',
    venue: 'marshall',
    profile: 'shelly_gen2',
    topic: 'shellypro3em-1/#',
    points: [
      { id: 'compound.active_power', kind: 'sub_power', from: 'em:0.total_act_power', ...point },
      { id: 'compound.energy', kind: 'energy_counter', from: 'emdata:0.total_act', ...point, unit: 'kWh' },
      { id: 'compound.mean_power', kind: 'sub_power', difference_of: 'compound.energy', ...point, interval_s: 1 },
    ],
  },
  {
    id: 'ice-plant',
    venue: 'library',
    profile: 'thingsboard_device',
    topic: 'plants/ice',
    points: [{ id: 'ice.temperature', kind: 'sensor', from: 'temperature', ...point, unit: '°C' }],
  },
  {
    id: 'cerbo',
    venue: 'health',
    profile: 'victron',
    topic: 'N/c0619ab9929a/#',
    points: [{ id: 'cerbo.pv_power', kind: 'sub_power', from: 'pvinverter/20/Ac/Power', ...point }],
  },
];

describe('devices that speak their own format', () => {
  let bench: Bench;
  let ingest: Ingest | undefined;
  const heard: string[] = [];

  beforeAll(async () => {
    bench = await openBench(devices);
    bench.client.on('message', (topic) => void heard.push(topic));
    await bench.client.subscribeAsync(['R/#'], { qos: 1 });
    ingest = await bench.startIngest();
    await until('the first keepalive', () => heard.includes('R/c0619ab9929a/keepalive'));
  });
  afterAll(async () => {
    await ingest?.stop();
    await bench.close();
  });

  const publish = (topic: string, payload: unknown) =>
    bench.client.publishAsync(topic, JSON.stringify(payload), { qos: 1 });
  const valuesOf = async (name: string): Promise<number[]> => {
    const { rows } = await bench.database.store.pool.query<{ value: number }>(
      'select value from reading join point on point.id = point_id where name = $1 order by ts',
      [name],
    );
    return rows.map(({ value }) => value);
  };

  it('stores their readings in the units of the pack', async () => {
    const names = ['compound.active_power', 'ice.temperature', 'cerbo.pv_power'];
    const last = async () => (await Promise.all(names.map(valuesOf))).map((values) => values.at(-1));
    // Sent until all sessions are subscribed: a first session has no queue yet.
    await until('all three are stored', async () => {
      await publish('shellypro3em-1/status/em:0', { id: 0, total_act_power: 558.965 });
      await publish('plants/ice', { ts: Date.now(), values: { temperature: -7.5 } });
      await publish('N/c0619ab9929a/pvinverter/20/Ac/Power', { value: 936 });
      await delay(300);
      return (await last()).every((value) => value !== undefined);
    });
    expect(await last()).toEqual([0.558965, -7.5, 0.936]);
    await delay(300);
  });

  it('keeps what a device says that nobody can read, with the reason', async () => {
    await bench.client.publishAsync('plants/ice', '{"temperature"', { qos: 1 });
    const reasons = async () =>
      (
        await bench.database.store.pool.query<{ reason: string }>(
          `select reason from rejected_message where topic = 'plants/ice'`,
        )
      ).rows.map(({ reason }) => reason);
    await until('the rejection', async () => (await reasons()).length === 1);
    expect((await reasons())[0]).toMatch(/^not_json: /);
  });

  it('stores each untimed message once: those of one moment, and those that are delivered again', async () => {
    const before = (await valuesOf('compound.active_power')).length;
    const holder = await bench.database.store.pool.connect();
    try {
      await holder.query('begin; lock table reading in access exclusive mode');
      for (let watts = 1; watts <= 50; watts++)
        await publish('shellypro3em-1/status/em:0', { total_act_power: watts * 1000 });
      await delay(300);
      // They are decoded and wait for the database; the broker sends all of them again.
      bench.proxy.cut();
      await delay(1_800);
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    const values = async () => (await valuesOf('compound.active_power')).slice(before);
    await until('all 50', async () => (await values()).length >= 50);
    await delay(1_500);
    expect(await values()).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('goes on with a counter after a restart where it was', async () => {
    await publish('shellypro3em-1/status/emdata:0', { total_act: 1_000_000 });
    await until('the counter', async () => (await valuesOf('compound.energy')).length === 1);
    await ingest?.stop();
    ingest = await bench.startIngest();
    // Past half an interval: closer readings of a counter are gathered.
    await delay(600);
    await publish('shellypro3em-1/status/emdata:0', { total_act: 1_001_000 });
    await until('the difference', async () => (await valuesOf('compound.mean_power')).length === 1);
    const { rows } = await bench.database.store.pool.query<{ seconds: number }>(
      `select extract(epoch from max(ts) - min(ts))::float8 as seconds
       from reading join point on point.id = point_id where name = 'compound.energy'`,
    );
    // 1 kWh over the time between the two, the restart included.
    expect((await valuesOf('compound.mean_power'))[0]).toBeCloseTo(3600 / (rows[0]?.seconds ?? 0), 3);
  });

  it('is told what a device is like: heard, and when', async () => {
    const states = async () =>
      (await bench.database.store.operations.listGatewayStates()).map(({ gateway }) => gateway);
    await until('the states', async () => (await states()).includes('cerbo'));
    expect(await states()).toEqual(expect.arrayContaining(['compound', 'ice-plant', 'cerbo']));
  });
});
