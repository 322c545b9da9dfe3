import { createHash } from 'node:crypto';

/** What makes a message the same one when it comes again: 132 bits of a hash. */
export const fingerprintOf = ({ topic, payload }: { readonly topic: string; readonly payload: Uint8Array }): string =>
  createHash('sha256').update(topic).update('\0').update(payload).digest('base64').slice(0, 22);
