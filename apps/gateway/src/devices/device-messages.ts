import type { Pack, SourcedPoint } from '#libs/games';
import { type EpochMs, epochMs } from '#libs/kernel';
import {
  decodeDevice,
  DeviceDirectory,
  type DeviceRequest,
  type KnownDevice,
  QUALITY,
  qualityLevel,
  QualityRules,
  type ReadingMessage,
  readingMessage,
} from '#libs/telemetry';
import { z } from 'zod';
import type { BufferRecord } from '../buffer/record.js';
import type { EdgeName } from '../edge-gateway.js';

interface DeviceReadings {
  readonly readings: readonly ReadingMessage[];
  /** To be published to the devices. */
  readonly requests: readonly DeviceRequest[];
  /** In words: what could not be taken. */
  readonly refused: readonly string[];
}

const writtenReadings = z.array(readingMessage);

/** Messages of a gateway's devices to readings of its points. */
export class DeviceMessages {
  readonly #directory: DeviceDirectory;
  readonly #points: readonly SourcedPoint[];
  readonly #rules = new QualityRules();
  /** When the newest message of each came, epoch ms. */
  readonly #received = new Map<KnownDevice, number>();

  /** `written` are the newest lines of the buffer: differences of counters go on from there. */
  constructor(
    pack: Pack,
    { venue, gateway }: EdgeName,
    points: readonly SourcedPoint[],
    written: readonly BufferRecord[],
  ) {
    this.#points = points;
    this.#directory = new DeviceDirectory({
      devices: pack.devices.filter((device) => device.venue === venue && device.gateway === gateway),
      timeZone: pack.games.time_zone,
      points: points.map(({ point }, id) => ({ id, venue, gateway, point: point.id })),
      lastCounters: lastCounters(points, written),
    });
  }

  get devices(): readonly KnownDevice[] {
    return this.#directory.devices;
  }

  /** Never throws, whatever the bytes. `now` is the time of arrival, which each message without a time gets, at least 1 ms after its device's last. */
  read(message: { topic: string; payload: Uint8Array; retained: boolean }, now: EpochMs): DeviceReadings {
    const decoded = this.#directory.findDevices(message.topic).map((known) => ({
      known,
      ...decodeDevice(
        known,
        { ...message, received: this.#receivedOf(known, now) },
        { rules: this.#rules, clockWrong: false },
      ),
    }));
    return {
      readings: decoded.flatMap(({ readings }) =>
        readings.flatMap(({ pointId, ts, value, quality }) => {
          const point = this.#points[pointId]?.point;
          return point ? [{ point: point.id, ts, value, unit: point.unit, quality: qualityLevel(quality) }] : [];
        }),
      ),
      requests: decoded.flatMap(({ requests }) => requests),
      refused: decoded.flatMap(({ known, rejected }) =>
        rejected.map(({ reason, readings }) => `${known.device.id}: ${message.topic}: ${readings} refused, ${reason}`),
      ),
    };
  }

  #receivedOf(known: KnownDevice, now: EpochMs): EpochMs {
    const received = Math.max(now, (this.#received.get(known) ?? -1) + 1);
    this.#received.set(known, received);
    return epochMs(received);
  }
}

const lastCounters = (points: readonly SourcedPoint[], written: readonly BufferRecord[]) => {
  const counters = new Map(
    points.flatMap(({ point }, id) => (point.kind === 'energy_counter' ? [[point.id, id] as const] : [])),
  );
  const last = new Map<number, { readonly ts: number; readonly value: number; readonly quality: number }>();
  for (const record of written) {
    for (const { point, ts, value, quality } of writtenReadings.parse(JSON.parse(record.readings))) {
      const id = counters.get(point);
      if (id !== undefined && ts >= (last.get(id)?.ts ?? -1)) last.set(id, { ts, value, quality: QUALITY[quality] });
    }
  }
  return last;
};
