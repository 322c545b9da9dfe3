import { describe, expect, it } from '@jest/globals';
import { decodeSessionState } from './decode-session-state.js';
import { topics } from './topics.js';

const state = { state: 'over_time', expected_end: 5_000, by: 'timing', ts: 1_000 };
const decode = (topic: string, message: unknown) => {
  const decoded = decodeSessionState(topic, Buffer.from(JSON.stringify(message)), (venue, session) =>
    [venue, session].every((name) => name === 'hall' || name === 'final-2026-02-07'),
  );
  return decoded.ok ? decoded.value : decoded.error.code;
};
const topic = topics.sessionState('hall', 'final-2026-02-07');

describe('decodeSessionState', () => {
  it('reads how a session goes', () => {
    expect(decode(topic, state)).toEqual({
      venue: 'hall',
      session: 'final-2026-02-07',
      state: 'over_time',
      expectedEnd: 5_000,
      by: 'timing',
      ts: 1_000,
    });
    expect(decode(topic, { ...state, expected_end: undefined })).toMatchObject({ expectedEnd: null });
  });

  it.each([
    ['another topic', topics.position('bus-1'), state, 'unknown_topic'],
    ['a topic below it', `${topic}/x`, state, 'unknown_topic'],
    ['a session that the pack lacks', topics.sessionState('hall', 'semi'), state, 'unknown_session'],
    ['a state that is none', topic, { ...state, state: 'late' }, 'wrong_shape'],
    ['nobody', topic, { ...state, by: '' }, 'wrong_shape'],
    ['a name that no text column takes', topic, { ...state, by: 'a\0b' }, 'wrong_shape'],
  ])('refuses %s', (_what, where, message, code) => {
    expect(decode(where, message)).toBe(code);
  });
});
