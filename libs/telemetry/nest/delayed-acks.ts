import type { IPublishPacket, MqttClient } from 'mqtt';

/** A message that the broker is not told of yet. */
export interface PendingAck {
  readonly connection: number;
  readonly messageId: number;
}

const WITHHELD = new Error('acknowledged later');

/**
 * PUBACK when the caller says so, instead of when mqtt.js has emitted the message. Written against mqtt.js 5.16, whose version is pinned:
 * - `handleMessage` answered with an error makes it skip the PUBACK and go on with the next packet, without an error event. Holding its callback
 *   would stall every packet, pings included.
 * - `_sendPacket` is private, and the only way to send a PUBACK later.
 * - Message ids belong to a connection. An ack that is sent after a reconnect would acknowledge another message, so it is dropped; the
 *   broker sends the message again. A connection is counted from its CONNACK (`connect` is emitted later than the first messages), and packets of the old
 *   one may still be handed over after `close`.
 */
export class DelayedAcks {
  readonly #sendPacket: (packet: object) => void;
  #connection = 0;

  constructor(
    private readonly client: MqttClient,
    /** `ack` is undefined for QoS 0. */
    onMessage: (packet: IPublishPacket, ack: PendingAck | undefined) => void,
  ) {
    const sendPacket: unknown = Reflect.get(client, '_sendPacket');
    if (typeof sendPacket !== 'function') throw new Error('This mqtt.js has no _sendPacket; pin 5.16.');
    this.#sendPacket = (packet) => void Reflect.apply(sendPacket, client, [packet]);
    client.on('packetreceive', (packet) => {
      if (packet.cmd === 'connack') this.#connection++;
    });
    client.on('close', () => this.#connection++);
    client.handleMessage = (packet, callback) => {
      const { messageId } = packet;
      const ack = packet.qos === 1 && messageId !== undefined ? { connection: this.#connection, messageId } : undefined;
      onMessage(packet, ack);
      callback(ack ? WITHHELD : undefined);
    };
  }

  /** Tells the broker that the message is safe. False when its connection is gone: the broker will send it again. */
  send({ connection, messageId }: PendingAck): boolean {
    if (connection !== this.#connection || !this.client.connected) return false;
    this.#sendPacket({ cmd: 'puback', messageId });
    return true;
  }
}
