import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import { minute } from '../../../apps/platform/src/api/live/plan.fixture.js';
import { eventually, RunningApi } from './running-api.js';
import { StreamReader } from './stream-reader.js';

const feedSchema = z.object({ header: z.object({ timestamp: z.number() }) });

/** A way to the database that can be cut and mended. */
class Wire {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private cut = false;

  async lay(url: string): Promise<string> {
    const target = new URL(url);
    const { hostname, port } = target;
    this.server = createServer((near) => {
      if (this.cut) return near.destroy();
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('close', () => [near, far].forEach((end) => end.destroy()));
        socket.on('error', () => undefined);
      }
      near.pipe(far).pipe(near);
    });
    const { server } = this;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('No port.');
    target.port = String(address.port);
    target.hostname = '127.0.0.1';
    return target.href;
  }

  setCut(cut: boolean): void {
    this.cut = cut;
    if (cut) for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.setCut(true);
    this.server?.close();
  }
}

describe('while the database is away', () => {
  const wire = new Wire();
  let api: RunningApi;

  beforeAll(async () => {
    api = await RunningApi.start({ through: (url) => wire.lay(url) });
    await api.tellTime(minute(5));
    await eventually(
      () => api.get('/api/v1/overview'),
      ({ ok }) => ok,
    );
  });
  afterAll(async () => {
    await api.close();
    wire.close();
  });

  it('says so everywhere, stays alive, and goes on when it is back', async () => {
    const stream = await StreamReader.open(api.url);
    try {
      await stream.next('overview');
      wire.setCut(true);
      expect(JSON.parse((await stream.next('degraded')).data)).toMatchObject({
        detail: expect.stringMatching(/database/),
      });
      for (const path of [
        '/api/v1/overview',
        '/api/v1/venues',
        '/api/v1/plans',
        '/api/v1/energy',
        '/api/v1/overrides',
        '/api/v1/alarms',
      ]) {
        const answer = await api.get(path);
        expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '5']);
        expect(await answer.json()).toMatchObject({ detail: expect.stringMatching(/The database does not answer/) });
      }
      const ready = await api.get('/health/ready');
      expect([ready.status, await ready.json()]).toMatchObject([503, { missing: ['the database'] }]);
      expect((await api.get('/health/live')).status).toBe(200);
      expect((await api.get('/metrics')).status).toBe(200);
      wire.setCut(false);
      await stream.next('overview');
      expect((await api.get('/api/v1/overview')).status).toBe(200);
    } finally {
      stream.close();
    }
  });

  it("gives spectators' apps the last feed, with its time", async () => {
    const readStamp = async () => {
      const response = await api.get('/gtfs-rt/trip-updates.json');
      expect(response.status).toBe(200);
      return feedSchema.parse(await response.json()).header.timestamp;
    };
    const before = await eventually(readStamp, () => true);
    wire.setCut(true);
    try {
      // Past the time for which a feed is given out again.
      await delay(3_500);
      expect(await readStamp()).toBe(before);
    } finally {
      wire.setCut(false);
    }
    expect(await eventually(readStamp, (stamp) => stamp > before)).toBeGreaterThan(before);
  });
});
