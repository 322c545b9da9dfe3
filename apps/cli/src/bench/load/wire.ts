/** The few packets of MQTT 3.1.1 (OASIS standard) that a publisher needs: a client library would use the CPU that is being measured. */

const CONNECT = 0x10;
const PUBLISH_QOS_1 = 0x32;
const SUBSCRIBE = 0x82;
const MOST_REMAINING = 268_435_455;

const remainingLength = (length: number): number[] => {
  if (length > MOST_REMAINING) throw new RangeError(`An MQTT packet of ${length} bytes is too long.`);
  const bytes: number[] = [];
  let rest = length;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
};

const uint16 = (value: number): number[] => [value >> 8, value & 0xff];

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from(uint16(bytes.length)), bytes]);
};

const packet = (type: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([type, ...remainingLength(body.length)]), body]);

/** A clean session without keepalive. */
export const connectPacket = (clientId: string): Buffer =>
  packet(CONNECT, Buffer.concat([text('MQTT'), Buffer.from([4, 0x02, 0, 0]), text(clientId)]));

/** Of one topic at QoS 0. */
export const subscribePacket = (id: number, topic: string): Buffer =>
  packet(SUBSCRIBE, Buffer.concat([Buffer.from(uint16(id)), text(topic), Buffer.from([0])]));

/** `payload` is ASCII. */
export const publishPacket = (topic: Buffer, id: number, payload: string): Buffer => {
  const remaining = 2 + topic.length + 2 + payload.length;
  const length = remainingLength(remaining);
  const bytes = Buffer.allocUnsafe(1 + length.length + remaining);
  bytes[0] = PUBLISH_QOS_1;
  let at = 1;
  for (const byte of length) bytes[at++] = byte;
  at = bytes.writeUInt16BE(topic.length, at);
  at += topic.copy(bytes, at);
  at = bytes.writeUInt16BE(id, at);
  bytes.write(payload, at, 'latin1');
  return bytes;
};

export interface Packet {
  /** Upper four bits of the first byte: 2 CONNACK, 3 PUBLISH, 4 PUBACK, 9 SUBACK. */
  readonly type: number;
  readonly body: Buffer;
}

/** Topic and payload of a PUBLISH at QoS 0. */
export const readPublish = ({ body }: Packet): { readonly topic: string; readonly payload: string } => {
  const end = 2 + body.readUInt16BE(0);
  return { topic: body.toString('utf8', 2, end), payload: body.toString('utf8', end) };
};

/** Cuts a stream of bytes into packets. */
export class PacketReader {
  #rest: Buffer = Buffer.alloc(0);

  *read(chunk: Buffer): Generator<Packet> {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const end = packetEnd(bytes);
      if (end === undefined || end.at > bytes.length) break;
      yield { type: (bytes[0] ?? 0) >> 4, body: bytes.subarray(end.head, end.at) };
      bytes = bytes.subarray(end.at);
    }
    this.#rest = bytes;
  }
}

const packetEnd = (bytes: Buffer): { readonly head: number; readonly at: number } | undefined => {
  let length = 0;
  for (let index = 1; index < Math.min(bytes.length, 5); index++) {
    const byte = bytes[index] ?? 0;
    length += (byte & 0x7f) * 128 ** (index - 1);
    if (byte < 0x80) return { head: index + 1, at: index + 1 + length };
  }
  return undefined;
};
