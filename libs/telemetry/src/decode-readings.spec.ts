import { describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs } from '#libs/kernel';
import fc from 'fast-check';
import { decodeReadings, MAX_READINGS } from './decode-readings.js';
import { readingMessage } from './messages.js';
import { PointDirectory } from './point-directory.js';
import { QUALITY, QUALITY_REASONS } from './quality.js';
import { QualityRules } from './quality-rules.js';

const NOW = epochMs(1_767_700_000_000);
const TOPIC = 'venueflow/v1/arena/gw1/readings';
const directory = new PointDirectory([
  { venue: 'arena', gateway: 'gw1', point: 'main.active_power', id: 7, unit: 'kW', min: -100, max: 500 },
  { venue: 'arena', gateway: 'gw-astray', point: 'main.active_power', id: 8, unit: 'kW', min: -100, max: 500 },
]);
const good = { point: 'main.active_power', ts: NOW, value: 412.5, unit: 'kW', quality: 'good' };
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const context = () => ({
  directory,
  rules: new QualityRules(),
  eventNow: NOW,
  isClockWrong: (_venue: string, gateway: string) => gateway === 'gw-astray',
});
const decode = (payload: unknown, topic = TOPIC) => decodeReadings(topic, bytes(payload), context());
const one = (change: object) => decode({ seq: 1, readings: [{ ...good, ...change }] });

describe('decodeReadings', () => {
  it('turns a message into readings of known points, with its place in the sequence', () => {
    expect(decode({ seq: 812, oldest: 810, readings: [good] })).toEqual({
      message: { venue: 'arena', gateway: 'gw1', seq: 812, oldest: 810 },
      readings: [{ pointId: 7, ts: NOW, value: 412.5, quality: QUALITY.good }],
      rejected: [],
      newestTs: NOW,
    });
  });

  it.each([
    ['not JSON', '{"seq":1', 'not_json'],
    ['another shape', { readings: [] }, 'wrong_shape'],
    ['an array', [1], 'wrong_shape'],
    ['nested deeper than 16', `${'['.repeat(17)}${']'.repeat(17)}`, 'too_deep'],
    ['larger than 1 MiB', `"${'x'.repeat(1_048_576)}"`, 'too_large'],
  ])('rejects a whole message that is %s, as one reading lost', (_name, payload, code) => {
    const decoded = decode(payload);
    expect(decoded.message).toBeUndefined();
    expect(decoded.rejected).toEqual([expect.objectContaining({ topic: TOPIC, readings: 1 })]);
    expect(decoded.rejected[0]?.reason).toMatch(new RegExp(`^${code}: `));
  });

  it('does not count brackets in strings as nesting', () => {
    expect(one({ point: `\\"${'['.repeat(40)}` }).rejected[0]?.reason).toMatch(/^unknown_point/);
  });

  it('rejects bytes that are not UTF-8', () => {
    const decoded = decodeReadings(TOPIC, Uint8Array.of(0x22, 0xff, 0x22), context());
    expect(decoded.rejected[0]?.reason).toMatch(/^not_utf8/);
  });

  it.each([
    ['unknown_point', { point: 'main.power' }],
    ['unknown_point', { point: '__proto__' }],
    ['unknown_point', { point: 'constructor' }],
    ['wrong_unit', { unit: 'W' }],
    ['wrong_shape', { value: null }],
    ['wrong_shape', { value: '412' }],
    ['wrong_shape', { quality: 'fine' }],
    ['wrong_shape', { ts: 1.5 }],
    ['in_the_future', { ts: NOW + DAY_MS + 1 }],
    ['too_old', { ts: NOW - 35 * DAY_MS - 1 }],
  ])('rejects a reading as %s and keeps the rest of its message', (code, change) => {
    const decoded = decode({ seq: 1, readings: [good, { ...good, ...change }, good] });
    expect(decoded.readings).toHaveLength(2);
    expect(decoded.rejected).toHaveLength(1);
    expect(decoded.rejected[0]?.reason).toMatch(new RegExp(`^${code}: `));
  });

  it('rejects an infinite value', () => {
    const payload = JSON.stringify({ seq: 1, readings: [good] }).replace('412.5', '1e999');
    expect(decode(payload).rejected[0]?.reason).toMatch(/^wrong_shape: value/);
  });

  it('keeps a value outside its range as bad, and the ends of the range as they are', () => {
    const { bad, good } = QUALITY;
    const { out_of_range, reported } = QUALITY_REASONS;
    expect(one({ value: 500.1 }).readings[0]?.quality).toBe(bad | out_of_range);
    expect(one({ value: -100.1, quality: 'uncertain' }).readings[0]?.quality).toBe(bad | out_of_range | reported);
    expect(one({ value: 500 }).readings[0]?.quality).toBe(good);
    expect(one({ value: -100 }).readings[0]?.quality).toBe(good);
  });

  it('doubts what a gateway with a wrong clock says', () => {
    const decoded = decode(
      { seq: 1, readings: [{ ...good, point: 'main.active_power' }] },
      TOPIC.replace('gw1', 'gw-astray'),
    );
    expect(decoded.readings[0]?.quality).toBe(QUALITY.uncertain | QUALITY_REASONS.clock);
  });

  it('takes exactly the readings that the schema takes', () => {
    const field = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('kW', 'main.active_power', 'good', 'bad', NOW, 1, Infinity, -0),
    );
    fc.assert(
      fc.property(fc.record({ point: field, ts: field, value: field, unit: field, quality: field }), (change) => {
        const reading = { ...good, ...change };
        const [rejected] = one(reading).rejected;
        const text = JSON.stringify(reading);
        const valid = readingMessage.safeParse(JSON.parse(text)).success;
        expect(rejected?.reason.startsWith('wrong_shape') ?? false).toBe(!valid);
      }),
    );
  });

  it('rejects a gateway that the pack does not have, with all its readings and no receipt', () => {
    const decoded = decode({ seq: 1, readings: [good, good] }, 'venueflow/v1/arena/gw2/readings');
    expect(decoded.message).toBeUndefined();
    expect(decoded.rejected).toEqual([expect.objectContaining({ readings: 2 })]);
  });

  it('receipts a message with too many readings, so that its gateway need not send it for ever', () => {
    const decoded = decode({ seq: 9, readings: new Array(MAX_READINGS + 1).fill(1) });
    expect(decoded.message?.seq).toBe(9);
    expect(decoded.rejected[0]?.readings).toBe(MAX_READINGS + 1);
  });

  it('loses nothing: accepted and rejected add up to received, whatever comes', () => {
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom('kW', 'main.active_power', 'good', NOW, 1));
    const reading = fc.oneof(
      fc.constant(good),
      fc.jsonValue(),
      fc
        .record({ point: field, ts: field, value: field, unit: field, quality: field })
        .map((change) => ({ ...good, ...change })),
    );
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 12 }), (readings) => {
        const decoded = decode({ seq: 3, readings });
        const rejected = decoded.rejected.reduce((sum, entry) => sum + entry.readings, 0);
        const deep = decoded.message === undefined;
        expect(decoded.readings.length + rejected).toBe(deep ? 1 : readings.length);
      }),
    );
  });

  it('never throws on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (payload) => {
        const decoded = decodeReadings(TOPIC, payload, context());
        expect(decoded.rejected).toHaveLength(1);
      }),
    );
  });
});
