import { connect, createServer, type Socket } from 'node:net';

const PUBACK = 4;

/** Types of the MQTT packets in a stream of bytes; what is left over is the start of the next one. */
const takePackets = (bytes: Buffer): { readonly types: number[]; readonly rest: Buffer } => {
  const types: number[] = [];
  let start = 0;
  for (;;) {
    let length = 0;
    let index = start + 1;
    let more = true;
    for (let shift = 0; more; shift += 7, index++) {
      const byte = bytes[index];
      if (byte === undefined) return { types, rest: bytes.subarray(start) };
      length += (byte & 0x7f) << shift;
      more = byte >= 0x80;
    }
    if (index + length > bytes.length) return { types, rest: bytes.subarray(start) };
    types.push((bytes[start] ?? 0) >> 4);
    start = index + length;
  }
};

export interface MqttProxy {
  readonly url: string;
  /** PUBACKs that clients sent through it. */
  pubacks(): number;
  /** Cuts every connection, as a network does. */
  cut(): void;
  close(): Promise<void>;
}

/** Stands between a client and a broker, and counts what the client acknowledges. */
export const startMqttProxy = async (brokerUrl: string): Promise<MqttProxy> => {
  const { hostname, port } = new URL(brokerUrl);
  const sockets = new Set<Socket>();
  let pubacks = 0;
  const server = createServer((client) => {
    const broker = connect({ host: hostname, port: Number(port || 1883) });
    let rest = Buffer.alloc(0);
    client.on('data', (chunk: Buffer) => {
      const taken = takePackets(Buffer.concat([rest, chunk]));
      rest = Buffer.from(taken.rest);
      pubacks += taken.types.filter((type) => type === PUBACK).length;
    });
    client.pipe(broker).pipe(client);
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `mqtt://127.0.0.1:${address.port}`,
    pubacks: () => pubacks,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
};
