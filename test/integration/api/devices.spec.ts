import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Device } from '#libs/games';
import { QUALITY, QUALITY_IMPORTED, QUALITY_REASONS } from '#libs/telemetry';

import { alarmSchema } from '../../../apps/platform/src/api/alarms/alarm.schema.js';
import { gatewayListSchema } from '../../../apps/platform/src/api/devices/gateway.schema.js';
import { pointListSchema } from '../../../apps/platform/src/api/devices/point.schema.js';
import { rejectedListSchema } from '../../../apps/platform/src/api/devices/rejected.schema.js';
import { overviewSchema } from '../../../apps/platform/src/api/live/overview.schema.js';
import { minute } from '../../../apps/platform/src/api/live/plan.fixture.js';
import { problemSchema } from '../../../apps/platform/src/api/problem/problem.js';
import { seriesSchema, venueSchema } from '../../../apps/platform/src/api/venues/venue.schema.js';
import { eventually, RunningApi } from './running-api.js';

const meter = (id: string, point: string, gateway?: string): Device => ({
  id,
  venue: 'marshall',
  profile: 'shelly_gen2',
  topic: `${id}/status/#`,
  ...(gateway === undefined ? {} : { gateway }),
  points: [{ id: point, kind: 'sub_power', unit: 'kW', min: 0, max: 40, interval_s: 60, from: 'em:0.total_act_power' }],
});

describe('devices', () => {
  let api: RunningApi;

  const read = async <T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> => {
    const response = await api.get(path);
    expect([response.status, path]).toEqual([200, path]);
    return schema.parse(await response.json());
  };
  const overview = () => read('/api/v1/overview', overviewSchema);
  const points = async (query = '') => (await read(`/api/v1/points${query}`, pointListSchema)).points;
  const findAlarm = async (id: string) => {
    const list = z.object({ alarms: z.array(alarmSchema) });
    const { alarms } = await eventually(
      () => read('/api/v1/alarms', list),
      (answer) => answer.alarms.some((alarm) => alarm.id === id),
    );
    return alarms.find((alarm) => alarm.id === id);
  };

  beforeAll(async () => {
    api = await RunningApi.start({
      devices: [
        meter('kitchen-meter', 'kitchen.active_power'),
        meter('hall-meter', 'hall.active_power', 'gw-marshall'),
      ],
    });
    const { uncertain, bad } = QUALITY;
    const { rate, clock, out_of_range } = QUALITY_REASONS;
    await api.tellTime(minute(30));
    await api.addReading('marshall', 'load.active_power', minute(30), 130, uncertain | rate | clock);
    await api.addReading('marshall', 'pv.active_power', minute(29), 999, bad | out_of_range);
    await api.addReading('marshall', 'main.active_power', minute(26), 290, QUALITY_IMPORTED);
    await api.addReading('marshall', 'kitchen.active_power', minute(30), 4);
    await eventually(overview, ({ clock }) => clock.state === 'online');
  });
  afterAll(() => api.close());

  describe('gateways', () => {
    it('are listed before they are heard', async () => {
      const { gateways, devices } = await read('/api/v1/gateways', gatewayListSchema);
      expect(gateways.map(({ id }) => id)).toEqual(api.pack.gateways.map(({ id }) => id));
      expect(gateways[0]).toEqual({
        venue: 'marshall',
        id: 'gw-marshall',
        state: 'unknown',
        seen_ms: null,
        buffered: null,
        published: null,
        dropped: null,
        clock_skew_s: null,
      });
      expect(devices).toMatchObject([
        { id: 'kitchen-meter', profile: 'shelly_gen2', topic: 'kitchen-meter/status/#', state: 'unknown' },
      ]);
    });

    it('say what they hold, what they gave up and how their clock goes', async () => {
      await api.tellStatus('marshall', 'gw-marshall', 'online', { dropped: 0, clockSkewS: 2.5 });
      await api.tellStatus('marshall', 'kitchen-meter', 'online', { clockSkewS: -3 });
      const { gateways, devices } = await read('/api/v1/gateways', gatewayListSchema);
      expect(gateways[0]).toMatchObject({ state: 'online', buffered: 3, published: 9, dropped: 0, clock_skew_s: 2.5 });
      expect(gateways[1]).toMatchObject({ state: 'unknown' });
      expect(devices).toMatchObject([{ state: 'online', clock_skew_s: -3 }]);
      expect((await overview()).gateways).toHaveLength(api.pack.gateways.length);
    });
  });

  describe('points', () => {
    it('are all there, with who measures them', async () => {
      const all = await points();
      const ofGateways = api.pack.gateways.flatMap((gateway) => gateway.points);
      expect(all).toHaveLength(ofGateways.length + 2);
      expect(all.filter(({ device }) => device !== null)).toMatchObject([
        { point: 'kitchen.active_power', source: 'kitchen-meter', device: 'kitchen-meter', profile: 'shelly_gen2' },
        { point: 'hall.active_power', source: 'gw-marshall', device: 'hall-meter', profile: 'shelly_gen2' },
      ]);
      expect(all[0]).toMatchObject({ source: 'gw-marshall', device: null, profile: null, interval_s: 60 });
    });

    it('say how far their value may be trusted, and why', async () => {
      const all = await points('?venue=marshall');
      const find = (name: string) => all.find(({ point }) => point === name);
      expect(find('load.active_power')).toMatchObject({
        value: 130,
        unit: 'kW',
        quality: 'uncertain',
        reasons: ['rate', 'clock'],
        last_seen_ms: minute(30),
        state: 'live',
      });
      expect(find('pv.active_power')).toMatchObject({ quality: 'bad', reasons: ['out_of_range'] });
      expect(find('main.active_power')).toMatchObject({ quality: 'good', reasons: [], state: 'stale' });
      expect(find('gates.count_in')).toMatchObject({ value: null, quality: null, state: 'never', last_seen_ms: null });
    });

    it('are asked for by venue and state', async () => {
      expect((await points('?state=stale')).map(({ point }) => point)).toEqual(['main.active_power']);
      expect(await points('?venue=library&state=live')).toEqual([]);
      const answer = await read('/api/v1/points?venue=marshall&state=stale', pointListSchema);
      expect(answer.counts).toEqual({ live: 3, stale: 1, never: 6 });
      expect(answer.now).toBeGreaterThanOrEqual(minute(30));
    });

    it.each([
      ['/api/v1/points?venue=arena', 404, /There is no venue "arena".*marshall/],
      ['/api/v1/points?venue=__proto__', 404, /no venue "__proto__"/],
      ['/api/v1/points?state=dead', 400, /state/],
      ['/api/v1/points?kind=load', 400, /kind/],
      ['/api/v1/points?venue=', 400, /venue/],
      ['/api/v1/points?venue=marshall&venue=library', 400, /venue/],
      ['/api/v1/rejected?limit=0', 400, /whole number from 1 to 200/],
      ['/api/v1/rejected?limit=201', 400, /whole number from 1 to 200/],
      ['/api/v1/rejected?limit=1e2', 400, /whole number from 1 to 200/],
    ])('answers %s by %p', async (path, status, detail) => {
      const response = await api.get(path);
      expect(response.headers.get('content-type')).toMatch('application/problem+json');
      const problem = problemSchema.parse(await response.json());
      expect(problem).toMatchObject({ status, detail: expect.stringMatching(detail) });
    });

    it('are counted in the overview and named in their venue', async () => {
      const { venues } = await overview();
      expect(venues.find(({ id }) => id === 'marshall')?.points).toEqual({ live: 3, stale: 1, never: 6 });
      const venue = await read('/api/v1/venues/marshall', venueSchema);
      expect(venue.point_states).toEqual({ live: 3, stale: 1, never: 6 });
      const stale = venue.points.filter(({ state }) => state === 'stale');
      expect(stale.map(({ point }) => point)).toEqual(['main.active_power']);
      expect(venue.points.find(({ point }) => point === 'pv.active_power')?.latest).toEqual({
        ts_ms: minute(29),
        value: 999,
        quality: 'bad',
        reasons: ['out_of_range'],
      });
    });

    it('of devices have series, too', async () => {
      const series = await read('/api/v1/venues/marshall/series?point=kitchen.active_power', seriesSchema);
      expect(series.steps).toMatchObject([{ value: 4 }]);
    });
  });

  describe('rejected messages', () => {
    const reject = (reason: string, readings: number, payload: Uint8Array) =>
      api.database.store.readings.write({
        readings: [],
        receipts: [],
        rejected: [{ topic: 'venueflow/v1/marshall/gw-marshall/readings', payload, reason, readings }],
      });

    it('are none at first', async () => {
      expect(await read('/api/v1/rejected', rejectedListSchema)).toEqual({ last_hour: [], messages: [] });
    });

    it('show why, with what was sent', async () => {
      await reject('unknown_point: "<b>" is not in the pack', 3, Buffer.from('{"point":"<b>"}'));
      await reject('not_utf8: the payload is not UTF-8', 1, Uint8Array.of(0xff, 0xfe));
      const { last_hour: lastHour, messages } = await read('/api/v1/rejected', rejectedListSchema);
      expect(lastHour).toEqual([
        { code: 'unknown_point', messages: 1, readings: 3 },
        { code: 'not_utf8', messages: 1, readings: 1 },
      ]);
      expect(messages).toMatchObject([
        { code: 'not_utf8', payload: { encoding: 'base64', text: '//4=', truncated: false } },
        {
          code: 'unknown_point',
          reason: '"<b>" is not in the pack',
          topic: 'venueflow/v1/marshall/gw-marshall/readings',
          readings: 3,
          payload: { encoding: 'text', text: '{"point":"<b>"}' },
        },
      ]);
      expect(Math.abs((messages[0]?.at_ms ?? 0) - Date.now())).toBeLessThan(60_000);
      expect((await read('/api/v1/rejected?limit=1', rejectedListSchema)).messages).toHaveLength(1);
    });
  });

  describe('alarms', () => {
    it('say which points are stale while their gateway is online', async () => {
      expect(await findAlarm('points_stale:marshall')).toMatchObject({
        priority: 'low',
        text: expect.stringMatching(
          /^1 of 10 points of .+ are stale while their gateway is online: main\.active_power\.$/,
        ),
      });
    });

    it('say which clock is wrong', async () => {
      await api.tellStatus('marshall', 'gw-marshall', 'online', { dropped: 0, clockSkewS: 45 });
      expect(await findAlarm('clock_wrong:marshall')).toMatchObject({
        priority: 'medium',
        text: expect.stringMatching(/^The clock of gw-marshall at .+ is 45 s ahead\.$/),
      });
    });

    it('say how many readings a gateway gave up, and how many more since', async () => {
      const alarm = 'readings_given_up:marshall:gw-marshall';
      await api.tellStatus('marshall', 'gw-marshall', 'online', { dropped: 12 });
      expect((await findAlarm(alarm))?.text).toMatch(/gave up 12 readings/);
      await api.tellStatus('marshall', 'gw-marshall', 'offline');
      await api.tellStatus('marshall', 'gw-marshall', 'online', { dropped: 20 });
      const grown = await eventually(
        () => findAlarm(alarm),
        (found) => found?.text.includes('20 readings') === true,
      );
      expect(grown?.text).toMatch(/gave up 20 readings/);
    });
  });
});
