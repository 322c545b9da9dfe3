import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Whether two secrets are equal, in a time that tells nothing of where they differ or how long they are. */
export const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));

/** Whether an `Authorization` header carries this token as `Bearer <token>`. */
export const checkToken = (header: string | undefined, token: string): boolean => {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  return given !== undefined && sameSecret(given, token);
};
