import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, describe, expect, it } from '@jest/globals';

import { EventStream, type StreamLimits } from './event-stream.js';

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** A stream behind a real server; a client that is refused gets 503. */
const serve = async (limits: Partial<StreamLimits> = {}) => {
  const stream = new EventStream({ clients: 10, heartbeatMs: 60_000, backlogBytes: 1_048_576, ...limits });
  const server = createServer((_request, response) => {
    if (!stream.open(response)) response.writeHead(503).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    stream.beforeApplicationShutdown();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { stream, port };
};

const connect = async (port: number): Promise<IncomingMessage> => {
  const request = get({ host: '127.0.0.1', port, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  return response;
};

/** Collects what comes; `until` waits for a text in it and gives everything up to now. */
const listen = (response: IncomingMessage) => {
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return {
    until: async (wanted: string): Promise<string> => {
      while (!text.includes(wanted)) await once(response, 'data');
      const heard = text;
      text = '';
      return heard;
    },
  };
};

const eventually = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !holds(); tries++) await delay(5);
  expect(holds()).toBe(true);
};

describe('EventStream', () => {
  it('gives everyone the same events, and a newcomer the last one', async () => {
    const { stream, port } = await serve();
    const early = listen(await connect(port));
    stream.publish('overview', { n: 1 });
    stream.publish('overview', { n: 2 });
    const late = await connect(port);
    expect(late.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    expect(await listen(late).until('"n":2')).toBe('retry: 2000\n\nid: 2\nevent: overview\ndata: {"n":2}\n\n');
    expect(await early.until('"n":2')).toContain('id: 1\nevent: overview\ndata: {"n":1}\n\n');
  });

  it('says the same thing once', async () => {
    const { stream, port } = await serve();
    const client = listen(await connect(port));
    for (const n of [1, 1, 1, 2]) stream.publish('overview', { n });
    expect((await client.until('"n":2')).match(/"n":1/g)).toHaveLength(1);
  });

  it('gives a sign of life while there is nothing to say', async () => {
    const { port } = await serve({ heartbeatMs: 10 });
    const text = await listen(await connect(port)).until(': heartbeat\n\n: heartbeat\n\n');
    expect(text.startsWith('retry: 2000\n\n: heartbeat')).toBe(true);
  });

  it('takes no more clients than its limit, and another when one has left', async () => {
    const { stream, port } = await serve({ clients: 2 });
    const [first, second] = [await connect(port), await connect(port)];
    expect([first.statusCode, second.statusCode, (await connect(port)).statusCode]).toEqual([200, 200, 503]);
    first.destroy();
    await eventually(() => stream.clientCount === 1);
    expect((await connect(port)).statusCode).toBe(200);
  });

  it('drops a client that does not read, and goes on for the others', async () => {
    const { stream, port } = await serve({ backlogBytes: 65_536 });
    const slow = await connect(port);
    slow.pause();
    const reader = listen(await connect(port));
    const load = 'x'.repeat(1_000_000);
    // The network's own buffers hold some megabytes before any wait here.
    for (let n = 1; n <= 60 && stream.clientCount === 2; n++) {
      stream.publish('overview', { load, n });
      await reader.until(`"n":${n}}`);
    }
    expect(stream.clientCount).toBe(1);
    const cutOff = once(slow, 'end');
    slow.resume();
    await expect(cutOff).rejects.toThrow('aborted');
    stream.publish('overview', { last: true });
    await reader.until('"last":true');
  });

  it('ends its streams when the platform stops', async () => {
    const { stream, port } = await serve();
    const client = await connect(port);
    client.resume();
    const ended = once(client, 'end');
    stream.beforeApplicationShutdown();
    await ended;
    expect([client.complete, stream.clientCount]).toEqual([true, 0]);
  });
});
