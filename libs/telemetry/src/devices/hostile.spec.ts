import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { describe, expect, it } from '@jest/globals';
import type { Device } from '#libs/games';
import { epochMs } from '#libs/kernel';
import fc from 'fast-check';

import { decodeReadings } from '../decode-readings.js';
import { PointDirectory } from '../point-directory.js';
import { payloadOf } from '../profiles/device-message.fixture.js';
import { profiles } from '../profiles/index.js';
import { QualityRules } from '../quality-rules.js';
import { decodeDevice } from './decode-device.js';
import { DeviceDirectory } from './device-directory.js';
import { hostile, NAMES, seeds, VALUES } from './hostile.fixture.js';
import { samples } from './samples.fixture.js';

/** Messages in all; more for a longer run. */
const MESSAGES = Number(process.env['HOSTILE_MESSAGES'] ?? 100_000);
const SEED = Number(process.env['HOSTILE_SEED'] ?? 20_261_123);
const NOW = epochMs(1_767_700_000_000);
const MAX_INSTANT_MS = 8_640_000_000_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapMb = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const points: Device['points'] = [
  {
    id: 'main.power',
    kind: 'sub_power',
    unit: 'kW',
    min: 0,
    max: 9,
    interval_s: 60,
    from: 'main.power',
    max_rate_per_s: 1,
    stuck_after_s: 60,
  },
  ...samples
    .flatMap((sample) => sample.points)
    .map(({ from, unit }, index): Device['points'][number] => ({
      id: `p.${index}`,
      kind: unit === 'kWh' ? 'energy_counter' : 'sensor',
      unit: unit as 'kW',
      min: 0,
      max: 1e6,
      interval_s: 60,
      from,
    })),
];
const differences = points
  .filter(({ kind }) => kind === 'energy_counter')
  .map((counter, index): Device['points'][number] => ({
    id: `d.${index}`,
    kind: 'sub_power',
    unit: 'kW',
    min: 0,
    max: 1e3,
    interval_s: 60,
    difference_of: counter.id,
  }));
const all = [...points, ...differences];

/** Devices with a point for every channel of the samples, counters too; each keeps its state from message to message. */
const openDevices = () =>
  new DeviceDirectory({
    devices: seeds.map(({ profile, filter }, index) => ({
      id: `d${index}`,
      venue: 'arena',
      profile,
      topic: filter,
      points: all,
    })),
    timeZone: 'America/New_York',
    points: seeds.flatMap((_seed, index) =>
      all.map(({ id }, at) => ({ id: index * 1000 + at, venue: 'arena', gateway: `d${index}`, point: id })),
    ),
  });

/** Decodes and holds what must always hold; gives the readings. Told apart from `expect` for the sake of 100,000 calls. */
const openDecoder = () => {
  const { devices } = openDevices();
  const rules = new QualityRules();
  const times = seeds.map((seed) => seed.received);
  return (at: number, topic: string, payload: Uint8Array, retained: boolean) => {
    const device = devices[at];
    const received = epochMs((times[at] ?? NOW) + 1000);
    if (!device) throw new Error(`There is no device ${at}.`);
    times[at] = received;
    const decoded = decodeDevice(device, { topic, payload, received, retained }, { rules, clockWrong: false });
    const rejected = decoded.rejected.reduce((sum, { readings }) => sum + readings, 0);
    const skipped = decoded.skipped.unmapped + decoded.skipped.no_value + decoded.skipped.retained;
    if (decoded.accepted + rejected + skipped !== decoded.received) {
      throw new Error(`${decoded.accepted} + ${rejected} + ${skipped} is not ${decoded.received}`);
    }
    for (const { ts, value, quality } of decoded.readings) {
      const whole = Number.isSafeInteger(ts) && Math.abs(ts) <= MAX_INSTANT_MS && Number.isSafeInteger(quality);
      if (!whole || !Number.isFinite(value)) throw new Error(`A reading of ${value} at ${ts}, ${quality}`);
    }
    if (decoded.rejected.some(({ reason }) => reason.length > 1000)) throw new Error('An endless reason');
    return decoded;
  };
};

describe('devices and a hostile sender', () => {
  it('has a message of every format to begin with', () => {
    expect(new Set(seeds.map(({ profile }) => profile))).toEqual(new Set(profiles.map(({ name }) => name)));
    const decode = openDecoder();
    const rejected = seeds.flatMap(({ topic, payload }, at) => decode(at, topic, payload, false).rejected);
    expect(rejected).toEqual([]);
  });

  it('never throws, and loses count of no reading', () => {
    const decode = openDecoder();
    let messages = 0;
    const each = Math.ceil(MESSAGES / (seeds.length + 1));
    const sums = { accepted: 0, rejected: 0 };
    seeds.forEach((seed, at) => {
      fc.assert(
        fc.property(hostile(seed), ({ topic, payload, retained }) => {
          const decoded = decode(at, topic, payload, retained);
          messages++;
          sums.accepted += decoded.accepted;
          sums.rejected += decoded.rejected.length;
        }),
        { numRuns: each, seed: SEED },
      );
    });
    expect(messages).toBeGreaterThanOrEqual(each * seeds.length);
    // Both ways were gone, many times.
    expect(sums.accepted).toBeGreaterThan(messages / 10);
    expect(sums.rejected).toBeGreaterThan(messages / 10);
  }, 120_000);

  it.each(VALUES.map((value) => [value.slice(0, 40), value]))(
    'keeps the other readings of a message with %s',
    (_name, value) => {
      const one = `{"point":"main.power","ts":${NOW},"value":5,"unit":"kW","quality":"good"}`;
      const payload = payloadOf(
        `{"seq":1,"readings":[${one},{"point":"main.power","ts":${NOW},"value":${value}},${one}]}`,
      );
      const decoded = openDecoder()(0, 'own/x', payload, false);
      let parses = true;
      try {
        JSON.parse(value);
      } catch {
        parses = false;
      }
      expect(decoded.readings).toHaveLength(parses ? 2 : 0);
      expect(decoded.received).toBe(parses ? 3 : 1);
    },
  );

  it.each([
    ['nested 10,000 deep', `${'[{"a":'.repeat(5_000)}1${'}]'.repeat(5_000)}`],
    ['8 MB', `{"value":"${'x'.repeat(8_000_000)}"}`],
    ['8 MB of nothing', new Uint8Array(8_000_000)],
    ['a million readings', `[${'1,'.repeat(999_999)}1]`],
    ['300,000 readings that are none', `{"readings":[${'{},'.repeat(300_000)}{}]}`],
    [
      '16,000 readings',
      `{"readings":[${`{"point":"main.power","ts":${NOW},"value":5,"unit":"kW"},`.repeat(16_000)}{}]}`,
    ],
    ['invalid UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d)],
    ['half of a surrogate', '{"value":"\\ud800"}'],
    ['empty', ''],
    ['a name of 10 kB', `{"${'n'.repeat(10_000)}":1,"value":1}`],
    ['of 5,000 names', `{${Array.from({ length: 5_000 }, (_, index) => `"k${index}":${index}`).join()}}`],
    ['names of objects', `{${NAMES.map((name) => `${JSON.stringify(name)}:{"value":1}`).join()}}`],
    ['the year 275760', '{"ts":8640000000000000,"values":{"value":1},"Time":"+275760-09-13T00:00:00"}'],
  ])(
    'takes in stride what is %s',
    (_name, content) => {
      const decode = openDecoder();
      const payload = payloadOf(content);
      for (const [at, { topic }] of seeds.entries()) {
        expect(decode(at, topic, payload, false).readings.length).toBeLessThanOrEqual(10_000);
      }
    },
    60_000,
  );

  it('keeps no more memory for ever new names', () => {
    const decode = openDecoder();
    const send = (from: number, to: number) => {
      for (let message = from; message < to; message++) {
        for (const [at, { topic }] of seeds.entries()) {
          const levels = topic.split('/');
          levels[message % levels.length] = `${'x'.repeat(500)}${message}`;
          decode(at, levels.join('/'), payloadOf(`{"name ${message}":${message}}`), false);
        }
      }
    };
    // Bounded stores are full before it is measured.
    send(0, 3_000);
    const before = heapMb();
    send(3_000, 6_000);
    expect(heapMb() - before).toBeLessThan(8);
  }, 60_000);
});

describe('our own format and a hostile sender', () => {
  it('never throws, and loses count of no reading', () => {
    const topic = 'venueflow/v1/arena/gw1/readings';
    const directory = new PointDirectory([
      { venue: 'arena', gateway: 'gw1', point: 'main.power', id: 1, unit: 'kW', min: 0, max: 9 },
    ]);
    const context = { directory, rules: new QualityRules(), eventNow: NOW, isClockWrong: () => false };
    const [own] = seeds;
    if (!own) throw new Error('There is no seed.');
    const sums = { accepted: 0, rejected: 0 };
    fc.assert(
      fc.property(hostile({ ...own, topic }), ({ topic: to, payload }) => {
        const { message, readings, rejected } = decodeReadings(to, payload, context);
        const lost = rejected.reduce((sum, entry) => sum + entry.readings, 0);
        sums.accepted += readings.length;
        sums.rejected += lost;
        const sent = message
          ? (JSON.parse(new TextDecoder().decode(payload)) as { readings: unknown[] }).readings.length
          : lost;
        expect(readings.length + lost).toBe(sent);
        for (const { value, ts } of readings) expect(Number.isFinite(value) && Number.isSafeInteger(ts)).toBe(true);
      }),
      { numRuns: Math.ceil(MESSAGES / (seeds.length + 1)), seed: SEED },
    );
    expect(Math.min(sums.accepted, sums.rejected)).toBeGreaterThan(0);
  }, 60_000);
});
