import type { IPublishPacket, MqttClient } from 'mqtt';

/** A message that the broker is not told of yet. */
export interface PendingAck {
  readonly connection: number;
  readonly messageId: number;
}

/** Packet type 4 and two bytes that follow: the packet's id. */
const PUBACK_HEADER = 0x40_02;
const PUBACK_BYTES = 4;

const WITHHELD = new Error('acknowledged later');

/**
 * PUBACK when the caller says so, instead of when mqtt.js has emitted the message. Written against mqtt.js 5.16, whose version is pinned:
 * - `handleMessage` answered with an error makes it skip the PUBACK and go on with the next packet, without an error event. Holding its callback
 *   would stall every packet, pings included.
 * - It has no way to send a PUBACK later but a private one, which costs much for each. A PUBACK is four bytes (MQTT 3.1.1, 3.4), so those of one turn of the event loop are
 *   written to the stream at once.
 * - Message ids belong to a connection. An ack that is sent after a reconnect would acknowledge another message, so it is dropped; the
 *   broker sends the message again. A connection is counted from its CONNACK (`connect` is emitted later than the first messages), and packets of the old
 *   one may still be handed over after `close`.
 */
export class DelayedAcks {
  #due: number[] = [];
  #connection = 0;

  constructor(
    private readonly client: MqttClient,
    /** `ack` is undefined for QoS 0. */
    onMessage: (packet: IPublishPacket, ack: PendingAck | undefined) => void,
  ) {
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
    if (this.#due.length === 0) queueMicrotask(() => this.#flush());
    this.#due.push(messageId);
    return true;
  }

  /** Within the turn in which they were sent: the connection is still the same. */
  #flush(): void {
    const packets = Buffer.alloc(PUBACK_BYTES * this.#due.length);
    for (const [index, messageId] of this.#due.entries()) {
      packets.writeUInt16BE(PUBACK_HEADER, index * PUBACK_BYTES);
      packets.writeUInt16BE(messageId, index * PUBACK_BYTES + 2);
    }
    this.#due = [];
    this.client.stream.write(packets);
  }
}
