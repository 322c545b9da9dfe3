import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { encodePayload, wirePayload } from './metric.fixture.js';
import { decodeSparkplug } from './payload.js';

const metricsOf = (payload: Uint8Array) => {
  const decoded = decodeSparkplug(payload);
  return decoded.ok ? decoded.value.metrics.map((metric) => (metric.ok ? metric.value : metric.error)) : [];
};
/** A field of the wire with bytes. */
const field = (number: number, bytes: Uint8Array): Uint8Array => {
  const length = [bytes.length & 0x7f];
  for (let rest = bytes.length >>> 7; rest > 0; rest >>>= 7) {
    length[length.length - 1] = (length.at(-1) ?? 0) | 0x80;
    length.push(rest & 0x7f);
  }
  return Uint8Array.from([...[(number << 3) | 2], ...length, ...bytes]);
};

describe('decodeSparkplug', () => {
  it('reads a payload as publishers write it', () => {
    const payload = encodePayload({
      timestamp: 1_486_144_502_122,
      seq: 7,
      metrics: [{ name: 'a', alias: 2 ** 40, timestamp: 1_486_144_502_000, type: 'UInt32', value: 4_000_000_000 }],
    });
    expect(decodeSparkplug(payload)).toEqual({
      ok: true,
      value: {
        timestamp: 1_486_144_502_122,
        seq: 7,
        untaken: 0,
        metrics: [
          {
            ok: true,
            value: {
              name: 'a',
              alias: '256:0',
              timestamp: 1_486_144_502_000,
              datatype: 7,
              isNull: false,
              value: { kind: 'long', long: { high: 0, low: 4_000_000_000 } },
              unit: undefined,
              quality: 'good',
            },
          },
        ],
      },
    });
  });

  it('reads an alias without name and datatype', () => {
    expect(metricsOf(wirePayload({ metrics: [{ alias: 0, doubleValue: 0 }] }))).toMatchObject([
      { name: undefined, alias: '0:0', datatype: undefined, value: { kind: 'other', number: 0 } },
    ]);
  });

  it.each([
    [192, 'good'],
    [500, 'uncertain'],
    [0, 'bad'],
  ])('reads the unit and the quality %d as %s', (code, quality) => {
    const properties = {
      engUnit: { type: 'String' as const, value: 'kW' },
      Quality: { type: 'Int32' as const, value: code },
    };
    const payload = encodePayload({ metrics: [{ name: 'a', type: 'Double', value: 1, properties }] });
    expect(metricsOf(payload)).toMatchObject([{ unit: 'kW', quality }]);
  });

  it('survives tables with types, templates with parameters and nulls of both, which the package itself does not', () => {
    const payload = wirePayload({
      metrics: [
        {
          name: 'table',
          datatype: 16,
          datasetValue: { numOfColumns: 1, types: [3], rows: [{ elements: [{ intValue: 1 }] }] },
        },
        { name: 'no table', datatype: 16, isNull: true },
        { name: 'template', datatype: 19, templateValue: { parameters: [{ name: 'p', type: 3, intValue: 1 }] } },
        { name: 'no properties', properties: { keys: ['engUnit'] }, doubleValue: 1 },
      ],
    });
    expect(metricsOf(payload).map((metric) => 'name' in metric && metric.name)).toEqual([
      ...['table', 'no table', 'template', 'no properties'],
    ]);
  });

  it('refuses a metric that cannot be read, and keeps the others', () => {
    const good = wirePayload({ metrics: [{ name: 'a', doubleValue: 1 }] });
    const payload = Uint8Array.from([...good, ...field(2, Uint8Array.of(0x0a, 0x50, 0x41)), ...good]);
    expect(metricsOf(payload)).toMatchObject([{ name: 'a' }, { code: 'not_sparkplug' }, { name: 'a' }]);
  });

  it('refuses templates nested so deep that the stack ends, and keeps the others', () => {
    const parts: Uint8Array[] = [];
    for (let length = 0; length < 1_000_000;) {
      // Template.metrics = 2, Metric.template_value = 18; lengths are those of what is inside.
      const head = Uint8Array.from([
        0x92,
        0x01,
        ...varint(length + 1 + varint(length).length),
        0x12,
        ...varint(length),
      ]);
      parts.push(head);
      length += head.length;
    }
    const nested = Uint8Array.from(parts.reverse().flatMap((part) => [...part]));
    const good = wirePayload({ metrics: [{ name: 'a', doubleValue: 1 }] });
    const payload = Uint8Array.from([...field(2, nested), ...good]);
    expect(metricsOf(payload)).toMatchObject([{ code: 'not_sparkplug' }, { name: 'a' }]);
  });

  it.each([
    ['DEFLATE', deflateSync],
    ['GZIP', gzipSync],
  ])('reads a payload compressed by %s', (_name, compress) => {
    const inner = encodePayload({ timestamp: 5, seq: 3, metrics: [{ name: 'a', type: 'Double', value: 1 }] });
    const payload = wirePayload({
      uuid: 'SPBV1.0_COMPRESSED',
      body: compress(inner),
      metrics: [{ name: 'algorithm', stringValue: 'x' }],
    });
    expect(decodeSparkplug(payload)).toMatchObject({ ok: true, value: { timestamp: 5, seq: 3 } });
    expect(metricsOf(payload)).toMatchObject([{ name: 'a' }]);
  });

  it('reads at most 10,000 metrics and counts the others', () => {
    const payload = new Uint8Array(60_000).map((_byte, index) => (index % 2 === 0 ? 0x12 : 0));
    const decoded = decodeSparkplug(payload);
    expect(decoded.ok && [decoded.value.metrics.length, decoded.value.untaken]).toEqual([10_000, 20_000]);
  });

  it.each([
    ['too_large', new Uint8Array(8_000_000)],
    ['not_sparkplug', new TextEncoder().encode('{"timestamp":1}')],
    ['not_sparkplug', Uint8Array.of(0x08)],
    ['not_sparkplug', Uint8Array.of(0x08, ...new Uint8Array(12).fill(0x80))],
    ['not_sparkplug', Uint8Array.of(0x12, 0x05, 0x0a)],
    ['not_sparkplug', Uint8Array.of(0x09, 0, 0)],
    ['not_sparkplug', wirePayload({ uuid: 'SPBV1.0_COMPRESSED', body: Uint8Array.of(1, 2, 3) })],
    ['not_sparkplug', wirePayload({ uuid: 'SPBV1.0_COMPRESSED', body: gzipSync(new Uint8Array(50_000_000)) })],
    ['not_sparkplug', wirePayload({ uuid: 'SPBV1.0_COMPRESSED', body: gzipSync('{}') })],
  ])('refuses as %s', (code, payload) => {
    expect(decodeSparkplug(payload)).toMatchObject({ ok: false, error: { code } });
  });
});

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
