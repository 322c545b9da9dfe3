import { describe, expect, it } from '@jest/globals';
import type { Device } from '#libs/games';
import { DAY_MS, epochMs, MINUTE_MS } from '#libs/kernel';

import type { DeviceReport, Measurement } from '../profiles/profile.js';
import { qualityLevel, qualityReasons } from '../quality.js';
import { QualityRules } from '../quality-rules.js';
import { decodeDevice } from './decode-device.js';
import { mapChannels } from './known-device.js';

const NOW = epochMs(1_767_700_000_000);

const points: Device['points'] = [
  { id: 'main.power', kind: 'sub_power', unit: 'kW', min: -10, max: 100, interval_s: 60, from: 'power' },
  {
    id: 'hall.temperature',
    kind: 'sensor',
    unit: '°C',
    min: -30,
    max: 60,
    interval_s: 60,
    from: 'temp',
    source_unit: '°F',
  },
  {
    id: 'main.energy',
    kind: 'energy_counter',
    unit: 'kWh',
    min: 0,
    max: 1e6,
    interval_s: 60,
    from: 'total',
    source_unit: 'Wh',
    factor: 2,
  },
  {
    id: 'main.mean_power',
    kind: 'sub_power',
    unit: 'kW',
    min: 0,
    max: 100,
    interval_s: 60,
    difference_of: 'main.energy',
  },
  {
    id: 'main.used',
    kind: 'interval_energy',
    unit: 'kWh',
    min: 0,
    max: 10,
    interval_s: 60,
    difference_of: 'main.energy',
  },
];
const device: Device = { id: 'meter', venue: 'arena', profile: 'any', topic: 'm/#', points };
const names = points.map(({ id }) => id);

const measure = (channel: string, value: number | null, rest: Partial<Measurement> = {}): Measurement => ({
  channel,
  value,
  ts: undefined,
  unit: undefined,
  quality: 'good',
  ...rest,
});

/** Decodes reports as one device sends them, each at its minute after NOW; readings as `[point, value, quality]`. */
const createDecoder = (last?: { ts: number; value: number; quality: number }) => {
  const channels = mapChannels(
    device,
    (point) => names.indexOf(point),
    (id) => (names[id] === 'main.energy' ? last : undefined),
  );
  const rules = new QualityRules();
  return (
    report: Partial<DeviceReport>,
    {
      minute = 0,
      retained = false,
      clockWrong = false,
    }: { minute?: number; retained?: boolean; clockWrong?: boolean } = {},
  ) => {
    const received = epochMs(NOW + minute * MINUTE_MS);
    const decoded = decodeDevice(
      { channels, reader: { read: () => ({ measurements: [], refused: [], ...report }) } },
      { topic: 'm/1', payload: new TextEncoder().encode('as sent'), received, retained },
      { rules, clockWrong },
    );
    const rejected = decoded.rejected.reduce((sum, { readings }) => sum + readings, 0);
    const { unmapped, no_value, retained: kept } = decoded.skipped;
    expect(decoded.accepted + rejected + unmapped + no_value + kept).toBe(decoded.received);
    return {
      ...decoded,
      shown: decoded.readings.map(({ pointId, value, quality }) =>
        [names[pointId], Number(value.toFixed(6)), qualityLevel(quality), ...qualityReasons(quality)].join(' '),
      ),
    };
  };
};

describe('decodeDevice', () => {
  it('gives readings of the pack’s points in their units, at the time of arrival where there is none other', () => {
    const decoded = createDecoder()({
      measurements: [
        measure('power', 558.965, { unit: 'W', ts: NOW - 1000.4 }),
        measure('temp', 212),
        measure('power', 3),
      ],
    });
    expect(decoded.readings).toEqual([
      { pointId: 0, ts: NOW - 1000, value: 0.558965, quality: 0 },
      { pointId: 1, ts: NOW, value: 100, quality: expect.anything() },
      { pointId: 0, ts: NOW, value: 3, quality: 0 },
    ]);
    expect(decoded.shown[1]).toBe('hall.temperature 100 bad out_of_range');
    expect(decoded.newestTs).toBe(NOW - 1000.4);
  });

  it('believes the unit that the format says, and takes the pack’s where it says none', () => {
    const decode = createDecoder();
    expect(
      decode({ measurements: [measure('temp', 20, { unit: 'Cel' }), measure('temp', 50, { unit: '' })] }).shown,
    ).toEqual(['hall.temperature 20 good', 'hall.temperature 10 good']);
  });

  it('counts what no point is for, what has no value, and what the broker had kept', () => {
    const decode = createDecoder();
    expect(decode({ measurements: [measure('uptime', 5), measure('power', null)] })).toMatchObject({
      received: 2,
      accepted: 0,
      rejected: [],
      skipped: { unmapped: 1, no_value: 1, retained: 0 },
    });
    const kept = decode({ measurements: [measure('power', 5), measure('power', 6, { ts: NOW })] }, { retained: true });
    expect(kept.skipped.retained).toBe(1);
    expect(kept.shown).toEqual(['main.power 6 good']);
  });

  it.each([
    ['wrong_unit', measure('power', 1, { unit: 'kWh' }), '"channel":"power"'],
    ['not_finite', measure('power', Infinity), '"channel":"power"'],
    ['not_finite', measure('total', 1.7e308, { unit: 'kWh' }), '"total"'],
    ['wrong_unit', measure('temp', 1, { unit: '%' }), '"temp"'],
    ['in_the_future', measure('power', 1, { ts: NOW + DAY_MS + 1 }), `"ts":${NOW + DAY_MS + 1}`],
    ['too_old', measure('power', 1, { ts: NOW - 36 * DAY_MS }), '"power"'],
    ['not_finite', measure('power', 1, { ts: NaN }), '"power"'],
    ['in_the_future', measure('power', 1, { ts: 1e300 }), '"power"'],
  ])('rejects a value as %s, and keeps the others', (code, wrong, kept) => {
    const decoded = createDecoder()({
      measurements: [measure('power', 1), wrong, measure('power', 2, { ts: NOW - 1 })],
    });
    expect(decoded.shown).toEqual(['main.power 1 good', 'main.power 2 good']);
    expect(decoded.rejected).toHaveLength(1);
    expect(decoded.rejected[0]?.reason).toMatch(new RegExp(`^${code}: `));
    expect(new TextDecoder().decode(decoded.rejected[0]?.payload)).toContain(kept);
  });

  it('keeps the message for what its reader refused, grouped by reason', () => {
    const refused = [
      { code: 'not_a_number', detail: 'a' },
      { code: 'not_a_number', detail: 'b' },
      { code: 'too_many_values', detail: 'c', values: 70 },
    ];
    const decoded = createDecoder()({ refused, measurements: [measure('power', 1)] });
    const payload = new TextEncoder().encode('as sent');
    expect(decoded.rejected).toEqual([
      { topic: 'm/1', payload, reason: 'not_a_number: a', readings: 2 },
      { topic: 'm/1', payload, reason: 'too_many_values: c', readings: 70 },
    ]);
    expect(decoded.accepted).toBe(1);
  });

  it('makes power and energy of a counter, in its own unit and times its factor', () => {
    const decode = createDecoder();
    expect(decode({ measurements: [measure('total', 1000)] }).shown).toEqual(['main.energy 2 good']);
    const next = decode({ measurements: [measure('total', 1250)] }, { minute: 1 });
    expect(next.shown).toEqual(['main.energy 2.5 good', 'main.mean_power 30 good', 'main.used 0.5 good']);
    expect(next).toMatchObject({ received: 1, accepted: 1 });
  });

  it('goes on from the stored counter, and gives the same again when a message comes twice', () => {
    const decode = createDecoder({ ts: NOW, value: 2, quality: 0 });
    const message = { measurements: [measure('total', 1250)] };
    const first = decode(message, { minute: 1 });
    expect(first.shown).toHaveLength(3);
    expect(decode(message, { minute: 1 }).readings).toEqual(first.readings);
  });

  it('makes nothing of a counter’s reading that is not to be believed', () => {
    const decode = createDecoder({ ts: NOW, value: 9e6, quality: 66 });
    const shown = [1000, 9e12, 1100, 1200].map(
      (total, minute) => decode({ measurements: [measure('total', total)] }, { minute }).shown.length,
    );
    expect(shown).toEqual([1, 1, 1, 3]);
  });

  it('says when the device’s clock is wrong', () => {
    expect(createDecoder()({ measurements: [measure('power', 1, { ts: NOW })] }, { clockWrong: true }).shown).toEqual([
      'main.power 1 uncertain clock',
    ]);
  });

  it('hands on what the device is asked for and says of itself', () => {
    const requests = [{ topic: 'R/1', payload: new Uint8Array() }];
    expect(createDecoder()({ requests, presence: 'offline' })).toMatchObject({ requests, presence: 'offline' });
  });
});
