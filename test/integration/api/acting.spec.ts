import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { holdName } from '#libs/planning';

import { alarmSchema } from '../../../apps/platform/src/api/alarms/alarm.schema.js';
import { overviewSchema } from '../../../apps/platform/src/api/live/overview.schema.js';
import { dispatchPlan, energyPlan, minute } from '../../../apps/platform/src/api/live/plan.fixture.js';
import { overrideSchema } from '../../../apps/platform/src/api/overrides/override.schema.js';
import { eventually, RunningApi } from './running-api.js';
import { StreamReader } from './stream-reader.js';

describe('what people do', () => {
  let api: RunningApi;

  const overview = async () => overviewSchema.parse(await (await api.get('/api/v1/overview')).json());
  const statusOf = async (answer: Promise<Response>): Promise<number> => (await answer).status;

  beforeAll(async () => {
    api = await RunningApi.start();
    await api.tellTime(minute(5));
    await eventually(overview, ({ clock }) => clock.state === 'online');
  });
  afterAll(() => api.close());

  describe('plans', () => {
    it('are approved once', async () => {
      await api.addPlan(energyPlan('proposed', 'energy-1'));
      const approved = await api.post('/api/v1/plans/energy-1/approve', { by: 'Ada' });
      expect([approved.status, await approved.json()]).toMatchObject([200, { id: 'energy-1', state: 'approved' }]);
      expect(await api.database.store.plans.events('energy-1')).toMatchObject([{}, { state: 'approved', by: 'Ada' }]);
      const again = await api.post('/api/v1/plans/energy-1/approve', {});
      expect([again.status, await again.json()]).toMatchObject([409, { detail: expect.stringMatching(/is approved/) }]);
    });

    it('are rejected with a reason only', async () => {
      await api.addPlan({ ...energyPlan('proposed', 'energy-2'), seq: 2 });
      expect(await statusOf(api.post('/api/v1/plans/energy-2/reject', {}))).toBe(400);
      expect(await statusOf(api.post('/api/v1/plans/energy-2/reject', { reason: '  ' }))).toBe(400);
      expect(await statusOf(api.post('/api/v1/plans/energy-2/reject', { reason: 'generator test' }))).toBe(200);
      expect(await api.database.store.plans.events('energy-2')).toMatchObject([
        {},
        { state: 'rejected', by: 'operations', reason: 'generator test' },
      ]);
    });

    it('are rolled back to one that was active, and hold until a person resumes', async () => {
      await api.addPlan(dispatchPlan('active', 'dispatch-1'));
      await api.addPlan({ ...dispatchPlan('active', 'dispatch-2'), seq: 2 });
      const answer = await api.post('/api/v1/plans/dispatch-1/rollback', { reason: 'too few buses', by: 'Ada' });
      expect([answer.status, await answer.json()]).toMatchObject([200, { id: 'dispatch-1', state: 'active' }]);
      expect((await api.database.store.plans.find('dispatch-2'))?.state).toBe('rolled_back');
      expect((await overview()).plans.dispatch).toMatchObject({
        id: 'dispatch-1',
        hold: { plan: 'dispatch-1', until_ms: minute(60), by: 'Ada' },
      });
      await api.addPlan({ ...dispatchPlan('proposed', 'dispatch-3'), seq: 3 });
      const waits = await eventually(overview, ({ plans }) => plans.dispatch?.proposed !== null);
      expect(waits.plans.dispatch?.proposed).toMatchObject({ id: 'dispatch-3', cost: { total: 30, without_plan: 40 } });
      expect(await statusOf(api.delete('/api/v1/holds/dispatch'))).toBe(204);
      expect(await api.database.store.operations.getState(holdName('dispatch'))).toBeNull();
      // Under the automatic policy a proposal is nobody's to decide.
      expect((await overview()).plans.dispatch).toMatchObject({ hold: null, proposed: null });
    });

    it('are not rolled back to one that never was active, nor without a hold to be left', async () => {
      const answer = await api.post('/api/v1/plans/energy-2/rollback', { reason: 'x' });
      expect(answer.status).toBe(409);
      expect(await api.database.store.operations.getState(holdName('energy'))).toBeUndefined();
      expect(await statusOf(api.delete('/api/v1/holds/water'))).toBe(400);
    });

    it.each([
      ['approve', {}],
      ['reject', { reason: 'x' }],
      ['rollback', { reason: 'x' }],
    ])('that do not exist cannot be met with %s', async (action, body) => {
      expect(await statusOf(api.post(`/api/v1/plans/none/${action}`, body))).toBe(404);
    });
  });

  describe('overrides', () => {
    const setpoint = {
      kind: 'setpoint',
      target: { venue: 'marshall', asset: 'battery', value: -50 },
      until_ms: minute(35),
      reason: 'crane test',
      by: 'Ada',
    };

    it('stand from when they are made until they are ended', async () => {
      const answer = await api.post('/api/v1/overrides', setpoint);
      expect(answer.status).toBe(201);
      const made = overrideSchema.parse(await answer.json());
      expect(made).toMatchObject({ target: setpoint.target, until_ms: minute(35), by: 'Ada' });
      expect((await overview()).overrides).toEqual([made]);
      expect(await (await api.get('/api/v1/overrides')).json()).toEqual({ overrides: [made] });
      expect(await statusOf(api.delete(`/api/v1/overrides/${made.id}`))).toBe(204);
      expect((await overview()).overrides).toEqual([]);
      expect(await statusOf(api.delete(`/api/v1/overrides/${made.id}`))).toBe(404);
    });

    it('change the next departures', async () => {
      const target = { line: 'A', departs_ms: minute(10), action: 'cancel' };
      const rest = { until_ms: minute(30), reason: 'road closed' };
      expect(await statusOf(api.post('/api/v1/overrides', { kind: 'departure', target, ...rest }))).toBe(201);
      const line = (await overview()).lines.find(({ id }) => id === 'A');
      expect(line?.next_departures).toMatchObject([{ departs_ms: minute(20) }]);
    });

    it('hold a transfer switch on a connection, unless that is dead', async () => {
      const target = { venue: 'engineering', switch: 'transfer', connection: 'engineering-north' };
      const held = { kind: 'switch', target, until_ms: minute(35), reason: 'work on the south feeder' };
      const answer = await api.post('/api/v1/overrides', held);
      expect(answer.status).toBe(201);
      const made = overrideSchema.parse(await answer.json());
      expect((await overview()).overrides).toContainEqual(made);
      const outage = { kind: 'outage', target: { of: 'feeder', id: 'north' }, until_ms: minute(20), reason: 'short' };
      const dead = overrideSchema.parse(await (await api.post('/api/v1/overrides', outage)).json());
      const refused = await api.post('/api/v1/overrides', held);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({
        errors: [
          { path: 'target.connection', message: expect.stringMatching(/^engineering-north is out of service from /) },
        ],
      });
      for (const { id } of [made, dead]) expect(await statusOf(api.delete(`/api/v1/overrides/${id}`))).toBe(204);
    });

    it('are refused with every fault named', async () => {
      const target = { venue: 'marshall', asset: 'battery', value: 5_000 };
      const answer = await api.post('/api/v1/overrides', { ...setpoint, target, until_ms: minute(1) });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ errors: [{ path: 'until_ms' }, { path: 'target.value' }] });
    });

    it.each([
      ['that is no JSON', '{', 400],
      ['that is a list', '[]', 400],
      ['that is empty', '{}', 400],
      ['with a key too many', JSON.stringify({ ...setpoint, extra: 1 }), 400],
      ['of 120 kB', JSON.stringify({ ...setpoint, reason: 'x'.repeat(120_000) }), 413],
    ])('refuse a body %s', async (_name, body, status) => {
      const answer = await api.post('/api/v1/overrides', body);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        status,
        expect.stringMatching('application/problem\\+json'),
      ]);
    });
  });

  describe('alarms', () => {
    const list = async () =>
      z.object({ alarms: z.array(alarmSchema) }).parse(await (await api.get('/api/v1/alarms')).json()).alarms;

    it('stand while a gateway is offline, are acknowledged, and clear', async () => {
      const id = 'gateway_offline:library:gw-library';
      const isOffline = (alarms: Awaited<ReturnType<typeof list>>) => alarms.some((alarm) => alarm.id === id);
      await api.tellStatus('library', 'gw-library', 'offline');
      expect(isOffline(await eventually(list, isOffline))).toBe(true);
      const answer = await api.post(`/api/v1/alarms/${encodeURIComponent(id)}/acknowledge`, { by: 'Ada' });
      expect([answer.status, await answer.json()]).toMatchObject([200, { id, acknowledged: { by: 'Ada' } }]);
      expect((await overview()).alarms.find((alarm) => alarm.id === id)?.acknowledged?.by).toBe('Ada');
      await api.tellStatus('library', 'gw-library', 'online');
      expect(isOffline(await eventually(list, (alarms) => !isOffline(alarms)))).toBe(false);
      expect(await statusOf(api.post(`/api/v1/alarms/${id}/acknowledge`, { by: 'Ada' }))).toBe(404);
    });
  });

  describe('stream', () => {
    it('gives the last picture at once and the next ones with rising ids', async () => {
      const stream = await StreamReader.open(api.url);
      try {
        expect(stream.response.headers.get('content-type')).toMatch('text/event-stream');
        const [first, second] = [await stream.next('overview'), await stream.next('overview')];
        const [before, after] = [first, second].map(({ data }) => overviewSchema.parse(JSON.parse(data)).now);
        expect(after).toBeGreaterThan(before ?? Infinity);
        expect(Number(second.id)).toBe(Number(first.id) + 1);
      } finally {
        stream.close();
      }
    });
  });

  describe('pages of other sites', () => {
    it.each([
      [{ Origin: 'https://evil.example' }, 403],
      [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
      [{ 'Content-Type': 'text/plain' }, 415],
    ])('with %j get %p', async (headers, status) => {
      expect(await statusOf(api.post('/api/v1/plans/energy-1/approve', '{}', headers))).toBe(status);
    });

    it('are given no leave by CORS', async () => {
      const response = await api.get('/api/v1/overview', { Origin: 'https://evil.example' });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    });
  });
});
