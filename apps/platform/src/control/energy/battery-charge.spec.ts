import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { ReadingRow } from '#libs/store';
import { QUALITY } from '#libs/telemetry';
import { PackPoints } from '../points.js';
import { chargeByVenue } from './battery-charge.js';

const NOW = epochMs(100 * MINUTE_MS);
const soc = { id: 'soc', kind: 'battery_soc', unit: 'ratio', min: 0, max: 1, interval_s: 60 } as const;
const points = PackPoints.of({ devices: [], gateways: [{ id: 'edge', venue: 'hall', points: [soc] }] }, [
  { id: 1, venue: 'hall', gateway: 'edge', point: 'soc', kind: 'battery_soc', unit: 'ratio' },
]);
const chargeOf = async (...readings: readonly (readonly [minutesAgo: number, value: number, quality: number])[]) => {
  const rows = readings.map(([ago, value, quality]): ReadingRow => ({
    pointId: 1,
    ts: epochMs(NOW - ago * MINUTE_MS),
    value,
    quality,
  }));
  const raw = (_: readonly number[], from: number, to: number) =>
    Promise.resolve(rows.filter(({ ts }) => ts >= from && ts < to));
  return (await chargeByVenue({ raw }, { venues: [{ id: 'hall' }] }, points, NOW)).get('hall');
};

describe('chargeByVenue', () => {
  it('is the newest charge', async () => expect(await chargeOf([1, 0.4, 0], [0, 0.5, 0])).toBe(0.5));

  it('is the last good one while the newest are bad', async () =>
    expect(await chargeOf([15, 0.4, QUALITY.uncertain], [1, 0.9, QUALITY.bad], [0, 0.9, QUALITY.bad])).toBe(0.4));

  it('is none when it is older than 15 minutes or bad: the battery rests', async () => {
    expect(await chargeOf([16, 0.4, QUALITY.good])).toBeUndefined();
    expect(await chargeOf([0, 0.4, QUALITY.bad])).toBeUndefined();
  });
});
