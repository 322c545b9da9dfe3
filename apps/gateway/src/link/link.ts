import mqtt from 'mqtt';
import { maskUrl } from '#libs/access';

export interface LinkOptions {
  readonly url: string;
  readonly clientId: string;
  readonly subscriptions: readonly string[];
  /** Left with the broker, retained, for when the connection is lost. */
  readonly will?: { readonly topic: string; readonly payload: string };
  /** After each connect, once the subscriptions stand. */
  readonly onConnect: () => void;
  readonly onDisconnect: () => void;
  readonly onMessage: (topic: string, payload: Uint8Array) => void;
  /** Gets one line when the broker is lost, and one when it cannot be reached at first. */
  readonly warn: (line: string) => void;
}

const RECONNECT_MS = 1_000;
/** Bytes that wait for a slow connection at most: pings queue behind them. */
const MAX_BACKLOG = 65_536;

/** One MQTT connection that is made again for ever. QoS 1 throughout; nothing that is sent outlives its connection. */
export class Link {
  readonly #options: LinkOptions;
  readonly #client: mqtt.MqttClient;
  #warned = false;
  #stopping = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { url, clientId, will } = options;
    this.#client = mqtt.connect(url, {
      clientId,
      clean: true,
      resubscribe: false,
      reconnectPeriod: RECONNECT_MS,
      connectTimeout: 10_000,
      keepalive: 15,
      ...(will ? { will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true } } : {}),
    });
    this.#client.on('connect', () => void this.#onConnect());
    this.#client.on('message', (topic, payload) => options.onMessage(topic, payload));
    this.#client.on('error', (error) => this.#onLost(error));
    this.#client.on('close', () => {
      options.onDisconnect();
      this.#forgetSent();
      if (!this.#stopping) this.#onLost();
    });
  }

  get connected(): boolean {
    return this.#client.connected;
  }

  /** Nothing is kept here for a broker that is away: what must not be lost has a buffer of its own. */
  publish(topic: string, message: object, retain = false): void {
    if (this.#client.connected && !this.#stopping)
      this.#client.publish(topic, JSON.stringify(message), { qos: 1, retain });
  }

  /**
   * Publishes JSON text as it is. False when it was not taken: the broker is away, or the connection has not passed on what it was given before.
   * `onAcknowledged` is called when the broker has it, never when the connection was lost before.
   */
  send(topic: string, payload: string, onAcknowledged: () => void): boolean {
    const { connected, stream } = this.#client;
    if (!connected || this.#stopping || stream.writableLength > MAX_BACKLOG) return false;
    this.#client.publish(topic, payload, { qos: 1 }, (error) => {
      if (!error) onAcknowledged();
    });
    return true;
  }

  /** Says goodbye with a last retained message and ends the connection; waits at most a second for either. */
  async stop(last?: { readonly topic: string; readonly message: object }): Promise<void> {
    this.#stopping = true;
    if (last && this.#client.connected) {
      const said = this.#client.publishAsync(last.topic, JSON.stringify(last.message), { qos: 1, retain: true });
      await within(1_000, said);
    }
    await within(1_000, this.#client.endAsync());
  }

  /** mqtt.js would send what is not acknowledged again with the next connection, and keep it in memory until then. */
  #forgetSent(): void {
    for (const messageId of Object.keys(this.#client.outgoing)) this.#client.removeOutgoingMessage(Number(messageId));
  }

  async #onConnect(): Promise<void> {
    try {
      await this.#client.subscribeAsync([...this.#options.subscriptions], { qos: 1 });
    } catch (error) {
      // Lost again meanwhile, or refused: the next connect asks again.
      if (this.#client.connected)
        this.#options.warn(`${maskUrl(this.#options.url)} refuses subscriptions (${String(error)}).`);
      return;
    }
    this.#warned = false;
    this.#options.onConnect();
  }

  #onLost(error?: Error): void {
    if (this.#warned) return;
    this.#warned = true;
    const cause = error ? ` (${error.message || error.name})` : '';
    this.#options.warn(`The broker ${maskUrl(this.#options.url)} cannot be reached${cause}; trying again each second.`);
  }
}

/** Waits for a promise, but not longer than `ms`, and not for its outcome. */
const within = async (ms: number, promise: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise.catch(() => undefined), limit]);
  clearTimeout(timer);
};
