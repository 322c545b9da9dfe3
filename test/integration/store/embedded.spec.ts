import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EmbeddedPostgres, EmbeddedPostgresError, startEmbeddedPostgres, Store } from '#libs/store';
import { batchOf, NOON, reading } from './fixtures.js';

describe('the embedded PostgreSQL', () => {
  let home: string;
  let directory: string;
  let running: EmbeddedPostgres[] = [];

  const start = async () => {
    const server = await startEmbeddedPostgres({ directory });
    running.push(server);
    return server;
  };

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'venueflow-embedded-'));
    directory = join(home, 'postgres');
  });
  afterEach(async () => {
    for (const server of running) await server.stop();
    running = [];
    rmSync(home, { recursive: true, force: true });
  });

  it('keeps its data over stop and start, and leaves no lock', async () => {
    const first = await start();
    const store = await Store.open(first.url);
    await store.migrate();
    await store.readings.write(batchOf(reading(1, NOON, 1)));
    await store.close();
    await first.stop();
    await first.stop();
    expect(existsSync(join(directory, 'data', 'postmaster.pid'))).toBe(false);
    const again = await Store.open((await start()).url);
    expect(await again.readings.isEmpty()).toBe(false);
    await again.close();
  });

  it('recovers what was committed when it was killed, and open stores go on', async () => {
    const first = await start();
    const store = await Store.open(first.url);
    await store.migrate();
    await store.readings.write(batchOf(reading(1, NOON, 1)));
    process.kill(first.pid, 'SIGKILL');
    // Its children notice within moments.
    for (let tries = 0; tries < 250 && (await store.ping()); tries += 1) await delay(20);
    await expect(store.readings.write(batchOf(reading(1, NOON, 1)))).rejects.toThrow();
    expect(await store.ping()).toBe(false);
    const port = Number(new URL(first.url).port);
    running.push(await startEmbeddedPostgres({ directory, port }));
    expect(await store.ping()).toBe(true);
    expect(await store.readings.write(batchOf(reading(1, NOON, 1)))).toEqual({ inserted: 0, duplicates: 1 });
    expect(await store.plans.list({ limit: 1 })).toEqual([]);
    await store.close();
  });

  it('takes over a server that a killed parent left running', async () => {
    const left = await start();
    const next = await start();
    expect(next.pid).not.toBe(left.pid);
    await expect(Store.open(left.url)).rejects.toThrow('ECONNREFUSED');
  });

  it('is not held up by a lock whose number belongs to another program, or by an empty one', async () => {
    await (await start()).stop();
    for (const content of [`${process.pid}\n${directory}/data\n`, '']) {
      writeFileSync(join(directory, 'data', 'postmaster.pid'), content);
      await (await start()).stop();
    }
  });

  it('asks for a password that only its owner can read', async () => {
    const { url } = await start();
    expect(statSync(join(directory, 'password')).mode & 0o777).toBe(0o600);
    const without = new URL(url);
    without.password = 'wrong';
    await expect(Store.open(without.href)).rejects.toThrow('password authentication failed');
  });

  it('says in one line what is wrong', async () => {
    await (await start()).stop();
    const failure = async () => {
      const error: unknown = await start().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(EmbeddedPostgresError);
      const message = error instanceof Error ? error.message : '';
      expect(message).not.toContain('\n');
      return message;
    };
    writeFileSync(join(directory, 'data', 'PG_VERSION'), '11\n');
    expect(await failure()).toMatch(/PostgreSQL did not start on .*incompatible.*DATABASE_URL/);
    rmSync(join(directory, 'password'));
    expect(await failure()).toContain('lost its password file');
    directory = join(home, 'a-file', 'postgres');
    writeFileSync(join(home, 'a-file'), '');
    expect(await failure()).toMatch(/a-file\/postgres cannot be made.*--home/);
  });

  it('run by root finds a place when its user cannot enter the folder', async () => {
    if (process.getuid?.() !== 0) return;
    const closed = join(home, 'closed');
    mkdirSync(join(closed, 'home'), { recursive: true });
    chmodSync(closed, 0o700);
    directory = join(closed, 'home', 'postgres');
    const server = await start();
    const place = readFileSync(join(directory, 'location'), 'utf8').trim();
    expect(place).toMatch(/^\/var\/lib\/venueflow-/);
    const password = readFileSync(join(place, 'password'), 'utf8');
    await server.stop();
    rmSync(join(closed, 'home'), { recursive: true });
    const lines: string[] = [];
    const again = await startEmbeddedPostgres({ directory, onProgress: (line) => lines.push(line) });
    running.push(again);
    expect(readFileSync(join(directory, 'location'), 'utf8').trim()).toBe(place);
    expect(readFileSync(join(place, 'password'), 'utf8')).toBe(password);
    expect(lines.join('\n')).toContain(place);
    await again.stop();
    rmSync(place, { recursive: true, force: true });
    expect(statSync(closed).mode & 0o777).toBe(0o700);
  });
});
