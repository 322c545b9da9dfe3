import { describe, expect, it } from '@jest/globals';
import type { Device } from '#libs/games';
import { epochMs } from '#libs/kernel';

import { payloadOf } from '../profiles/device-message.fixture.js';
import { profiles } from '../profiles/index.js';
import { QualityRules } from '../quality-rules.js';
import { checkDevices } from './check-devices.js';
import { decodeDevice } from './decode-device.js';
import { DeviceDirectory } from './device-directory.js';
import { type Sample, samples } from './samples.fixture.js';

const deviceOf = ({ profile, filter, points }: Sample): Device => ({
  id: 'sample',
  venue: 'arena',
  profile,
  topic: filter,
  points: points.map(({ from, unit, source_unit }, index) => ({
    id: `sample.p${index}`,
    kind: 'sensor',
    unit: unit as Device['points'][number]['unit'],
    min: -1e9,
    max: 1e9,
    interval_s: 60,
    from,
    ...(source_unit === undefined ? {} : { source_unit }),
  })),
});

/** Reads a sample as ingest does: `[channel, value, instant]` of its good readings, and how many there were of each outcome. */
const decodeSample = (sample: Sample) => {
  const device = deviceOf(sample);
  expect(checkDevices([device])).toEqual([]);
  const directory = new DeviceDirectory({
    devices: [device],
    timeZone: 'Europe/Rome',
    points: device.points.map(({ id }, index) => ({ id: index, venue: 'arena', gateway: 'sample', point: id })),
  });
  const received = epochMs(Date.parse(sample.received));
  const message = { topic: sample.topic, payload: payloadOf(sample.payload), received, retained: false };
  const [known, ...others] = directory.findDevices(sample.topic);
  if (!known) throw new Error(`${sample.filter} does not take ${sample.topic}.`);
  expect(others).toEqual([]);
  const decoded = decodeDevice(known, message, { rules: new QualityRules(), clockWrong: false });
  expect(decoded.readings.filter(({ quality }) => quality !== 0)).toEqual([]);
  const shown = decoded.readings.map(({ pointId, value, ts }) => [
    sample.points[pointId]?.from,
    Number(value.toPrecision(12)),
    new Date(ts).toISOString(),
  ]);
  return { ...decoded, shown };
};

describe('payloads of real devices become readings of the pack’s points', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))('%s', (_name, sample) => {
    const decoded = decodeSample(sample);
    const expected = sample.points.flatMap(({ from, values }) =>
      values.map(([value, at]) => [from, value, new Date(at ?? sample.received).toISOString()]),
    );
    expect(decoded.shown).toHaveLength(expected.length);
    expect(decoded.shown).toEqual(expect.arrayContaining(expected));
    expect(decoded.rejected).toEqual([]);
  });

  it('are there for every format but our own', () => {
    const shown = new Set(['venueflow', ...samples.map(({ profile }) => profile)]);
    expect(profiles.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });
});
