/** How a load is limited: by what is not receipted yet (closed loop), or to a rate whatever comes back (open loop). */
export type Pace =
  | { readonly kind: 'window'; readonly messages: number }
  | { readonly kind: 'rate'; readonly messagesPerSecond: number };

/** Messages that a rate owes after `elapsedMs`, less those sent. */
export const messagesDue = (messagesPerSecond: number, elapsedMs: number, sent: number): number =>
  Math.max(0, Math.floor((messagesPerSecond * elapsedMs) / 1000) - sent);
