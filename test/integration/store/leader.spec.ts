import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Store } from '#libs/store';
import { openTestDatabase, type TestDatabase } from '../database.js';

/** A way to the server that holds back every answer once a client has asked for an advisory lock, until `deliver`. */
const startLateProxy = async (target: string) => {
  const url = new URL(target);
  const port = Number(url.port);
  const held: Socket[] = [];
  const open = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(port, url.hostname);
    for (const socket of [client, server]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => open.delete(socket));
    }
    client.on('data', (chunk) => {
      if (!chunk.includes('pg_try_advisory_lock')) return;
      server.pause();
      held.push(server);
    });
    client.pipe(server);
    server.on('data', (chunk) => client.write(chunk));
    server.on('end', () => client.end());
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  url.port = String(address.port);
  return {
    url: url.href,
    deliver: () => held.forEach((server) => server.resume()),
    close: async () => {
      for (const socket of open) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
};

const never = () => {
  throw new Error('The leadership was lost.');
};

describe('the leader', () => {
  let database: TestDatabase;
  let other: Store;

  beforeAll(async () => {
    database = await openTestDatabase();
    other = await Store.open(database.url);
  });
  afterAll(async () => {
    await other.close();
    await database.close();
  });

  it('is one at a time, and hands over when it is done', async () => {
    const first = await database.store.tryLead(never);
    expect(first).toBeDefined();
    expect(await other.tryLead(never)).toBeUndefined();
    await first?.release();
    await first?.release();
    const second = await other.tryLead(never);
    expect(second).toBeDefined();
    await second?.release();
  });

  it('hears once when it lost its connection, and another may lead', async () => {
    let lost = 0;
    const leader = await database.store.tryLead(() => {
      lost += 1;
    });
    await database.store.pool.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    for (let wait = 0; wait < 100 && lost === 0; wait += 1) await delay(50);
    const next = await other.tryLead(never);
    expect(next).toBeDefined();
    await leader?.release();
    await next?.release();
    expect(lost).toBe(1);
  });

  it('is nobody when the answer to the question for the lock came too late', async () => {
    const proxy = await startLateProxy(database.url);
    const late = await Store.open(proxy.url);
    await expect(late.tryLead(never)).rejects.toThrow('timeout');
    proxy.deliver();
    let next = await other.tryLead(never);
    for (let wait = 0; wait < 40 && !next; wait += 1) {
      await delay(50);
      next = await other.tryLead(never);
    }
    expect(next).toBeDefined();
    await next?.release();
    await late.close();
    await proxy.close();
  });
});
