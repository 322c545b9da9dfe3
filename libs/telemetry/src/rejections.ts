import type { Refusal } from './decode-json.js';
import { formatRefusal } from './decode-json.js';

/** What was refused of a message, one entry a reason; `payload` is the whole message or the first reading refused. */
export interface DecodedRejection {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly reason: string;
  /** Readings lost with it; a message that could not be read counts as one. */
  readonly readings: number;
}

/** Gathers what was refused of one message: one entry a reason, with the first thing refused for it. */
export class Rejections {
  readonly #byCode = new Map<string, { readonly first: unknown; readonly reason: string; count: number }>();

  /** `what` is kept as JSON; bytes as they are. `readings` were lost with it. */
  add(refusal: Refusal, what: unknown, readings = 1): void {
    const earlier = this.#byCode.get(refusal.code);
    if (earlier) earlier.count += readings;
    else this.#byCode.set(refusal.code, { first: what, reason: formatRefusal(refusal), count: readings });
  }

  list(topic: string): DecodedRejection[] {
    return [...this.#byCode.values()].map(({ first, reason, count }) => ({
      topic,
      payload: first instanceof Uint8Array ? first : new TextEncoder().encode(JSON.stringify(first)),
      reason,
      readings: count,
    }));
  }
}
