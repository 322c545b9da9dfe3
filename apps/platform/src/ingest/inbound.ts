import type { Delivery } from '#libs/store';
import {
  type DecodeContext,
  type DecodedOutcome,
  type DecodedPosition,
  type DecodedReading,
  type DecodedSessionState,
  decodeSessionState,
  type HasSession,
  type DecodedRejection,
  decodePosition,
  decodeReadings,
  decodeResult,
  formatRefusal,
  type MessageSeq,
  type VehicleNames,
} from '#libs/telemetry';

/** What one message brings to the database. */
export interface Inbound {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly message: MessageSeq | undefined;
  readonly readings: readonly DecodedReading[];
  readonly rejected: readonly DecodedRejection[];
  readonly outcomes: readonly DecodedOutcome[];
  readonly position?: DecodedPosition;
  readonly session?: DecodedSessionState;
  /** Newest instant in a gateway's message, epoch ms. */
  readonly newestTs?: number | undefined;
  /** Values of a device that the pack has no point for, or that it says it does not have. */
  readonly skipped: number;
  /** Of a message whose readings have the time of its arrival. */
  readonly delivery?: Delivery;
}

/** What messages of our own topics are read against. */
export interface InboundContext extends DecodeContext {
  readonly names: VehicleNames;
  readonly hasSession: HasSession;
}

/** Reads a message of a `readings`, a `position`, a session's `state` or a `result` topic. Never throws. */
export const readInbound = (topic: string, payload: Uint8Array, context: InboundContext): Inbound => {
  if (topic.endsWith('/readings')) {
    return { topic, payload, outcomes: [], skipped: 0, ...decodeReadings(topic, payload, context) };
  }
  const inbound = { topic, payload, message: undefined, readings: [], rejected: [], outcomes: [], skipped: 0 };
  if (topic.endsWith('/position')) {
    const position = decodePosition(topic, payload, context);
    return position.ok ? { ...inbound, position: position.value } : refused(inbound, formatRefusal(position.error), 1);
  }
  if (topic.endsWith('/state')) {
    const session = decodeSessionState(topic, payload, context.hasSession);
    return session.ok ? { ...inbound, session: session.value } : refused(inbound, formatRefusal(session.error), 1);
  }
  const decoded = decodeResult(topic, payload, context.directory);
  return decoded.ok ? { ...inbound, outcomes: [decoded.value] } : refused(inbound, formatRefusal(decoded.error), 1);
};

/** The same message when it cannot be kept as what it is. */
export const refused = (
  { position: _lost, session: _gone, ...inbound }: Inbound,
  reason: string,
  readings: number,
): Inbound => ({
  ...inbound,
  readings: [],
  outcomes: [],
  rejected: [{ topic: inbound.topic, payload: inbound.payload, reason, readings }],
});
