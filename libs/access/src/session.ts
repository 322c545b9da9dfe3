import { createHmac } from 'node:crypto';

import { sameSecret } from './token.js';

/** Name of the cookie that stands for the token in a browser. */
export const SESSION_COOKIE = 'venueflow_session';

/** The cookie's value: made from the token, so that the token itself is not kept in a browser; a new token ends every session. */
export const sessionOf = (token: string): string =>
  createHmac('sha256', token).update('venueflow session').digest('base64url');

/** Whether a `Cookie` header carries a session of this token. */
export const checkSession = (cookies: string | undefined, token: string): boolean =>
  (cookies ?? '').split(';').some((pair) => {
    const [name, value] = pair.trim().split('=', 2);
    return name === SESSION_COOKIE && value !== undefined && sameSecret(value, sessionOf(token));
  });
