import { describe, expect, it } from '@jest/globals';
import { checkSession, SESSION_COOKIE, sessionOf } from './session.js';

const TOKEN = 'correct-horse-battery';

describe('checkSession', () => {
  it('takes the session of the token, among other cookies', () => {
    expect(checkSession(`a=b; ${SESSION_COOKIE}=${sessionOf(TOKEN)}; c=d`, TOKEN)).toBe(true);
  });

  it('does not keep the token in the cookie', () => {
    expect(sessionOf(TOKEN)).not.toContain(TOKEN);
    expect(checkSession(`${SESSION_COOKIE}=${TOKEN}`, TOKEN)).toBe(false);
  });

  it.each([undefined, '', SESSION_COOKIE, `${SESSION_COOKIE}=`, `x${SESSION_COOKIE}=${sessionOf(TOKEN)}`])(
    'refuses %p',
    (cookies) => {
      expect(checkSession(cookies, TOKEN)).toBe(false);
    },
  );

  it('ends every session when the token changes', () => {
    expect(checkSession(`${SESSION_COOKIE}=${sessionOf(TOKEN)}`, `${TOKEN}-2`)).toBe(false);
  });
});
