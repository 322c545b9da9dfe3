import { describe, expect, it } from '@jest/globals';
import { decodeResult } from './decode-result.js';
import { topics } from './topics.js';

const message = { plan: 'e-7', seq: 7, state: 'applied', measured: 118, ts: 1_000 };
const decode = (topic: string, value: unknown) => decodeResult(topic, new TextEncoder().encode(JSON.stringify(value)));

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
  ])('refuses %s %j', (topic, value) => {
    expect(decode(topic, value).ok).toBe(false);
  });
});
