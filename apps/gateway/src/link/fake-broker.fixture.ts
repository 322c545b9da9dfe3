import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

const [CONNECT, PUBLISH, SUBSCRIBE] = [1, 3, 8];

/** Takes small messages (packets under 128 bytes) of one client after another, and acknowledges them, or not. */
export class FakeBroker {
  /** Payloads in the order in which they came, each as often as it came. */
  readonly received: string[] = [];
  acknowledging = true;
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeBroker> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The broker has no port.');
    const broker = new FakeBroker(server, `mqtt://127.0.0.1:${address.port}`);
    server.on('connection', (socket) => broker.#serve(socket));
    return broker;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.cut();
    await closed;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    let bytes = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let end = 2 + (bytes[1] ?? 0); bytes.length >= Math.max(2, end); end = 2 + (bytes[1] ?? 0)) {
        this.#onPacket((bytes[0] ?? 0) >> 4, bytes.subarray(2, end), socket);
        bytes = bytes.subarray(end);
      }
    });
  }

  #onPacket(type: number, body: Buffer, socket: Socket): void {
    if (type === CONNECT) socket.write(Buffer.from([0x20, 2, 0, 0]));
    if (type === SUBSCRIBE) socket.write(Buffer.from([0x90, 3, ...body.subarray(0, 2), 1]));
    if (type !== PUBLISH) return;
    const id = 2 + body.readUInt16BE(0);
    this.received.push(body.toString('utf8', id + 2));
    if (this.acknowledging) socket.write(Buffer.from([0x40, 2, ...body.subarray(id, id + 2)]));
  }
}
