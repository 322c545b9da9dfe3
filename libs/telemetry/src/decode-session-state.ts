import { type EpochMs, epochMs, fail, ok, type Result, showValue } from '#libs/kernel';
import { decodeMessage, type Refusal } from './decode-json.js';
import { type SessionStateMessage, sessionStateMessage } from './messages.js';
import { topicLevels } from './topics.js';

/** How a session really goes. */
export interface DecodedSessionState {
  readonly venue: string;
  readonly session: string;
  readonly state: SessionStateMessage['state'];
  readonly expectedEnd: EpochMs | null;
  readonly by: string;
  readonly ts: EpochMs;
}

/** Whether a venue has a session of this name. */
export type HasSession = (venue: string, session: string) => boolean;

/** Reads one message of a session's `state` topic; venue and session must be the pack's. Never throws. */
export const decodeSessionState = (
  topic: string,
  payload: Uint8Array,
  hasSession: HasSession,
): Result<DecodedSessionState, Refusal> => {
  const [venue = '', sessions, session = '', last, ...more] = topicLevels(topic) ?? [];
  if (sessions !== 'sessions' || last !== 'state' || more.length > 0)
    return fail({ code: 'unknown_topic', detail: `${showValue(topic)} is no topic of a session's state` });
  if (!hasSession(venue, session)) {
    const detail = `the pack has no session ${showValue(session)} at ${showValue(venue)}; it is the session's id and its civil date`;
    return fail({ code: 'unknown_session', detail });
  }
  const decoded = decodeMessage(sessionStateMessage, payload);
  if (!decoded.ok) return decoded;
  const { state, expected_end, by, ts } = decoded.value;
  if (by.includes('\0')) return fail({ code: 'wrong_shape', detail: 'by: holds a NUL' });
  const expectedEnd = expected_end === undefined ? null : epochMs(expected_end);
  return ok({ venue, session, state, expectedEnd, by, ts: epochMs(ts) });
};
