import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { connectPacket, type Packet, PacketReader, publishPacket, readPublish, subscribePacket } from './wire.js';

const CONNACK = 2;
const PUBLISH = 3;
const PUBACK = 4;
const MOST_ID = 65_535;
/** Un-acknowledged at once, as clients limit themselves. */
const MOST_IN_FLIGHT = 1_000;
const CONNECT_MS = 10_000;

/** One MQTT connection that publishes to one topic at QoS 1 and hears another. A connection that is lost is an error: nothing is sent again. */
export class Publisher {
  readonly #topic: Buffer;
  readonly #reader = new PacketReader();
  #id = 0;
  #inFlight = 0;

  private constructor(
    private readonly socket: Socket,
    topic: string,
    private readonly onMessage: (payload: string) => void,
    private readonly onFreed: () => void,
  ) {
    this.#topic = Buffer.from(topic);
  }

  static async connect(options: {
    readonly url: string;
    readonly clientId: string;
    readonly topic: string;
    readonly heard: string;
    readonly onMessage: (payload: string) => void;
    /** Acknowledgements came in: more may be sent. */
    readonly onFreed: () => void;
    readonly onLost: (reason: string) => void;
  }): Promise<Publisher> {
    const { hostname, port } = new URL(options.url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true, timeout: CONNECT_MS });
    await once(socket, 'connect');
    const publisher = new Publisher(socket, options.topic, options.onMessage, options.onFreed);
    const connected = new Promise<void>((resolve, reject) => {
      const lost = (reason: string) => {
        reject(new Error(reason));
        options.onLost(reason);
      };
      socket.on('data', (chunk) => publisher.#take(chunk, resolve));
      socket.once('error', (error) => lost(error.message));
      socket.once('close', () => lost('the broker closed the connection'));
    });
    socket.write(connectPacket(options.clientId));
    await connected;
    socket.setTimeout(0);
    socket.write(subscribePacket(1, options.heard));
    return publisher;
  }

  /** How many more may be sent now. */
  get room(): number {
    return MOST_IN_FLIGHT - this.#inFlight;
  }

  /** Sends these messages in one write. */
  send(payloads: readonly string[]): void {
    if (payloads.length === 0) return;
    this.socket.cork();
    for (const payload of payloads) {
      this.#id = (this.#id % MOST_ID) + 1;
      this.socket.write(publishPacket(this.#topic, this.#id, payload));
    }
    this.socket.uncork();
    this.#inFlight += payloads.length;
  }

  #take(chunk: Buffer, onConnected: () => void): void {
    const before = this.#inFlight;
    for (const packet of this.#reader.read(chunk)) this.#onPacket(packet, onConnected);
    if (this.#inFlight < before) this.onFreed();
  }

  #onPacket(packet: Packet, onConnected: () => void): void {
    if (packet.type === PUBACK) this.#inFlight--;
    else if (packet.type === PUBLISH) this.onMessage(readPublish(packet).payload);
    else if (packet.type === CONNACK) {
      if (packet.body[1] === 0) onConnected();
      else this.socket.destroy(new Error(`the broker refuses the connection (${String(packet.body[1])})`));
    }
  }
}
