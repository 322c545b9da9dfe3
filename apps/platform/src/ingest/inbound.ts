import {
  type DecodedOutcome,
  type DecodedReading,
  type DecodedRejection,
  decodeReadings,
  decodeResult,
  formatRefusal,
  type MessageSeq,
  type DecodeContext,
} from '#libs/telemetry';

/** What one message brings to the database. */
export interface Inbound {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly message: MessageSeq | undefined;
  readonly readings: readonly DecodedReading[];
  readonly rejected: readonly DecodedRejection[];
  readonly outcomes: readonly DecodedOutcome[];
}

/** Reads a message of a `readings` or a `result` topic. Never throws. */
export const readInbound = (topic: string, payload: Uint8Array, context: DecodeContext): Inbound => {
  if (topic.endsWith('/readings')) {
    return { topic, payload, outcomes: [], ...decodeReadings(topic, payload, context) };
  }
  const decoded = decodeResult(topic, payload, context.directory);
  const inbound = { topic, payload, message: undefined, readings: [], rejected: [], outcomes: [] };
  return decoded.ok ? { ...inbound, outcomes: [decoded.value] } : refused(inbound, formatRefusal(decoded.error), 1);
};

/** The same message when it cannot be kept as what it is. */
export const refused = (inbound: Inbound, reason: string, readings: number): Inbound => ({
  ...inbound,
  readings: [],
  outcomes: [],
  rejected: [{ topic: inbound.topic, payload: inbound.payload, reason, readings }],
});
