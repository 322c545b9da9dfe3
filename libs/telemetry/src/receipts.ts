import type { MessageSeq } from './decode-readings.js';

/** Seqs remembered past a gap, by gateway; what lies further is sent again by its gateway. */
const MAX_AHEAD = 10_000;

interface Progress {
  /** Highest seq up to which nothing is missing; undefined until a start is known. */
  stored: number | undefined;
  /** Committed past a gap. */
  readonly ahead: Set<number>;
}

/**
 * Highest seq of each gateway up to which all is committed. A gap is never passed: only `oldest`, by which the gateway
 * itself says that it no longer holds what is below, moves the start. A sender without `oldest` starts at seq 0 or 1, or after
 * a receipt that is known.
 */
export class ReceiptTracker {
  readonly #gateways = new Map<string, Progress>();

  constructor(known: Iterable<{ readonly venue: string; readonly gateway: string; readonly seq: number }>) {
    for (const { venue, gateway, seq } of known) this.#progressOf({ venue, gateway }).stored = seq;
  }

  /** Takes the messages of a batch; gives what may be receipted once that batch, and every one before, is committed. */
  add(messages: Iterable<MessageSeq>): { readonly venue: string; readonly gateway: string; readonly seq: number }[] {
    const touched = new Map<string, MessageSeq>();
    for (const message of messages) {
      touched.set(`${message.venue}/${message.gateway}`, message);
      this.#take(this.#progressOf(message), message);
    }
    return [...touched.values()].flatMap(({ venue, gateway }) => {
      const { stored } = this.#progressOf({ venue, gateway });
      return stored === undefined || stored < 0 ? [] : [{ venue, gateway, seq: stored }];
    });
  }

  #progressOf({ venue, gateway }: Pick<MessageSeq, 'venue' | 'gateway'>): Progress {
    const key = `${venue}/${gateway}`;
    const progress = this.#gateways.get(key) ?? { stored: undefined, ahead: new Set() };
    this.#gateways.set(key, progress);
    return progress;
  }

  #take(progress: Progress, { seq, oldest }: MessageSeq): void {
    const start = oldest === undefined ? (seq <= 1 ? seq : undefined) : Math.min(oldest, seq);
    if (start !== undefined && start - 1 > (progress.stored ?? -Infinity)) {
      progress.stored = start - 1;
      for (const passed of progress.ahead) if (passed < start) progress.ahead.delete(passed);
    }
    if (progress.stored !== undefined && seq <= progress.stored) return;
    if (progress.ahead.size < MAX_AHEAD || seq - 1 === progress.stored) progress.ahead.add(seq);
    if (progress.stored === undefined) return;
    while (progress.ahead.delete(progress.stored + 1)) progress.stored++;
  }
}
