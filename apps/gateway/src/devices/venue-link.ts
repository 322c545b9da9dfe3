import mqtt, { type IPublishPacket } from 'mqtt';
import { maskUrl } from '#libs/access';
import { errorMessage } from '#libs/kernel';
import type { DeviceRequest } from '#libs/telemetry';
import { DelayedAcks, type PendingAck } from '#libs/telemetry/nest';

export interface VenueLinkOptions {
  readonly url: string;
  readonly clientId: string;
  readonly filters: readonly string[];
  /** `ack` is undefined for QoS 0. */
  readonly onMessage: (packet: IPublishPacket, ack: PendingAck | undefined) => void;
  /** With each connection, before its first message: whether the broker knows an earlier session. */
  readonly onSession: (known: boolean) => void;
  /** After each connect. */
  readonly onConnect: () => void;
  readonly warn: (line: string) => void;
}

const RECONNECT_MS = 1_000;
const STOP_MS = 500;

/** The durable session with a broker at the venue, made again for ever. What is not acknowledged comes again with the next connection. */
export class VenueLink {
  readonly #client: mqtt.MqttClient;
  readonly #acks: DelayedAcks;
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
    this.#acks = new DelayedAcks(this.#client, (packet, ack) => {
      if (!this.#refusing && !this.#stopping) options.onMessage(packet, ack);
    });
    this.#client.on('packetreceive', (packet) => {
      if (packet.cmd !== 'connack') return;
      this.#refusing = false;
      if (!packet.sessionPresent) this.#subscribed = false;
      options.onSession(packet.sessionPresent);
    });
    this.#client.on('connect', () => void this.#onConnect());
    this.#client.on('error', (error) => this.#onLost(error));
    this.#client.on('close', () => this.#onLost());
  }

  /** Nothing is kept for a broker that is away: devices are asked again when there is reason to. */
  request({ topic, payload }: DeviceRequest): void {
    if (this.#client.connected) this.#client.publish(topic, Buffer.from(payload), { qos: 1 });
  }

  /** The message is safe: the broker may forget it. */
  acknowledge(ack: PendingAck): void {
    this.#acks.send(ack);
  }

  /** A message is not safe. Nothing more is taken of this connection, and the next one is made soon. */
  refuse(): void {
    if (this.#refusing) return;
    this.#refusing = true;
    this.#client.stream.destroy();
  }

  /** Takes no more messages; acknowledgements still go out until `stop`. */
  close(): void {
    this.#stopping = true;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const force = setTimeout(() => this.#client.end(true), STOP_MS);
    await this.#client.endAsync().catch(() => undefined);
    clearTimeout(force);
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
