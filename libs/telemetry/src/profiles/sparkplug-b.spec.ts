import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import fc from 'fast-check';
import { findHarm, hostilePayloads, messageOf, RECEIVED } from './device-message.fixture.js';
import { encodePayload, wirePayload } from './sparkplug/metric.fixture.js';
import { T, open, send, rows, nodeBirth, deviceBirth, data, born, asksRebirth } from './sparkplug/node.fixture.js';

describe('sparkplug_b, one node and its devices', () => {
  it('reads a birth: its values, units, and that the node is there', () => {
    expect(send(open(), 'G/NBIRTH/E', nodeBirth())).toEqual({
      measurements: [
        { channel: 'Supply/power', ts: T, value: 412.5, unit: 'kW', quality: 'good' },
        { channel: 'Supply/count', ts: T, value: -3, unit: undefined, quality: 'good' },
      ],
      refused: [],
      presence: 'online',
    });
  });

  it("puts a device's name before its metrics", () => {
    const reader = open();
    send(reader, 'G/NBIRTH/E', nodeBirth());
    expect(send(reader, 'G/DBIRTH/E/D', deviceBirth())).toMatchObject({
      measurements: [{ channel: 'D/Inputs/A', value: 1 }],
      presence: 'online',
    });
  });

  it("reads the standard's example of DDATA, whose metrics have names (Sparkplug_6_Payloads.adoc, EPL-2.0)", () => {
    const payload = encodePayload({
      timestamp: T,
      seq: 0,
      metrics: [
        { name: 'Inputs/A', timestamp: T, type: 'Boolean', value: true },
        { name: 'Inputs/C', timestamp: T, type: 'Boolean', value: true },
      ],
    });
    const reader = open('spBv1.0/Sparkplug B Devices/+/Raspberry Pi/#');
    const report = send(reader, 'Sparkplug B Devices/DDATA/Raspberry Pi/Pibrella', payload);
    expect(report).toMatchObject({
      measurements: [
        { channel: 'Pibrella/Inputs/A', ts: T, value: 1 },
        { channel: 'Pibrella/Inputs/C', ts: T, value: 1 },
      ],
      refused: [],
    });
  });

  it('names data by the alias of the birth, with its datatype and unit', () => {
    const reader = born();
    expect(send(reader, 'G/NDATA/E', data(2, 1, 7.5))).toEqual({
      measurements: [{ channel: 'Supply/power', ts: T + 2, value: 7.5, unit: 'kW', quality: 'good' }],
      refused: [],
    });
    const negative = wirePayload({ timestamp: T, seq: 3, metrics: [{ alias: 2, intValue: 0xffff_fff0 }] });
    expect(rows(send(reader, 'G/NDATA/E', negative))).toEqual([['Supply/count', -16]]);
    const input = wirePayload({ timestamp: T, seq: 4, metrics: [{ alias: 7, booleanValue: false }] });
    expect(rows(send(reader, 'G/DDATA/E/D', input))).toEqual([['D/Inputs/A', 0]]);
  });

  it('names data by name, with the datatype of the birth', () => {
    const named = wirePayload({ timestamp: T, seq: 2, metrics: [{ name: 'Supply/count', intValue: 0xffff }] });
    expect(send(born(), 'G/NDATA/E', named).measurements).toMatchObject([
      { channel: 'Supply/count', value: -1, quality: 'good' },
    ]);
  });

  it("takes the metric's time, else the message's, else none; historical values with theirs", () => {
    const payload = wirePayload({
      timestamp: T,
      seq: 2,
      metrics: [
        { name: 'a', timestamp: 5, isHistorical: true, doubleValue: 1 },
        { name: 'b', isTransient: true, doubleValue: 1 },
      ],
    });
    expect(send(born(), 'G/NDATA/E', payload).measurements.map(({ ts }) => ts)).toEqual([5, T]);
    const untimed = wirePayload({ seq: 2, metrics: [{ name: 'a', doubleValue: 1 }] });
    expect(send(born(), 'G/NDATA/E', untimed).measurements[0]?.ts).toBeUndefined();
  });

  it('says null for is_null, and skips text, tables, bytes, times and templates without a refusal', () => {
    const payload = wirePayload({
      timestamp: T,
      seq: 2,
      metrics: [
        { alias: 1, isNull: true },
        { alias: 3, stringValue: 'hall 2' },
        { name: 'table', datatype: 16, datasetValue: { numOfColumns: 0 } },
        { name: 'bytes', datatype: 17, bytesValue: Uint8Array.of(1) },
        { name: 'since', datatype: 13, longValue: T },
        { name: 'template', datatype: 19, templateValue: { metrics: [{ name: 'x', doubleValue: 1 }] } },
      ],
    });
    const report = send(born(), 'G/NDATA/E', payload);
    expect(rows(report)).toEqual([['Supply/power', null]]);
    expect(report.refused).toEqual([]);
  });

  it('doubts integers past 2^53, and integers of which no birth told the type', () => {
    const payload = encodePayload({
      timestamp: T,
      seq: 2,
      metrics: [{ name: 'big', type: 'UInt64', value: 2 ** 60 }],
    });
    expect(send(born(), 'G/NDATA/E', payload).measurements).toMatchObject([{ value: 2 ** 60, quality: 'uncertain' }]);
    const untyped = wirePayload({ timestamp: T, seq: 2, metrics: [{ name: 'new', intValue: 255 }] });
    expect(send(born(), 'G/NDATA/E', untyped).measurements).toMatchObject([{ value: 255, quality: 'uncertain' }]);
  });

  it.each([
    ['not_finite', { name: 'x', datatype: 10, doubleValue: NaN }],
    ['not_finite', { name: 'x', datatype: 9, floatValue: Infinity }],
    ['no_value', { name: 'x', datatype: 10 }],
    ['bad_time', { name: 'x', doubleValue: 1, timestamp: 2 ** 60 }],
    ['name_too_long', { name: 'x'.repeat(10_000), doubleValue: 1 }],
    ['no_name', { doubleValue: 1 }],
    ['unknown_alias', { alias: 99, doubleValue: 1 }],
  ])('refuses a metric as %s and keeps the others', (code, metric) => {
    const payload = wirePayload({
      timestamp: T,
      seq: 2,
      metrics: [{ alias: 1, doubleValue: 1 }, metric, { name: 'y', doubleValue: 2 }],
    });
    const report = send(born(), 'G/NDATA/E', payload);
    expect(rows(report)).toEqual([
      ['Supply/power', 1],
      ['y', 2],
    ]);
    expect(report.refused).toMatchObject([{ code }]);
  });

  it('takes any name: the pack decides which it knows', () => {
    const names = ['__proto__', 'constructor', '#', '../x'];
    const reader = open();
    const birth = names.map((name, alias) => ({ name, alias, type: 'Double' as const, value: 1 }));
    send(reader, 'G/NBIRTH/E', encodePayload({ timestamp: T, seq: 0, metrics: birth }));
    const values = wirePayload({
      timestamp: T,
      seq: 1,
      metrics: names.map((_name, alias) => ({ alias, doubleValue: alias })),
    });
    expect(rows(send(reader, 'G/NDATA/E', values))).toEqual(names.map((name, alias) => [name, alias]));
  });

  it.each([
    ['spBv1.0/STATE/host', '{"online":true,"timestamp":1}', []],
    ['STATE/host', 'ONLINE', []],
    ['spBv1.0/G/NCMD/E', '', []],
    ['spBv1.0/G/DCMD/E/D', '', []],
    ['spBv1.0/G/NDATA', '', ['unknown_topic']],
    ['elsewhere', '', ['unknown_topic']],
    ['spBv1.0/G/NDATA/E', '{"timestamp":1}', ['not_sparkplug']],
  ])('measures nothing on %s of %j', (topic, text, codes) => {
    const report = open().read(messageOf(text, { topic }));
    expect(report.measurements).toEqual([]);
    expect(report.refused.map(({ code }) => code)).toEqual(codes);
  });

  it('ignores what the broker kept: Sparkplug retains nothing of a node', () => {
    const reader = open();
    expect(send(reader, 'G/NBIRTH/E', nodeBirth(), 0, true)).toEqual({ measurements: [], refused: [] });
    expect(asksRebirth(send(reader, 'G/NDATA/E', data(1, 1, 5)))).toBe(true);
  });
});

describe('sparkplug_b, several nodes', () => {
  it('keeps the aliases of nodes, devices and groups apart', () => {
    const reader = open('spBv1.0/+/+/+/#');
    const birth = (name: string) =>
      encodePayload({ timestamp: T, seq: 0, metrics: [{ name, alias: 1, type: 'Double', value: 0 }] });
    send(reader, 'G/NBIRTH/E', birth('a'));
    send(reader, 'H/NBIRTH/E', birth('b'));
    send(reader, 'G/NBIRTH/F', birth('c'));
    const channels = ['G/NDATA/E', 'H/NDATA/E', 'G/NDATA/F'].map(
      (topic) => send(reader, topic, data(1, 1, 1)).measurements[0]?.channel,
    );
    expect(channels).toEqual(['G/E/a', 'H/E/b', 'G/F/c']);
  });

  it('puts the node first when the filter leaves it open', () => {
    const reader = born('spBv1.0/G/+/+/#');
    const input = wirePayload({ timestamp: T, seq: 2, metrics: [{ alias: 7, booleanValue: true }] });
    expect(rows(send(reader, 'G/DDATA/E/D', input))).toEqual([['E/D/Inputs/A', 1]]);
    expect(rows(send(reader, 'G/NDATA/E', data(3, 1, 5)))).toEqual([['E/Supply/power', 5]]);
  });

  it('remembers 10,000 metrics of a node and says how many it does not', () => {
    const reader = open();
    const device = (from: number) =>
      wirePayload({
        metrics: Array.from({ length: 6_000 }, (_, index) => ({
          name: `m${from + index}`,
          alias: from + index,
          datatype: 10,
          doubleValue: 0,
        })),
      });
    send(reader, 'G/NBIRTH/E', encodePayload({ seq: 0, metrics: [] }));
    expect(send(reader, 'G/DBIRTH/E/A', device(0)).refused).toEqual([]);
    const report = send(reader, 'G/DBIRTH/E/B', device(6_000));
    expect(report.measurements).toHaveLength(6_000);
    expect(report.refused).toMatchObject([
      { code: 'too_many_metrics', detail: expect.stringMatching(/^2000 metrics/) },
    ]);
    send(reader, 'G/DDEATH/E/A', new Uint8Array());
    expect(send(reader, 'G/DBIRTH/E/B', device(6_000)).refused).toEqual([]);
  });

  it('forgets the node heard longest ago when there are more than 1,000', () => {
    const reader = open('spBv1.0/G/+/+/#');
    for (let node = 0; node <= 1_000; node++) {
      send(reader, `G/NBIRTH/n${node}`, nodeBirth());
      if (node === 500) send(reader, 'G/NDATA/n0', data(1, 1, 5));
    }
    const named = (node: string, seq: number) => send(reader, `G/NDATA/${node}`, data(seq, 1, 5)).measurements.length;
    expect([named('n0', 2), named('n1', 1), named('n1000', 1)]).toEqual([1, 0, 1]);
  });

  it('forgets nodes when all together have too many metrics', () => {
    const reader = open('spBv1.0/G/+/+/#');
    const metrics = Array.from({ length: 9_000 }, (_, alias) => ({
      name: `m${alias}`,
      alias,
      datatype: 10,
      doubleValue: 0,
    }));
    const birth = wirePayload({ seq: 0, metrics });
    for (let node = 0; node < 12; node++) send(reader, `G/NBIRTH/n${node}`, birth);
    expect(send(reader, 'G/NDATA/n0', data(1, 1, 5)).measurements).toHaveLength(0);
    expect(send(reader, 'G/NDATA/n11', data(1, 1, 5)).measurements).toHaveLength(1);
  });
});

describe('sparkplug_b, hostile messages', () => {
  const types = ['NBIRTH/E', 'DBIRTH/E/D', 'NDATA/E', 'DDATA/E/D', 'NDEATH/E', 'DDEATH/E/D'];
  const message = fc.tuple(
    fc.oneof(
      fc.constantFrom(...types.map((type) => `spBv1.0/G/${type}`)),
      fc.constantFrom(
        'spBv1.0/+/NDATA/#',
        'spBv1.0/__proto__/NDATA/constructor',
        'spBv1.0/G/DDATA/E/../x',
        '',
        'x'.repeat(10_000),
      ),
    ),
    fc.oneof(hostilePayloads(nodeBirth()), hostilePayloads(data(2, 1, 5)), fc.constant(deviceBirth())),
    fc.integer({ min: -10_000, max: 10_000 }),
  );

  it('do no harm whatever the bytes, in any order', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), (messages) => {
        const reader = open('spBv1.0/#');
        for (const [topic, payload, afterMs] of messages) {
          const received = epochMs(RECEIVED + afterMs);
          const report = reader.read(messageOf(payload, { topic, received }));
          expect(findHarm(report)).toBeUndefined();
          for (const request of report.requests ?? []) expect(request.topic).not.toMatch(/[+#]/);
        }
      }),
    );
  });
});
