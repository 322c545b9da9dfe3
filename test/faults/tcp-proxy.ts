import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What the network does: carries bytes, holds them back, or takes them and delivers nothing. */
type NetworkState = 'open' | 'paused' | 'swallowing';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Bytes are gone from its streams: it cannot be used again. */
  torn: boolean;
}

/** The network between a program and a server. */
export class TcpProxy {
  readonly #pairs = new Set<Pair>();
  readonly #listener;
  #state: NetworkState = 'open';

  private constructor(private readonly target: { readonly host: string; readonly port: number }) {
    this.#listener = createServer((client) => this.#carry(client));
  }

  /** Stands in front of `url`'s server; `urlOf` gives the address to use instead. */
  static async before(url: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new TcpProxy({ host: hostname, port: Number(port) });
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  /** The same URL through the proxy. */
  urlOf(url: string): string {
    const address = this.#listener.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
    const through = new URL(url);
    through.port = String(address.port);
    return through.href;
  }

  /** No byte passes, and none is lost. */
  pause(): void {
    this.#set('paused');
  }

  /** Half-open: both ends go on writing, and nothing arrives. New connections are taken and never answered. */
  swallow(): void {
    this.#set('swallowing');
  }

  /** The network is back. Connections that lost bytes are reset. */
  restore(): void {
    for (const pair of this.#pairs) if (pair.torn) this.#destroy(pair);
    this.#set('open');
  }

  /** Every connection breaks; new ones are carried. */
  cut(): void {
    for (const pair of this.#pairs) this.#destroy(pair);
  }

  async close(): Promise<void> {
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    this.cut();
    await closed;
  }

  #set(state: NetworkState): void {
    this.#state = state;
    for (const pair of this.#pairs) this.#apply(pair);
  }

  #apply(pair: Pair): void {
    if (this.#state === 'swallowing') pair.torn = true;
    for (const socket of [pair.client, pair.server]) {
      if (this.#state === 'paused') socket.pause();
      else socket.resume();
    }
  }

  #destroy({ client, server }: Pair): void {
    client.destroy();
    server.destroy();
  }

  #carry(client: Socket): void {
    const server = connect(this.target);
    const pair: Pair = { client, server, torn: false };
    this.#pairs.add(pair);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.setNoDelay(true);
      from.on('data', (bytes) => {
        if (!pair.torn && !to.write(bytes)) from.pause();
      });
      to.on('drain', () => {
        if (this.#state !== 'paused') from.resume();
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#pairs.delete(pair);
        to.destroy();
      });
    }
    this.#apply(pair);
  }
}
