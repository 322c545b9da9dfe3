import mqtt, { type IPublishPacket } from 'mqtt';
import { maskUrl } from '#libs/access';
import { errorMessage } from '#libs/kernel';
import { DelayedAcks, type PendingAck } from '#libs/telemetry/nest';

export interface SessionOptions {
  readonly url: string;
  /** The durable session's name: who connects with it takes it over, with all that waits in it. */
  readonly clientId: string;
  /** Subscribed with QoS 1. */
  readonly filters: readonly string[];
  /** Subscribed with QoS 0: what is worth nothing later. */
  readonly fleeting: readonly string[];
  /** What the session was subscribed to before and is not any more. */
  readonly former: readonly string[];
  /** `ack` is undefined for QoS 0. */
  readonly onMessage: (packet: IPublishPacket, ack: SessionAck | undefined) => void;
  /** After each connect, once the subscriptions stand. */
  readonly onReady: () => void;
  readonly warn: (line: string) => void;
}

/** A message that its session's broker is not told of yet. */
export interface SessionAck extends PendingAck {
  readonly session: Session;
}

/** A connection that is lost so soon, so often in a row, was taken by somebody else. */
const SHORT_MS = 3_000;
const SHORT_LIMIT = 5;

/** One durable MQTT session, connected again for ever until it ends or leaves. */
export class Session {
  readonly #client: mqtt.MqttClient;
  readonly #acks: DelayedAcks;
  #leaving: Promise<void> | undefined;
  #ended = false;
  #connectedAt = 0;
  #short = 0;

  constructor(private readonly options: SessionOptions) {
    const { url, clientId } = options;
    this.#client = mqtt.connect(url, {
      clientId,
      clean: false,
      resubscribe: false,
      reconnectPeriod: 1_000,
      connectTimeout: 10_000,
      keepalive: 30,
    });
    this.#acks = new DelayedAcks(this.#client, (packet, ack) => {
      // What comes while it ends, or while it is away, is sent again.
      if (!this.#ended && !this.#leaving)
        options.onMessage(packet, ack && { connection: ack.connection, messageId: ack.messageId, session: this });
    });
    this.#client.on('connect', () => void this.#onConnect());
    this.#client.on('close', () => this.#onClose());
    let lost = false;
    this.#client.on('connect', () => (lost = false));
    this.#client.on('error', (error) => {
      if (!lost)
        options.warn(
          `The broker ${maskUrl(url)} cannot be reached (${errorMessage(error)}); trying again each second.`,
        );
      lost = true;
    });
  }

  get name(): string {
    return this.options.clientId;
  }

  get connected(): boolean {
    return this.#client.connected;
  }

  /** Tells the broker that a message is safe. False when its connection is gone: the broker will send it again. */
  acknowledge(ack: PendingAck): boolean {
    return this.#acks.send(ack);
  }

  /** Nothing is kept for a broker that is away. */
  publish(topic: string, payload: string | Buffer, retain = false): void {
    if (this.#client.connected) this.#client.publish(topic, payload, { qos: 1, retain });
  }

  /** Ends the connection at once, for `join` to make it again. The broker keeps what comes meanwhile. */
  leave(): void {
    this.#leaving ??= this.#client.endAsync(true);
  }

  async join(): Promise<void> {
    await this.#leaving;
    if (this.#ended || !this.#leaving) return;
    this.#leaving = undefined;
    this.#client.reconnect();
  }

  /** Takes no more messages; acks and publications may still go out until `end`. */
  close(): void {
    this.#ended = true;
  }

  /** An orderly end, which waits for the acknowledgement of what was published, and so for at most `limitMs`. */
  async end(limitMs: number): Promise<void> {
    this.#ended = true;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([this.#leaving ?? this.#client.endAsync(), limit]);
    clearTimeout(timer);
    this.#client.stream.destroy();
  }

  async #onConnect(): Promise<void> {
    this.#connectedAt = performance.now();
    const { filters, fleeting, former, onReady, warn } = this.options;
    try {
      if (former.length > 0) await this.#client.unsubscribeAsync([...former]);
      if (filters.length > 0) await this.#client.subscribeAsync([...filters], { qos: 1 });
      if (fleeting.length > 0) await this.#client.subscribeAsync([...fleeting], { qos: 0 });
    } catch (error) {
      if (this.#client.connected && !this.#ended) warn(`The broker refuses subscriptions (${errorMessage(error)}).`);
      return;
    }
    onReady();
  }

  #onClose(): void {
    if (this.#ended || this.#leaving || this.#connectedAt === 0) return;
    this.#short = performance.now() - this.#connectedAt < SHORT_MS ? this.#short + 1 : 0;
    this.#connectedAt = 0;
    if (this.#short !== SHORT_LIMIT) return;
    this.options.warn(
      `The session ${this.name} is lost again and again just after it connects. Perhaps another ingest has the same --shard.`,
    );
    this.#short = 0;
  }
}
