import type { EpochMs } from '#libs/kernel';
import type { Refusal } from '../decode-json.js';
import type { ReadingMessage } from '../messages.js';

/** A message of a device as MQTT delivered it. */
export interface DeviceMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** Event time of its arrival. */
  readonly received: EpochMs;
  /** The broker had kept it: it says what was, since nobody knows when. */
  readonly retained: boolean;
}

/** One value as the device's format gives it. */
export interface Measurement {
  /** The profile's name of what was measured, such as `em:0.total_act_power`: the `from` of a pack's device points. */
  readonly channel: string;
  /** Epoch ms by the device's clock; undefined where the format has none: then the time of arrival stands. */
  readonly ts: number | undefined;
  /** null: the device says that it has no valid value. Booleans are 0 and 1. */
  readonly value: number | null;
  /** Where the format says it, or fixes it for this channel. */
  readonly unit: string | undefined;
  readonly quality: ReadingMessage['quality'];
}

/** What is to be published to a device, QoS 1, not retained. */
export interface DeviceRequest {
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** Why something of a message was not taken. */
export interface RefusedValues extends Refusal {
  /** How many values it stands for; absent: one. */
  readonly values?: number;
}

/** What one message says. Values that could not be read are refused one by one and never take the others with them. */
export interface DeviceReport {
  readonly measurements: readonly Measurement[];
  readonly refused: readonly RefusedValues[];
  /** What the device is asked for because of this message, such as a rebirth. */
  readonly requests?: readonly DeviceRequest[];
  /** The device says of itself that it came or went. */
  readonly presence?: 'online' | 'offline';
}

/** Reads the messages of one entry of the pack's devices, and keeps what the format needs from one message to the next (within bounds). */
export interface DeviceReader {
  /** Never throws, whatever the bytes. A message of the format without values (a birth, a state, an echo) gives none. */
  read(message: DeviceMessage): DeviceReport;
  /** What the device needs to hear to go on publishing. `requests` follow what was read: they are to be asked for anew each time. */
  readonly keepalive?: { readonly everyMs: number; readonly requests: readonly DeviceRequest[] };
}

export interface ReaderOptions {
  /** The entry's topic filter. */
  readonly topic: string;
  /** IANA zone of the venue, for formats whose times are local. */
  readonly timeZone: string;
}

/** A device format. One file each; registered in `index.ts` beside it. */
export interface Profile {
  /** As devices.yaml names it. */
  readonly name: string;
  createReader(options: ReaderOptions): DeviceReader;
}
