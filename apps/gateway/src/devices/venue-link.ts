import mqtt, { type IPublishPacket } from 'mqtt';
import { maskUrl } from '#libs/access';
import { errorMessage } from '#libs/kernel';
import type { DeviceRequest } from '#libs/telemetry';

export interface VenueLinkOptions {
  readonly url: string;
  readonly clientId: string;
  readonly filters: readonly string[];
  /** False: the message is not safe. The broker is to keep it, and to send it again. */
  readonly onMessage: (packet: IPublishPacket) => boolean;
  /** The broker knows nothing of an earlier session. */
  readonly onNewSession: () => void;
  /** After each connect. */
  readonly onConnect: () => void;
  readonly warn: (line: string) => void;
}

const RECONNECT_MS = 1_000;
const STOP_MS = 500;
const WITHHELD = new Error('not acknowledged');

/**
 * The durable session with a broker at the venue, made again for ever. mqtt.js acknowledges a message when `handleMessage` calls back; with an
 * error it does not (tested with 5.16, whose version is pinned). What is not acknowledged comes again with the next connection, so that is made soon.
 */
export class VenueLink {
  readonly #client: mqtt.MqttClient;
  readonly #options: VenueLinkOptions;
  /** Nothing more is taken of this connection, so that the order stays. */
  #refusing = false;
  #subscribed = false;
  #warned = false;
  #stopping = false;

  constructor(options: VenueLinkOptions) {
    this.#options = options;
    const { url, clientId } = options;
    this.#client = mqtt.connect(url, {
      clientId,
      clean: false,
      resubscribe: false,
      reconnectPeriod: RECONNECT_MS,
      connectTimeout: 10_000,
      keepalive: 15,
    });
    this.#client.handleMessage = (packet, callback) => callback(this.#take(packet) ? undefined : WITHHELD);
    this.#client.on('packetreceive', (packet) => {
      if (packet.cmd !== 'connack') return;
      this.#refusing = false;
      if (packet.sessionPresent) return;
      this.#subscribed = false;
      options.onNewSession();
    });
    this.#client.on('connect', () => void this.#onConnect());
    this.#client.on('error', (error) => this.#onLost(error));
    this.#client.on('close', () => this.#onLost());
  }

  /** Nothing is kept for a broker that is away: devices are asked again when there is reason to. */
  request({ topic, payload }: DeviceRequest): void {
    if (this.#client.connected) this.#client.publish(topic, Buffer.from(payload), { qos: 1 });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const force = setTimeout(() => this.#client.end(true), STOP_MS);
    await this.#client.endAsync().catch(() => undefined);
    clearTimeout(force);
  }

  #take(packet: IPublishPacket): boolean {
    if (!this.#refusing && this.#options.onMessage(packet)) return true;
    if (!this.#refusing) this.#client.stream.destroy();
    this.#refusing = true;
    return false;
  }

  async #onConnect(): Promise<void> {
    const { filters, url, warn, onConnect } = this.#options;
    try {
      if (!this.#subscribed) await this.#client.subscribeAsync([...filters], { qos: 1 });
    } catch (error) {
      if (this.#client.connected) warn(`${maskUrl(url)} refuses subscriptions (${errorMessage(error)}).`);
      return;
    }
    this.#subscribed = true;
    this.#warned = false;
    onConnect();
  }

  #onLost(error?: Error): void {
    if (this.#warned || this.#stopping || this.#refusing) return;
    this.#warned = true;
    const cause = error ? ` (${errorMessage(error)})` : '';
    this.#options.warn(
      `The venue's broker ${maskUrl(this.#options.url)} cannot be reached${cause}; trying again each second.`,
    );
  }
}
