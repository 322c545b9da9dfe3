import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import fc from 'fast-check';
import { homie5 } from './homie.js';
import type { Profile } from './profile.js';
import { shellyGen2 } from './shelly.js';
import { tasmota } from './tasmota.js';
import { victron } from './victron.js';
import { zigbee2mqtt } from './zigbee2mqtt.js';

/** A message of each kind that a profile reads. */
const cases: readonly (readonly [Profile, string, readonly (readonly [string, string])[]])[] = [
  [
    shellyGen2,
    '+/#',
    [
      [
        's1/status/em:0',
        '{"id":0,"a_act_power":375.5,"n_current":null,"errors":[],"aenergy":{"total":6.5,"by_minute":[1,2]}}',
      ],
      ['s1/events/rpc', '{"method":"NotifyStatus","params":{"ts":1702991000.5,"em:0":{"total_act_power":558.965}}}'],
      ['venue/rpc', '{"id":1,"src":"s1","result":{"switch:0":{"apower":8.9,"output":true}}}'],
      ['s1/online', 'true'],
    ],
  ],
  [
    tasmota,
    'tele/#',
    [
      ['tele/p1/SENSOR', '{"Time":"2026-10-25T02:17:01","ENERGY":{"Total":3.185,"Current":[1.32,2.1]},"TempUnit":"C"}'],
      ['tele/p1/STATUS8', '{"StatusSNS":{"Time":"2026-03-29T02:17:01","AM2301":{"Temperature":15.5}}}'],
      ['tele/p1/LWT', 'Online'],
    ],
  ],
  [
    zigbee2mqtt,
    'zigbee2mqtt/#',
    [
      [
        'zigbee2mqtt/z1',
        '{"power":0,"state":"ON","voltage":3005,"battery":97,"last_seen":"2026-07-27T09:41:41+02:00"}',
      ],
      ['zigbee2mqtt/z1/power', '12.5'],
      ['zigbee2mqtt/z1/availability', '{"state":"online"}'],
    ],
  ],
  [
    victron,
    'N/#',
    [
      ['N/c0619ab1/pvinverter/20/Ac/Power', '{"value":936,"min":0}'],
      ['N/c0619ab1/full_publish_completed', '{"value":1718860914}'],
    ],
  ],
  [
    homie5,
    'homie/5/#',
    [
      ['homie/5/car/$description', '{"nodes":{"engine":{"properties":{"x":{"datatype":"float","unit":"W"}}}}}'],
      ['homie/5/car/engine/x', '21.5'],
      ['homie/5/car/$state', 'ready'],
    ],
  ],
];

const LEVELS = ['__proto__', 'constructor', '#', '+', '..', '', '$state', 'N', 'set', '5', 'x'.repeat(10_000)];
const INSERTS = [
  'NaN',
  '1e400',
  '-1e999',
  'null',
  '"',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '9'.repeat(400),
  '\u0000',
  '"__proto__":1,',
  '+275760-09-13',
];

const insertAt = (bytes: Uint8Array, at: number, part: Uint8Array, drop: number) =>
  Uint8Array.of(...bytes.subarray(0, at), ...part, ...bytes.subarray(at + drop));

/** A valid payload with bytes put in, taken out or changed. */
const mutated = (payload: string) => {
  const bytes = new TextEncoder().encode(payload);
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc.constantFrom(...INSERTS).map((text) => new TextEncoder().encode(text)),
  );
  return fc
    .array(fc.tuple(fc.nat({ max: bytes.length }), part, fc.nat({ max: 8 })), { maxLength: 3 })
    .map((changes) => changes.reduce((sofar, [at, inserted, drop]) => insertAt(sofar, at, inserted, drop), bytes));
};

const mutatedTopic = (topic: string) =>
  fc
    .tuple(fc.nat({ max: topic.split('/').length }), fc.constantFrom(...LEVELS), fc.boolean())
    .map(([at, level, insert]) => {
      const levels = topic.split('/');
      levels.splice(at, insert ? 0 : 1, level);
      return levels.join('/');
    });

const messageOf = (valid: readonly (readonly [string, string])[]) =>
  fc.constantFrom(...valid).chain(([topic, payload]) =>
    fc.record({
      topic: fc.oneof({ weight: 4, arbitrary: fc.constant(topic) }, mutatedTopic(topic), fc.string()),
      payload: fc.oneof({ weight: 4, arbitrary: mutated(payload) }, fc.uint8Array({ maxLength: 200 })),
      received: fc
        .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => epochMs(date.getTime())),
      retained: fc.boolean(),
    }),
  );

describe.each(cases)('$name and a hostile sender', (profile, topic, valid) => {
  const open = () => profile.createReader({ topic, timeZone: 'Europe/Rome' });

  it('reads the messages that are mutated below', () => {
    const reader = open();
    const reports = valid.map(([on, payload]) =>
      reader.read({
        topic: on,
        payload: new TextEncoder().encode(payload),
        received: epochMs(1_767_700_000_000),
        retained: false,
      }),
    );
    expect(reports.flatMap(({ refused }) => refused)).toEqual([]);
    expect(reports.some(({ measurements }) => measurements.length > 0)).toBe(true);
  });

  it('never throws, and measures only finite numbers, null and instants', () => {
    fc.assert(
      fc.property(fc.array(messageOf(valid), { maxLength: 5 }), (messages) => {
        const reader = open();
        for (const message of messages) {
          for (const { channel, value, ts, unit } of reader.read(message).measurements) {
            expect(value === null || Number.isFinite(value)).toBe(true);
            expect(ts === undefined || (Number.isInteger(ts) && Math.abs(ts) <= 8.64e15)).toBe(true);
            expect(typeof channel).toBe('string');
            expect(unit === undefined || unit.length <= 32).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['nested 10,000 deep', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
    ['8 MB', `{"a":"${'x'.repeat(8_000_000)}"}`],
    ['a million values', `{"a":{${Array.from({ length: 80_000 }, (_, index) => `"${index}":1`).join()}}}`],
    ['invalid UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)],
  ])('measures at most 10,000 values of a payload that is %s', (_name, payload) => {
    const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
    for (const [on] of valid) {
      const report = open().read({ topic: on, payload: bytes, received: epochMs(1_767_700_000_000), retained: false });
      expect(report.measurements.length).toBeLessThanOrEqual(10_000);
    }
  });
});
