import { describe, expect, it } from '@jest/globals';
import { decodeResult } from './decode-result.js';
import { PointDirectory } from './point-directory.js';
import { topics } from './topics.js';

const message = { plan: 'e-7', seq: 7, state: 'applied', measured: 118, ts: 1_000 };
const directory = new PointDirectory([], {
  setpoints: [{ venue: 'arena', asset: 'battery' }],
  vehicles: ['bus-01'],
});
const decode = (topic: string, value: unknown) =>
  decodeResult(topic, new TextEncoder().encode(JSON.stringify(value)), directory);

describe('decodeResult', () => {
  it('reads what became of a setpoint', () => {
    expect(decode(topics.setpointResult('arena', 'battery'), message)).toEqual({
      ok: true,
      value: {
        kind: 'setpoint',
        target: 'arena/battery',
        plan: 'e-7',
        seq: 7,
        state: 'applied',
        reason: null,
        measured: 118,
        at: 1_000,
      },
    });
  });

  it('reads what became of orders', () => {
    expect(decode(topics.ordersResult('bus-01'), message)).toMatchObject({
      ok: true,
      value: { kind: 'orders', target: 'bus-01' },
    });
  });

  it.each([
    ['venueflow/v1/arena/setpoints/battery', message],
    ['venueflow/v1/arena/setpoints/battery/result/more', message],
    ['elsewhere/v1/arena/setpoints/battery/result', message],
    [topics.ordersResult('bus-01'), { ...message, state: 'done' }],
    [topics.ordersResult('bus-01'), null],
    [topics.ordersResult('bus-01'), { ...message, plan: 'x'.repeat(129) }],
    [topics.ordersResult('bus-01'), { ...message, reason: 'x'.repeat(501) }],
  ])('refuses %s %j', (topic, value) => {
    expect(decode(topic, value).ok).toBe(false);
  });

  it.each([
    [topics.setpointResult('rink', 'battery'), 'unknown_asset'],
    [topics.setpointResult('arena', 'boiler'), 'unknown_asset'],
    [topics.ordersResult('bus-02'), 'unknown_vehicle'],
    [topics.ordersResult('arena/battery'), 'unknown_topic'],
    [topics.ordersResult('x'.repeat(129)), 'unknown_topic'],
  ])('refuses what the pack does not know: %s', (topic, code) => {
    const decoded = decode(topic, message);
    expect(decoded).toMatchObject({ ok: false, error: { code } });
    if (!decoded.ok) expect(decoded.error.detail.length).toBeLessThan(300);
  });
});
