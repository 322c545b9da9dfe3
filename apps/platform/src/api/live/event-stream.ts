import type { ServerResponse } from 'node:http';

import type { BeforeApplicationShutdown } from '@nestjs/common';

export interface StreamLimits {
  readonly clients: number;
  /** Between two signs of life, so that nothing on the way takes the connection for dead. */
  readonly heartbeatMs: number;
  /** Bytes that may wait for a client; one that is slower is dropped and comes back by itself. */
  readonly backlogBytes: number;
}

const LIMITS: StreamLimits = { clients: 200, heartbeatMs: 15_000, backlogBytes: 1_048_576 };

/** The event stream: every client gets the same events, and the last one when it comes. */
export class EventStream implements BeforeApplicationShutdown {
  private readonly clients = new Set<ServerResponse>();
  private id = 0;
  private last: { readonly body: string; readonly text: string } | undefined;
  private readonly heartbeat: NodeJS.Timeout;

  constructor(private readonly limits: StreamLimits = LIMITS) {
    this.heartbeat = setInterval(() => this.send(': heartbeat\n\n'), limits.heartbeatMs).unref();
  }

  get clientCount(): number {
    return this.clients.size;
  }

  /** Sends an event to everyone when it says something new. */
  publish(event: string, data: unknown): void {
    const body = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    if (body === this.last?.body) return;
    this.id += 1;
    this.last = { body, text: `id: ${this.id}\n${body}` };
    this.send(this.last.text);
  }

  /** Keeps the response open as a stream; false when there are too many. */
  open(response: ServerResponse): boolean {
    if (this.clients.size >= this.limits.clients) return false;
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.write(`retry: 2000\n\n${this.last?.text ?? ''}`);
    this.clients.add(response);
    response.on('close', () => this.clients.delete(response));
    response.on('error', () => this.clients.delete(response));
    return true;
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.heartbeat);
    for (const client of this.clients) client.end();
    this.clients.clear();
  }

  private send(text: string): void {
    for (const client of this.clients) {
      if (client.writableLength > this.limits.backlogBytes) {
        this.clients.delete(client);
        client.destroy();
      } else client.write(text);
    }
  }
}
