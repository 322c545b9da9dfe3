import type { RejectedList, Rejection } from './wire.js';

/** What was rejected for one reason. */
export interface RejectedGroup {
  readonly code: string;
  /** In the last hour. */
  readonly messages: number;
  readonly readings: number;
  /** The newest of them. */
  readonly examples: readonly Rejection[];
}

const EXAMPLES = 3;

/** By reason: first those of the last hour, the most readings first, then older ones, the newest first. */
export const groupRejected = ({ last_hour: lastHour, messages }: RejectedList): readonly RejectedGroup[] => {
  const counts = new Map(lastHour.map((count) => [count.code, count]));
  const codes = new Set([...counts.keys(), ...messages.map(({ code }) => code)]);
  return [...codes].map((code) => ({
    code,
    messages: counts.get(code)?.messages ?? 0,
    readings: counts.get(code)?.readings ?? 0,
    examples: messages.filter((message) => message.code === code).slice(0, EXAMPLES),
  }));
};
