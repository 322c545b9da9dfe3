/** What one message of a broker gives. */
export interface Gathered<Reading, Ack> {
  readonly readings: readonly Reading[];
  /** What tells it from others when it is sent again; undefined for one that is not, or that needs no mark. */
  readonly delivery: string | undefined;
  readonly ack: Ack | undefined;
}

/** What is written at once. */
export interface Portion<Reading> {
  readonly readings: readonly Reading[];
  readonly deliveries: readonly string[];
}

export interface GatheringOptions<Reading, Ack> {
  /** Puts it on the disk; false when the disk does not take it. */
  readonly write: (portion: Portion<Reading>) => boolean;
  /** All of the messages is on the disk. */
  readonly onWritten: (deliveries: readonly string[], acks: readonly Ack[]) => void;
  /** Of messages that are given up here, for their broker to send again. */
  readonly onRefused: () => void;
}

/** Waiting longer would tell the broker later, waiting less would write more often. */
const GATHER_MS = 20;
const MAX_MESSAGES = 500;
/** In one portion. */
const MAX_READINGS = 500;

/**
 * Messages that arrive within 20 ms, up to 500 of them or 500 readings, become one write. One with more readings than that becomes several; its
 * delivery is in the last of them.
 */
export class Gathering<Reading, Ack> {
  #messages: Gathered<Reading, Ack>[] = [];
  #readings = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: GatheringOptions<Reading, Ack>) {}

  add(message: Gathered<Reading, Ack>): void {
    // What follows a message that the disk does not take must not come before it.
    if (this.#readings + message.readings.length > MAX_READINGS && !this.flush()) return;
    this.#messages.push(message);
    this.#readings += message.readings.length;
    if (this.#messages.length >= MAX_MESSAGES || this.#readings >= MAX_READINGS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  /** Writes what is at hand. False when the disk does not take it. */
  flush(): boolean {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const messages = this.#messages;
    this.#messages = [];
    this.#readings = 0;
    if (messages.length === 0) return true;
    const readings = messages.flatMap((message) => message.readings);
    const deliveries = messages.flatMap(({ delivery }) => delivery ?? []);
    for (let start = 0; start < readings.length; start += MAX_READINGS) {
      const end = start + MAX_READINGS;
      const portion = { readings: readings.slice(start, end), deliveries: end < readings.length ? [] : deliveries };
      if (!this.options.write(portion)) {
        this.options.onRefused();
        return false;
      }
    }
    this.options.onWritten(
      deliveries,
      messages.flatMap(({ ack }) => (ack === undefined ? [] : [ack])),
    );
    return true;
  }
}
