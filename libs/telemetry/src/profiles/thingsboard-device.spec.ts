import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findHarm, hostilePayloads, messageOf, payloadOf } from './device-message.fixture.js';
import { thingsboardDevice } from './thingsboard-device.js';

const TOPIC = 'v1/devices/me/telemetry';
const reader = thingsboardDevice.createReader({ topic: TOPIC, timeZone: 'UTC' });
const read = (content: unknown, change = {}) => reader.read(messageOf(content, { topic: TOPIC, ...change }));
const rows = (content: unknown, change = {}) =>
  read(content, change).measurements.map(({ channel, ts, value }) => [channel, ts, value]);

/** https://thingsboard.io/docs/reference/mqtt-api/telemetry/ (documentation). */
const documented = [
  { ts: 1_451_649_600_000, values: { temperature: 22.5, humidity: 61 } },
  { ts: 1_451_649_601_000, values: { temperature: 22.7, humidity: 60 } },
];

describe('thingsboard_device', () => {
  it('reads the documented array', () => {
    expect(rows(documented)).toEqual([
      ['temperature', 1_451_649_600_000, 22.5],
      ['humidity', 1_451_649_600_000, 61],
      ['temperature', 1_451_649_601_000, 22.7],
      ['humidity', 1_451_649_601_000, 60],
    ]);
    expect(read(documented).measurements[0]).toEqual({
      channel: 'temperature',
      ts: 1_451_649_600_000,
      value: 22.5,
      unit: undefined,
      quality: 'good',
    });
  });

  it.each([
    ['keys and values', { power: 412.5 }, [['power', undefined, 412.5]]],
    ['one timed object', { ts: 1_451_649_600_000, values: { power: 1 } }, [['power', 1_451_649_600_000, 1]]],
    [
      'an array of keys and values',
      [{ a: 1 }, { b: 2 }],
      [
        ['a', undefined, 1],
        ['b', undefined, 2],
      ],
    ],
    ['values without a time', { values: { a: 1 } }, [['a', undefined, 1]]],
    ['a time in text', { ts: '1451649600000', values: { a: 1 } }, [['a', 1_451_649_600_000, 1]]],
    [
      'numbers in text',
      { a: '12.5', b: '-3' },
      [
        ['a', undefined, 12.5],
        ['b', undefined, -3],
      ],
    ],
    [
      'booleans',
      { a: true, b: false },
      [
        ['a', undefined, 1],
        ['b', undefined, 0],
      ],
    ],
    ['null: no valid value', { a: null }, [['a', undefined, null]]],
    ['other text and JSON: skipped', { a: 'on', b: {}, c: [1], d: 4, e: '' }, [['d', undefined, 4]]],
    [
      'a value called "values"',
      { values: 5, b: 1 },
      [
        ['values', undefined, 5],
        ['b', undefined, 1],
      ],
    ],
    [
      'names of Object',
      '{"__proto__":1,"constructor":2,"#":3}',
      [
        ['__proto__', undefined, 1],
        ['constructor', undefined, 2],
        ['#', undefined, 3],
      ],
    ],
    ['nothing', {}, []],
    ['an empty array', [], []],
  ])('reads %s', (_name, content, expected) => {
    expect(rows(content)).toEqual(expected);
    expect(read(content).refused).toEqual([]);
  });

  it.each([
    ['not_finite', '{"a":1e400,"b":1}', 1],
    ['not_finite', '{"a":"1e400","b":1}', 1],
    ['bad_time', [{ ts: -1, values: { a: 1 } }, { b: 1 }], 1],
    ['bad_time', [{ ts: 8_640_000_000_000_001, values: { a: 1 } }, { b: 1 }], 1],
    ['bad_time', [{ ts: 'now', values: { a: 1 } }, { b: 1 }], 1],
    ['bad_time', [{ ts: true, values: { a: 1 } }, { b: 1 }], 1],
    ['wrong_shape', [7, { b: 1 }], 1],
    ['wrong_shape', 'null', 0],
    ['not_json', 'temperature:22', 0],
    ['not_json', '', 0],
  ])('refuses as %s: %j, and keeps the others', (code, content, kept) => {
    const report = read(content);
    expect(report.refused).toMatchObject([{ code }]);
    expect(report.measurements).toHaveLength(kept);
  });

  it('takes a retained message only with its times', () => {
    expect(rows([{ a: 1 }, { ts: 5, values: { b: 2 } }], { retained: true })).toEqual([['b', 5, 2]]);
  });

  it('reads no attributes and calls, which come on other topics of the same tree, and any topic outside it', () => {
    expect(read({ power: 1 }, { topic: 'v1/devices/me/attributes' })).toEqual({ measurements: [], refused: [] });
    expect(rows({ power: 1 }, { topic: 'hall/meter-3' })).toEqual([['power', undefined, 1]]);
  });

  it('does no harm whatever the bytes', () => {
    fc.assert(
      fc.property(hostilePayloads(payloadOf(documented)), (payload) => {
        expect(findHarm(read(payload))).toBeUndefined();
      }),
    );
  });
});
