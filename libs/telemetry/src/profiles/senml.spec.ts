import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findHarm, hostilePayloads, messageOf, payloadOf, RECEIVED } from './device-message.fixture.js';
import { senml } from './senml.js';

const reader = senml.createReader({ topic: 'any/topic', timeZone: 'UTC' });
const read = (content: unknown, change = {}) => reader.read(messageOf(content, change));
const rows = (content: unknown, change = {}) =>
  read(content, change).measurements.map(({ channel, unit, ts, value }) => [channel, unit, ts, value]);

/** RFC 8428 (IETF), the examples of section 5.1 in JSON. */
const device = 'urn:dev:ow:10e2073a01080063';
const series = [
  { bn: 'urn:dev:ow:10e2073a0108006:', bt: 1_276_020_076.001, bu: 'A', bver: 5, n: 'voltage', u: 'V', v: 120.1 },
  { n: 'current', t: -5, v: 1.2 },
  { n: 'current', t: -4, v: 1.3 },
  { n: 'current', t: -3, v: 1.4 },
  { n: 'current', t: -2, v: 1.5 },
  { n: 'current', t: -1, v: 1.6 },
  { n: 'current', v: 1.7 },
];

describe('senml, the examples of RFC 8428', () => {
  it('5.1.1: a single data point is of now', () => {
    expect(read([{ n: device, u: 'Cel', v: 23.1 }])).toEqual({
      measurements: [{ channel: device, unit: 'Cel', ts: undefined, value: 23.1, quality: 'good' }],
      refused: [],
    });
  });

  it('5.1.2: the base name stands before each name, a time of 0 is now', () => {
    expect(
      rows([
        { bn: `${device}:`, n: 'voltage', t: 0, u: 'V', v: 120.1 },
        { n: 'current', t: 0, u: 'A', v: 1.2 },
      ]),
    ).toEqual([
      [`${device}:voltage`, 'V', undefined, 120.1],
      [`${device}:current`, 'A', undefined, 1.2],
    ]);
  });

  it('5.1.2: times are added to the base time, the unit stands before the base unit', () => {
    const current = 'urn:dev:ow:10e2073a0108006:current';
    expect(rows(series)).toEqual([
      ['urn:dev:ow:10e2073a0108006:voltage', 'V', 1_276_020_076_001, 120.1],
      [current, 'A', 1_276_020_071_001, 1.2],
      [current, 'A', 1_276_020_072_001, 1.3],
      [current, 'A', 1_276_020_073_001, 1.4],
      [current, 'A', 1_276_020_074_001, 1.5],
      [current, 'A', 1_276_020_075_001, 1.6],
      [current, 'A', 1_276_020_076_001, 1.7],
    ]);
  });

  it('5.1.3: without a name the base name is the name', () => {
    const pack = [
      { bn: device, bt: 1.320067464e9, bu: '%RH', v: 20 },
      { u: 'lon', v: 24.30621 },
      { u: 'lat', v: 60.07965 },
      { t: 60, v: 20.3 },
      { u: 'lon', t: 60, v: 24.30622 },
      { u: 'lat', t: 60, v: 60.07965 },
      { t: 120, v: 20.7 },
      { u: 'lon', t: 120, v: 24.30623 },
      { u: 'lat', t: 120, v: 60.07966 },
      { u: '%EL', t: 150, v: 98 },
      { t: 180, v: 21.2 },
      { u: 'lon', t: 180, v: 24.30628 },
      { u: 'lat', t: 180, v: 60.07967 },
    ];
    expect(rows(pack)).toEqual([
      [device, '%RH', 1_320_067_464_000, 20],
      [device, 'lon', 1_320_067_464_000, 24.30621],
      [device, 'lat', 1_320_067_464_000, 60.07965],
      [device, '%RH', 1_320_067_524_000, 20.3],
      [device, 'lon', 1_320_067_524_000, 24.30622],
      [device, 'lat', 1_320_067_524_000, 60.07965],
      [device, '%RH', 1_320_067_584_000, 20.7],
      [device, 'lon', 1_320_067_584_000, 24.30623],
      [device, 'lat', 1_320_067_584_000, 60.07966],
      [device, '%EL', 1_320_067_614_000, 98],
      [device, '%RH', 1_320_067_644_000, 21.2],
      [device, 'lon', 1_320_067_644_000, 24.30628],
      [device, 'lat', 1_320_067_644_000, 60.07967],
    ]);
  });

  it('multiple data types: text and data are no measurements, booleans are 0 and 1', () => {
    const report = read([
      { bn: `${device}:`, n: 'temp', u: 'Cel', v: 23.1 },
      { n: 'label', vs: 'Machine Room' },
      { n: 'open', vb: false },
      { n: 'nfc-reader', vd: 'aGkgCg' },
    ]);
    expect(report.measurements.map(({ channel, value }) => [channel, value])).toEqual([
      [`${device}:temp`, 23.1],
      [`${device}:open`, 0],
    ]);
    expect(report.refused).toEqual([]);
  });

  it('collection of resources: a new base name holds from its record on', () => {
    expect(
      rows([
        { bn: '2001:db8::2/', bt: 1_320_078_429, n: 'temperature', v: 25.2, u: 'Cel' },
        { n: 'humidity', v: 30, u: '%RH' },
        { bn: '2001:db8::1/', n: 'temperature', v: 12.3, u: 'Cel' },
        { n: 'humidity', v: 67, u: '%RH' },
      ]),
    ).toEqual([
      ['2001:db8::2/temperature', 'Cel', 1_320_078_429_000, 25.2],
      ['2001:db8::2/humidity', '%RH', 1_320_078_429_000, 30],
      ['2001:db8::1/temperature', 'Cel', 1_320_078_429_000, 12.3],
      ['2001:db8::1/humidity', '%RH', 1_320_078_429_000, 67],
    ]);
  });

  it('a record of base fields only measures nothing', () => {
    const report = read([{ bn: `${device}:` }, { n: 'temp', u: 'Cel', v: 23.1 }, { n: 'heat', u: '/', v: 1 }]);
    expect(report.measurements).toHaveLength(2);
    expect(report.refused).toEqual([]);
  });
});

describe('senml, its rules', () => {
  it.each([
    [
      'v and its base',
      [
        { n: 'a', bv: 20, v: 0.5 },
        { n: 'a', v: -1 },
      ],
      [20.5, 19],
    ],
    ['a base without v', [{ n: 'a', bv: 20 }], [20]],
    ['a sum alone', [{ n: 'a', s: 7 }], [7]],
    ['a sum and its base', [{ n: 'a', bs: 100, s: 7, v: 1 }], [1, 107]],
    ['a base sum alone', [{ n: 'a', bs: 100, v: 1 }], [1, 100]],
    ['a boolean, which has no base', [{ n: 'a', bv: 20, vb: true }], [1]],
  ])('adds %s', (_name, pack, values) => {
    const report = read(pack);
    expect(report.measurements.map(({ value }) => value)).toEqual(values);
    expect(report.refused).toEqual([]);
  });

  it('gives the sum a channel of its own, in the unit times seconds', () => {
    expect(rows([{ n: 'meter', u: 'W', v: 500, s: 3_600_000 }])).toEqual([
      ['meter', 'W', undefined, 500],
      ['meter#sum', 'Ws', undefined, 3_600_000],
    ]);
    expect(rows([{ n: 'meter', s: 5 }])).toEqual([['meter#sum', undefined, undefined, 5]]);
  });

  it.each([
    ['seconds before the arrival', -5, RECEIVED - 5_000],
    ['seconds after it', 2.5, RECEIVED + 2_500],
    ['the longest time that is relative', 2 ** 28 - 1, RECEIVED + (2 ** 28 - 1) * 1_000],
    ['the first time that is absolute', 2 ** 28, 268_435_456_000],
    ['ms of an absolute time', 1_276_020_076.305, 1_276_020_076_305],
    ['now', 0, undefined],
  ])('reads times: %s', (_name, t, ts) => {
    expect(read([{ n: 'a', t, v: 1 }]).measurements[0]?.ts).toBe(ts);
  });

  it('passes units on as they are, and none where there is none', () => {
    const units = ['W', 'Wh', 'Cel', '%RH', 'A', 'V', '/'];
    expect(read(units.map((u) => ({ n: 'a', u, v: 1 }))).measurements.map(({ unit }) => unit)).toEqual(units);
    expect(read([{ n: 'a', v: 1 }]).measurements[0]?.unit).toBeUndefined();
  });

  it('takes a retained message only with absolute times', () => {
    expect(
      rows(
        [
          { n: 'a', v: 1 },
          { n: 'b', t: -5, v: 1 },
          { n: 'c', t: 2e9, v: 1 },
        ],
        { retained: true },
      ),
    ).toEqual([['c', undefined, 2e12, 1]]);
  });

  it('does not carry base fields into the next message', () => {
    read([{ bn: 'x:', bt: 2e9, n: 'a', v: 1 }]);
    expect(rows([{ n: 'a', v: 1 }])).toEqual([['a', undefined, undefined, 1]]);
  });

  it.each([
    ['a version over 10', 'unknown_version', [{ bver: 11, n: 'a', v: 1 }]],
    ['a version over 10, later', 'unknown_version', [{ n: 'a', v: 1 }, { bver: 11 }]],
    ['a version that is no number', 'unknown_version', [{ bver: '5', n: 'a', v: 1 }]],
    [
      'a field that must be understood',
      'unknown_field',
      [
        { n: 'a', v: 1 },
        { n: 'b', v: 1, mode_: 2 },
      ],
    ],
    ['an object for the array', 'wrong_shape', { n: 'a', v: 1 }],
  ])('refuses the whole pack for %s', (_name, code, pack) => {
    expect(read(pack)).toMatchObject({ measurements: [], refused: [{ code }] });
  });

  it('takes version 10 and fields that it does not know', () => {
    expect(read([{ bver: 10, n: 'a', v: 1, l: 'link', constructor: 1 }])).toMatchObject({
      measurements: [{ channel: 'a' }],
      refused: [],
    });
  });

  it.each([
    ['no name', 'bad_name', { v: 1 }],
    ['an empty name', 'bad_name', { n: '', v: 1 }],
    ['a name with a space', 'bad_name', { n: 'a b', v: 1 }],
    ['a name that begins with _', 'bad_name', { n: '__proto__', v: 1 }],
    ['a name that begins with /', 'bad_name', { n: '/a', v: 1 }],
    ['a name with an umlaut', 'bad_name', { n: 'kälte', v: 1 }],
    ['a name with a line end', 'bad_name', { n: 'a\n', v: 1 }],
    ['a wildcard', 'bad_name', { n: '#', v: 1 }],
    ['a name that is no text', 'wrong_shape', { n: 7, v: 1 }],
    ['neither value nor sum', 'wrong_shape', { n: 'a' }],
    ['two values', 'wrong_shape', { n: 'a', v: 1, vs: 'x' }],
    ['a value in text', 'wrong_shape', { n: 'a', v: '1' }],
    ['null', 'wrong_shape', { n: 'a', v: null }],
    ['a boolean in text', 'wrong_shape', { n: 'a', vb: 'true' }],
    ['a sum in text', 'wrong_shape', { n: 'a', s: '1' }],
    ['a unit that is no text', 'wrong_shape', { n: 'a', u: 1, v: 1 }],
    ['a time in text', 'wrong_shape', { n: 'a', t: '1', v: 1 }],
    ['a time before 1970', 'bad_time', { n: 'a', t: -1e12, v: 1 }],
    ['a time past 275760', 'bad_time', { n: 'a', t: 8_640_000_000_001, v: 1 }],
    ['no object', 'wrong_shape', 7],
  ])('refuses a record with %s and keeps the others', (_name, code, record) => {
    const report = read([{ n: 'x', v: 1 }, record, { n: 'y', v: 2 }]);
    expect(report.refused).toMatchObject([{ code }]);
    expect(report.measurements.map(({ channel }) => channel)).toEqual(['x', 'y']);
  });

  it('refuses values that are not finite, by themselves or with their base', () => {
    const report = read('[{"n":"a","v":1e400},{"n":"b","bv":1e308,"v":1e308},{"n":"c","v":1}]');
    expect(report.refused.map(({ code }) => code)).toEqual(['not_finite', 'not_finite']);
    expect(report.measurements.map(({ channel }) => channel)).toEqual(['c']);
  });

  it.each([
    ['bn', { bn: 7 }, { bn: 'q' }, ['a', 'qd']],
    ['bt', { bt: 'now' }, { bt: 2e9 }, ['a', 'd']],
    ['bu', { bu: {} }, { bu: 'W' }, ['a', 'd']],
    ['bv', { bv: null }, { bv: 1 }, ['a', 'd']],
    ['bs', { bs: 'x' }, { bs: 1 }, ['a', 'b', 'c', 'd', 'd#sum']],
  ])('refuses what needs a broken %s, until the next one', (_name, broken, mended, channels) => {
    const report = read([
      { n: 'a', v: 1 },
      { n: 'b', v: 1, ...broken },
      { n: 'c', v: 1 },
      { n: 'd', v: 1, ...mended },
    ]);
    expect(report.refused).toHaveLength(2);
    expect(report.measurements.map(({ channel }) => channel)).toEqual(channels);
  });

  it('needs no base unit where the record has its own', () => {
    expect(rows([{ bu: 7, n: 'a', u: 'W', v: 1 }])).toEqual([['a', 'W', undefined, 1]]);
  });

  it('does no harm whatever the bytes', () => {
    fc.assert(
      fc.property(hostilePayloads(payloadOf(series)), (payload) => {
        expect(findHarm(read(payload))).toBeUndefined();
      }),
    );
  });
});
