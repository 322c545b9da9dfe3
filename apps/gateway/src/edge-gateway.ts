import { type Clock, DAY_MS, errorMessage } from '#libs/kernel';
import { clockMessage, decodeMessage, type StatusMessage, storedMessage, topics } from '#libs/telemetry';
import { bufferDirectory, DiskBuffer } from './buffer/disk-buffer.js';
import type { BufferMessage } from './buffer/record.js';
import { Link } from './link/link.js';
import { Uplink } from './uplink.js';

export interface EdgeOptions {
  readonly home: string;
  readonly mqttUrl: string;
  readonly bufferBytes: number;
  readonly clock: Clock;
  /** Ms of a clock that never jumps. */
  readonly monotonic: () => number;
  readonly warn: (line: string) => void;
}

/** A gateway of the pack. */
export interface EdgeName {
  readonly venue: string;
  readonly gateway: string;
}

/** What else comes from the platform for this gateway. */
export interface Downlink {
  readonly subscriptions: readonly string[];
  readonly onMessage: (topic: string, payload: Uint8Array) => void;
}

const STATUS_MS = 10_000;
/** Sooner when the last word was of a backlog that is gone. */
const EMPTIED_MS = 1_000;
/** Time for a receipt that the broker kept to arrive, before the first message of a new buffer is sent. */
const SETTLE_MS = 1_000;

const NEARLY_FULL = 0.8;
/** A platform that receipted something so lately is there. */
const TAKING_MS = 10_000;

/** Disk buffer -> MQTT, as one gateway. Its owner appends readings; `tick` is called a few times a second. */
export class EdgeGateway {
  readonly buffer: DiskBuffer;
  readonly #uplink: Uplink;
  readonly #link: Link;
  #statusAt = -Infinity;
  #saidBuffered = 0;
  #saidDropped: number;
  /** When the connection was made, while a receipt is waited for. */
  #settlingSince: number | undefined;
  #platformWall: number | undefined;
  #receipt = -1;

  constructor(
    private readonly options: EdgeOptions,
    private readonly name: EdgeName,
    private readonly downlink: Downlink = { subscriptions: [], onMessage: () => undefined },
  ) {
    const { home, mqttUrl, clock, bufferBytes, warn, monotonic } = options;
    const { venue, gateway } = name;
    const directory = bufferDirectory(home, venue, gateway);
    this.buffer = new DiskBuffer({ directory, firstSeq: clock.now(), maxBytes: bufferBytes });
    this.#saidDropped = this.buffer.dropped;
    const readings = topics.readings(venue, gateway);
    const pump = () => this.#uplink.pump(monotonic());
    this.#uplink = new Uplink(this.buffer, (payload, onAcknowledged) =>
      this.#link.send(readings, payload, () => {
        onAcknowledged();
        pump();
      }),
    );
    this.#link = new Link({
      url: mqttUrl,
      clientId: `venueflow-gateway-${venue}-${gateway}`,
      subscriptions: [topics.stored(venue, gateway), topics.clock(), ...downlink.subscriptions],
      will: { topic: this.#statusTopic, payload: JSON.stringify({ state: 'offline', ts: clock.now() }) },
      onConnect: () => this.#onConnect(),
      onDisconnect: () => {
        this.#settlingSince = undefined;
        this.#uplink.onDisconnect();
      },
      onMessage: (topic, payload) => this.#onMessage(topic, payload),
      warn,
    });
  }

  /** Nearly full while the platform takes what is in it: a feeder that can wait should, instead of pushing the oldest out. */
  get busy(): boolean {
    return this.buffer.filled > NEARLY_FULL && this.options.monotonic() - this.#uplink.receiptedAt < TAKING_MS;
  }

  /** Writes readings to the disk. False, with a warning, when it does not take them: to be asked again. */
  append(message: BufferMessage): boolean {
    try {
      this.buffer.append(message);
    } catch (error) {
      this.options.warn(
        `the buffer of ${this.name.gateway} cannot be written (${errorMessage(error)}); trying again. Make room for ${this.options.home}.`,
      );
      return false;
    }
    this.#uplink.pump(this.options.monotonic());
    return true;
  }

  /** Publishes what need not survive: nothing is kept for a broker that is away. */
  publish(topic: string, message: object): void {
    this.#link.publish(topic, message);
  }

  /** Sends what may be sent, and says how it is. */
  tick(): void {
    const now = this.options.monotonic();
    if (this.#settlingSince !== undefined && now - this.#settlingSince >= SETTLE_MS) this.#begin(now);
    this.#uplink.pump(now);
    const emptied = this.#saidBuffered > 0 && this.buffer.buffered + this.#uplink.givenUpUnderWay === 0;
    if (now - this.#statusAt >= (emptied ? EMPTIED_MS : STATUS_MS)) this.#publishStatus();
  }

  async stop(): Promise<void> {
    await this.#link.stop({ topic: this.#statusTopic, message: this.#status('offline') });
    this.buffer.close();
  }

  get #statusTopic(): string {
    return topics.status(this.name.venue, this.name.gateway);
  }

  #status(state: StatusMessage['state']): StatusMessage {
    const { published } = this.buffer;
    const givenUpUnderWay = this.#uplink.givenUpUnderWay;
    const buffered = this.buffer.buffered + givenUpUnderWay;
    const dropped = this.buffer.dropped - givenUpUnderWay;
    return { state, ts: this.options.clock.now(), buffered, published, dropped };
  }

  #publishStatus(): void {
    const status = this.#status('online');
    const { buffered = 0, dropped = 0 } = status;
    this.#statusAt = this.options.monotonic();
    this.#saidBuffered = buffered;
    if (dropped > this.#saidDropped) {
      this.options.warn(
        `${this.name.gateway}: ${dropped - this.#saidDropped} readings were given up, since the buffer was full or damaged; ${dropped} in all.`,
      );
      this.#saidDropped = dropped;
    }
    this.#link.publish(this.#statusTopic, status, true);
  }

  #onConnect(): void {
    this.#publishStatus();
    const now = this.options.monotonic();
    if (this.buffer.confirmed) this.#uplink.onConnect(now);
    else this.#settlingSince = now;
  }

  /** A new buffer begins to send. Where its first seq came from a clock far in the future, the platform would refuse it. */
  #begin(now: number): void {
    this.#settlingSince = undefined;
    const wall = this.#platformWall ?? this.options.clock.now();
    if (!this.buffer.confirmed && this.buffer.oldest > wall + DAY_MS) {
      this.#uplink.renumber(Math.max(wall, this.#receipt + 1), now);
    }
    this.#uplink.onConnect(now);
  }

  #onMessage(topic: string, payload: Uint8Array): void {
    if (topic === topics.stored(this.name.venue, this.name.gateway)) {
      const stored = decodeMessage(storedMessage, payload);
      if (stored.ok) this.#onStored(stored.value.seq);
      return;
    }
    if (topic === topics.clock()) {
      const clock = decodeMessage(clockMessage, payload);
      if (clock.ok) this.#platformWall = clock.value.wall_ms;
    }
    this.downlink.onMessage(topic, payload);
  }

  #onStored(seq: number): void {
    const now = this.options.monotonic();
    this.#receipt = Math.max(this.#receipt, seq);
    if (!this.#uplink.onReceipt(seq, now)) {
      this.options.warn(
        `${this.name.gateway}: the platform has a receipt for ${seq}, which this buffer did not send; its messages are numbered from ${seq + 1} on.`,
      );
    }
    if (this.#settlingSince !== undefined) this.#begin(now);
    this.#uplink.pump(now);
  }
}
