import type { ResultMessage } from '#libs/telemetry';
import type { Command } from './newest.js';

/** What the edge says about a command; the sender adds the time. */
export type Answer = Omit<ResultMessage, 'ts'>;

export const answer = (
  command: Command,
  state: Answer['state'],
  more: { readonly reason?: string; readonly measured?: number } = {},
): Answer => ({ plan: command.plan, seq: command.seq, state, ...more });
