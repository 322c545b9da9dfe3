import { createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';

const MAX_PAYLOAD_BYTES = 1_048_576;
const CLOSE_MS = 2_000;

export interface BrokerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly warn: (line: string) => void;
}

/**
 * The embedded MQTT 3.1.1 broker. It keeps everything in memory: what it held when it ends is gone, and gateways send again what has
 * no receipt. It refuses payloads over 1 MiB and nothing else, so it listens on loopback.
 */
export class EmbeddedBroker {
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly aedes: Aedes,
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** Rejects with the cause when the port cannot be listened on. */
  static async start({ host, port, warn }: BrokerOptions): Promise<EmbeddedBroker> {
    const aedes = await Aedes.createBroker({
      // MQTT 3.1 allowed 23; ours name venue and gateway.
      maxClientsIdLength: 256,
      authorizePublish: (client, packet, callback) => {
        if (packet.payload.length <= MAX_PAYLOAD_BYTES) {
          callback(null);
          return;
        }
        const line = `${client?.id ?? 'a client'} sent ${packet.payload.length} bytes to ${packet.topic}, over ${MAX_PAYLOAD_BYTES}; disconnected.`;
        warn(line);
        callback(new Error(line));
      },
    });
    const server = createServer((socket) => {
      socket.setNoDelay(true);
      aedes.handle(socket);
    });
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port, exclusive: true }, resolve);
      });
    } catch (error) {
      aedes.close();
      throw new Error(`The embedded broker cannot listen on ${host} port ${port}. Choose another with --mqtt-port.`, {
        cause: error,
      });
    }
    const address = server.address();
    const broker = new EmbeddedBroker(aedes, server, typeof address === 'object' && address ? address.port : port);
    server.on('connection', (socket) => {
      broker.#sockets.add(socket);
      socket.once('close', () => broker.#sockets.delete(socket));
    });
    return broker;
  }

  /** Ends every connection and lets go of the port, within two seconds. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
    const ended = new Promise<void>((resolve) => this.aedes.close(resolve));
    const kill = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, CLOSE_MS);
    await Promise.all([closed, ended]);
    clearTimeout(kill);
  }
}
