import { type EpochMs, epochMs } from '#libs/kernel';
import type { Delivery } from '#libs/store';
import {
  decodeDevice,
  type DecodedDevice,
  type DeviceDirectory,
  type KnownDevice,
  type QualityRules,
} from '#libs/telemetry';
import { fingerprintOf } from './fingerprint.js';
import { type Inbound, refused } from './inbound.js';
import type { Packets } from './packets.js';

/** A message on a topic that is not of our own format. */
export interface ForeignMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retained: boolean;
  /** Its session and packet id; undefined for QoS 0. */
  readonly delivery: { readonly session: string; readonly messageId: number; readonly again: boolean } | undefined;
}

export interface DeviceDeskOptions {
  readonly directory: DeviceDirectory;
  readonly rules: QualityRules;
  readonly packets: Packets;
  /** Newest stored instant of a device's readings; times that are given go on from there. */
  readonly lastReceived: (device: KnownDevice) => EpochMs | undefined;
  readonly isClockWrong: (device: KnownDevice) => boolean;
  /** After each message of a device. */
  readonly onRead: (device: KnownDevice, decoded: DecodedDevice) => void;
}

/** Reads what devices publish in their own formats, and gives a time to what has none. */
export class DeviceDesk {
  readonly #received = new Map<KnownDevice, number>();

  constructor(private readonly options: DeviceDeskOptions) {}

  /** `eventNow` is event time. Never throws. */
  read(message: ForeignMessage, eventNow: EpochMs): Inbound {
    const { topic, payload, retained } = message;
    const devices = this.options.directory.findDevices(topic);
    const nothing: Inbound = {
      topic,
      payload,
      message: undefined,
      readings: [],
      rejected: [],
      outcomes: [],
      skipped: 0,
    };
    if (devices.length === 0) return refused(nothing, 'unknown_topic: the pack has no device with this topic', 1);
    const received = this.#nextInstant(devices, eventNow);
    const decoded = devices.map((device) => {
      const clockWrong = this.options.isClockWrong(device);
      const one = decodeDevice(
        device,
        { topic, payload, received, retained },
        { rules: this.options.rules, clockWrong },
      );
      this.options.onRead(device, one);
      return one;
    });
    return {
      ...nothing,
      readings: decoded.flatMap(({ readings }) => readings),
      rejected: decoded.flatMap(({ rejected }) => rejected),
      skipped: decoded.reduce((sum, { skipped }) => sum + skipped.unmapped + skipped.no_value + skipped.retained, 0),
      ...(decoded.some(({ untimed }) => untimed) ? this.#remember(message, received) : {}),
    };
  }

  /** The broker is told that a message is safe: its packet id may come again with another one. */
  onAcknowledged(delivery: Delivery): void {
    this.options.packets.acknowledged(delivery);
  }

  /** Later than every time that was given to these devices: two messages in one millisecond are two readings. */
  #nextInstant(devices: readonly KnownDevice[], eventNow: EpochMs): EpochMs {
    const after = devices.map(
      (device) => (this.#received.get(device) ?? this.options.lastReceived(device) ?? -Infinity) + 1,
    );
    const received = Math.max(eventNow, ...after);
    for (const device of devices) this.#received.set(device, received);
    return epochMs(received);
  }

  #remember({ topic, payload, delivery }: ForeignMessage, received: EpochMs): { readonly delivery?: Delivery } {
    if (!delivery) return {};
    const fingerprint = fingerprintOf({ topic, payload });
    const again = this.options.packets.take(delivery, fingerprint) || delivery.again;
    return { delivery: { ...delivery, fingerprint, received, arrived: performance.now(), again } };
  }
}
