import type { SetpointMessage } from '#libs/telemetry';
import { type Answer, answer } from '../commands/answer.js';
import { isNewer } from '../commands/newest.js';

interface Accepted {
  readonly message: SetpointMessage;
  applied: boolean;
}

/** Setpoints that wait for their time, beside the one in force. */
const MAX_WAITING = 16;

/**
 * The setpoints of one asset: which is in force, and what is to be answered. `refusal` says why a value cannot be
 * taken, or nothing. Times are event time, epoch ms.
 */
export class AssetSetpoints {
  readonly #refusal: (value: number) => string | undefined;
  #newest: SetpointMessage | undefined;
  /** In the order in which they came. */
  #accepted: Accepted[] = [];

  constructor(refusal: (value: number) => string | undefined) {
    this.#refusal = refusal;
  }

  /** Takes a message; gives the answer, or nothing for one that is ignored. Without a clock its age is judged later. */
  offer(message: SetpointMessage, eventNow: number | undefined): Answer | undefined {
    if (!isNewer(message, this.#newest)) return undefined;
    this.#newest = message;
    if (eventNow !== undefined && message.valid_until <= eventNow) {
      return answer(message, 'expired', { reason: `valid until ${message.valid_until}, received at ${eventNow}` });
    }
    const refusal = this.#refusal(message.value);
    if (refusal !== undefined) return answer(message, 'refused', { reason: refusal });
    this.#accepted = [...this.#accepted, { message, applied: false }].slice(-MAX_WAITING);
    return answer(message, 'received');
  }

  /** The value in force at `minute`; undefined means the safe default. */
  findValue(minute: number): number | undefined {
    const current = this.#accepted.findLast(({ message }) => message.from <= minute);
    return current && minute < current.message.valid_until ? current.message.value : undefined;
  }

  /** After a minute was run with `findValue(minute)`: what is to be reported of it. `measured` in kW. */
  settle(minute: number, measured: number): readonly Answer[] {
    const current = this.#accepted.findLast(({ message }) => message.from <= minute);
    if (!current) return [];
    this.#accepted = this.#accepted.slice(this.#accepted.indexOf(current));
    if (current.applied) return [];
    current.applied = true;
    if (minute < current.message.valid_until) return [answer(current.message, 'applied', { measured })];
    return [answer(current.message, 'expired', { reason: `not in force before ${current.message.valid_until}` })];
  }
}
