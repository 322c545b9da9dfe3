import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { Response } from 'express';

const MAX_CLIENTS = 200;
const HEARTBEAT_MS = 15_000;
/** Bytes that may wait for a client; one that is slower is dropped and comes back by itself. */
const MAX_BACKLOG_BYTES = 1_048_576;

/** The event stream: every client gets the same events, and the last one when it comes. */
@Injectable()
export class EventStream implements BeforeApplicationShutdown {
  private readonly clients = new Set<Response>();
  private id = 0;
  private last: { readonly body: string; readonly text: string } | undefined;
  private readonly heartbeat = setInterval(() => this.send(': heartbeat\n\n'), HEARTBEAT_MS).unref();

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
  open(response: Response): boolean {
    if (this.clients.size >= MAX_CLIENTS) return false;
    response
      .status(200)
      .set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
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
      if (client.writableLength > MAX_BACKLOG_BYTES) {
        this.clients.delete(client);
        client.destroy();
      } else client.write(text);
    }
  }
}
