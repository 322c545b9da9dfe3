import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findHarm, hostilePayloads, messageOf, payloadOf } from './device-message.fixture.js';
import { thingsboardGateway } from './thingsboard-gateway.js';

const TOPIC = 'v1/gateway/telemetry';
const reader = thingsboardGateway.createReader({ topic: TOPIC, timeZone: 'UTC' });
const read = (content: unknown, change = {}) => reader.read(messageOf(content, { topic: TOPIC, ...change }));
const rows = (content: unknown, change = {}) =>
  read(content, change).measurements.map(({ channel, ts, value }) => [channel, ts, value]);

/** https://thingsboard.io/docs/reference/gateway-api/telemetry/ (documentation). */
const documented = {
  'Device A': [
    { ts: 1_483_228_800_000, values: { temperature: 42, humidity: 80 } },
    { ts: 1_483_228_801_000, values: { temperature: 43, humidity: 82 } },
  ],
  'Device B': [{ ts: 1_483_228_800_000, values: { temperature: 42, humidity: 80 } }],
};

describe('thingsboard_gateway', () => {
  it('reads the documented message', () => {
    expect(rows(documented)).toEqual([
      ['Device A/temperature', 1_483_228_800_000, 42],
      ['Device A/humidity', 1_483_228_800_000, 80],
      ['Device A/temperature', 1_483_228_801_000, 43],
      ['Device A/humidity', 1_483_228_801_000, 82],
      ['Device B/temperature', 1_483_228_800_000, 42],
      ['Device B/humidity', 1_483_228_800_000, 80],
    ]);
    expect(read(documented).refused).toEqual([]);
  });

  it.each([
    [
      'entries without a time',
      { m: [{ values: { a: 1 } }, { b: 2 }] },
      [
        ['m/a', undefined, 1],
        ['m/b', undefined, 2],
      ],
    ],
    ['an object instead of an array', { m: { ts: 5, values: { a: 1 } } }, [['m/a', 5, 1]]],
    [
      'numbers in text, booleans, null',
      { m: [{ a: '7', b: true, c: null, d: 'on' }] },
      [
        ['m/a', undefined, 7],
        ['m/b', undefined, 1],
        ['m/c', undefined, null],
      ],
    ],
    [
      'names of Object',
      '{"__proto__":[{"__proto__":1}],"":[{"":2}]}',
      [
        ['__proto__/__proto__', undefined, 1],
        ['/', undefined, 2],
      ],
    ],
    ['no device', {}, []],
    ['a device without entries', { m: [] }, []],
  ])('reads %s', (_name, content, expected) => {
    expect(rows(content)).toEqual(expected);
    expect(read(content).refused).toEqual([]);
  });

  it.each([
    ['wrong_shape', { m: 7, n: [{ a: 1 }] }, 1],
    ['wrong_shape', { m: [7, { a: 1 }] }, 1],
    ['bad_time', { m: [{ ts: {}, values: { a: 1 } }, { a: 1 }] }, 1],
    ['not_finite', '{"m":[{"a":1e400,"b":1}]}', 1],
    ['wrong_shape', [], 0],
    ['not_json', '{', 0],
  ])('refuses as %s: %j, and keeps the others', (code, content, kept) => {
    const report = read(content);
    expect(report.refused).toMatchObject([{ code }]);
    expect(report.measurements).toHaveLength(kept);
  });

  it('takes a retained message only with its times', () => {
    expect(rows({ m: [{ a: 1 }, { ts: 5, values: { b: 2 } }] }, { retained: true })).toEqual([['m/b', 5, 2]]);
  });

  it("reads no connects and attributes, which come on the gateway's other topics", () => {
    expect(read({ device: 'Device A' }, { topic: 'v1/gateway/connect' })).toEqual({ measurements: [], refused: [] });
  });

  it('does no harm whatever the bytes', () => {
    fc.assert(
      fc.property(hostilePayloads(payloadOf(documented)), (payload) => {
        expect(findHarm(read(payload))).toBeUndefined();
      }),
    );
  });
});
