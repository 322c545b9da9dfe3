import type { Device, DevicePoint } from '#libs/games';
import { epochMs, MINUTE_MS } from '#libs/kernel';

import { type KnownPoint, knownPoint } from '../point-directory.js';
import type { DeviceReader } from '../profiles/profile.js';
import { QUALITY, QUALITY_LEVEL, QUALITY_REASONS } from '../quality.js';
import { CounterDifferences } from './counter-differences.js';
import type { CounterReading } from './counter.js';

/** A point made by difference of a counter, in its own unit, kW or kWh. */
export interface DifferencePoint {
  readonly point: KnownPoint;
  readonly differences: CounterDifferences;
}

/** A point that a channel of the device is stored as. */
export interface ChannelPoint {
  readonly point: KnownPoint;
  /** Of values for which the format says no unit. */
  readonly unit: string;
  readonly factor: number;
  /** What is made of it when it is a counter. */
  readonly derived: readonly DifferencePoint[];
}

/** An entry of the pack's devices, with what is remembered of it. */
export interface KnownDevice {
  readonly device: Device;
  /** Whose points its readings are: its gateway's when that reads it, else its own. */
  readonly source: string;
  readonly reader: DeviceReader;
  readonly channels: ReadonlyMap<string, readonly ChannelPoint[]>;
}

/** A stored reading. */
export interface LastReading {
  readonly ts: number;
  readonly value: number;
  readonly quality: number;
}

/** Whether a counter's reading is fit to be subtracted from, by its stored quality. */
export const isPlausible = (quality: number): boolean =>
  (quality & QUALITY_LEVEL) !== QUALITY.bad && (quality & QUALITY_REASONS.rate) === 0;

/** Shortest silence of a counter after which no difference is taken, and how many of its intervals it is at least. */
const MIN_GAP_MS = 15 * MINUTE_MS;
const GAP_INTERVALS = 3;

interface Numbered {
  readonly spec: DevicePoint;
  readonly point: KnownPoint;
}

const differencesOf = (
  counter: Numbered,
  points: readonly Numbered[],
  last: CounterReading | undefined,
): readonly DifferencePoint[] =>
  points
    .filter(({ spec }) => spec.difference_of === counter.spec.id)
    .map(({ spec, point }) => {
      const limits = {
        rolloverAt: counter.spec.rollover_at,
        maxGapMs: Math.max(MIN_GAP_MS, GAP_INTERVALS * counter.spec.interval_s * 1000),
        minGapMs: spec.interval_s * 500,
      };
      return { point, differences: new CounterDifferences(limits, last) };
    });

/** The points of a device by the channel that they are made from. Points without a number are left out: the database does not know them. */
export const mapChannels = (
  device: Device,
  findId: (point: string) => number | undefined,
  findLast: (pointId: number) => LastReading | undefined,
): ReadonlyMap<string, readonly ChannelPoint[]> => {
  const points = device.points.flatMap((spec) => {
    const id = findId(spec.id);
    return id === undefined ? [] : [{ spec, point: knownPoint(id, spec) }];
  });
  const channels = new Map<string, ChannelPoint[]>();
  for (const numbered of points) {
    const { spec, point } = numbered;
    if (spec.from === undefined) continue;
    const found = findLast(point.id);
    const last = found && isPlausible(found.quality) ? { ts: epochMs(found.ts), value: found.value } : undefined;
    const channel = channels.get(spec.from) ?? [];
    channel.push({
      point,
      unit: spec.source_unit ?? spec.unit,
      factor: spec.factor ?? 1,
      derived: differencesOf(numbered, points, last),
    });
    channels.set(spec.from, channel);
  }
  return channels;
};
