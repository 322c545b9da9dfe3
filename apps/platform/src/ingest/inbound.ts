import type { Delivery } from '#libs/store';
import {
  type DecodeContext,
  type DecodedOutcome,
  type DecodedReading,
  type DecodedRejection,
  decodeReadings,
  decodeResult,
  formatRefusal,
  type MessageSeq,
} from '#libs/telemetry';

/** What one message brings to the database. */
export interface Inbound {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly message: MessageSeq | undefined;
  readonly readings: readonly DecodedReading[];
  readonly rejected: readonly DecodedRejection[];
  readonly outcomes: readonly DecodedOutcome[];
  /** Newest instant in a gateway's message, epoch ms. */
  readonly newestTs?: number | undefined;
  /** Values of a device that the pack has no point for, or that it says it does not have. */
  readonly skipped: number;
  /** Of a message whose readings have the time of its arrival. */
  readonly delivery?: Delivery;
}

/** Reads a message of a `readings` or a `result` topic. Never throws. */
export const readInbound = (topic: string, payload: Uint8Array, context: DecodeContext): Inbound => {
  if (topic.endsWith('/readings')) {
    return { topic, payload, outcomes: [], skipped: 0, ...decodeReadings(topic, payload, context) };
  }
  const decoded = decodeResult(topic, payload, context.directory);
  const inbound = { topic, payload, message: undefined, readings: [], rejected: [], outcomes: [], skipped: 0 };
  return decoded.ok ? { ...inbound, outcomes: [decoded.value] } : refused(inbound, formatRefusal(decoded.error), 1);
};

/** The same message when it cannot be kept as what it is. */
export const refused = (inbound: Inbound, reason: string, readings: number): Inbound => ({
  ...inbound,
  readings: [],
  outcomes: [],
  rejected: [{ topic: inbound.topic, payload: inbound.payload, reason, readings }],
});
