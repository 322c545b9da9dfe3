import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findHarm, hostilePayloads, messageOf, payloadOf } from './device-message.fixture.js';
import { venueflow } from './venueflow.js';

const reader = venueflow.createReader({ topic: 'any/topic', timeZone: 'Europe/Rome' });
const good = { point: 'main.active_power', ts: 1_767_700_000_000, value: 412.5, unit: 'kW', quality: 'good' };
const measured = { channel: 'main.active_power', ts: 1_767_700_000_000, value: 412.5, unit: 'kW', quality: 'good' };

describe('venueflow', () => {
  it('reads readings as a gateway publishes them', () => {
    expect(reader.read(messageOf({ seq: 812, readings: [good, { ...good, value: 0, quality: 'bad' }] }))).toEqual({
      measurements: [measured, { ...measured, value: 0, quality: 'bad' }],
      refused: [],
    });
  });

  it('needs no seq, and takes retained messages, since each reading has its time', () => {
    expect(reader.read(messageOf({ readings: [good] }, { retained: true })).measurements).toEqual([measured]);
  });

  it('takes any name: the pack decides which it knows', () => {
    const names = ['__proto__', 'constructor', '#', '+', '../x'];
    const report = reader.read(messageOf({ readings: names.map((point) => ({ ...good, point })) }));
    expect(report.measurements.map(({ channel }) => channel)).toEqual(names);
  });

  it.each([
    ['text for a value', { value: '412' }],
    ['null', { value: null }],
    ['no time', { ts: undefined }],
    ['a time past the year 275760', { ts: 8_640_000_000_000_001 }],
    ['an unknown quality', { quality: 'fine' }],
    ['an empty name', { point: '' }],
    ['a name of 10 kB', { point: 'x'.repeat(10_000) }],
  ])('refuses a reading with %s and keeps the others', (_name, change) => {
    const report = reader.read(messageOf({ readings: [good, { ...good, ...change }, 7, good] }));
    expect(report.measurements).toEqual([measured, measured]);
    expect(report.refused.map(({ code }) => code)).toEqual(['wrong_shape', 'wrong_shape']);
  });

  it('refuses an infinite value', () => {
    const report = reader.read(messageOf(JSON.stringify({ readings: [good] }).replace('412.5', '1e400')));
    expect(report).toMatchObject({ measurements: [], refused: [{ code: 'wrong_shape' }] });
  });

  it.each([
    ['not_json', '{"readings":['],
    ['not_utf8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['too_deep', '['.repeat(10_000)],
    ['too_large', new Uint8Array(8_000_000)],
    ['wrong_shape', { readings: {} }],
    ['wrong_shape', '[]'],
    ['wrong_shape', 'null'],
  ])('refuses a message as %s', (code, content) => {
    expect(reader.read(messageOf(content))).toMatchObject({ measurements: [], refused: [{ code }] });
  });

  it('takes the first 10,000 readings of a message and counts the rest in one refusal', () => {
    const tiny = { point: 'p', ts: 1, value: 1, unit: '', quality: 'good' };
    const report = reader.read(messageOf({ readings: new Array(12_000).fill(tiny) }));
    expect(report.measurements).toHaveLength(10_000);
    expect(report.refused).toEqual([
      { code: 'too_many_values', detail: '2000 values past the first 10000 of the message', values: 2000 },
    ]);
  });

  it('does no harm whatever the bytes', () => {
    fc.assert(
      fc.property(hostilePayloads(payloadOf({ seq: 1, readings: [good, good] })), (payload) => {
        expect(findHarm(reader.read(messageOf(payload)))).toBeUndefined();
      }),
    );
  });
});
