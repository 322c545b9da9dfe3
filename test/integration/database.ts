import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres, Store } from '#libs/store';

export interface TestDatabase {
  /** Of a database of its own, dropped by `close`. */
  readonly url: string;
  /** Opened and migrated. */
  readonly store: Store;
  close(): Promise<void>;
}

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** Durability costs time, and a test's database is dropped anyway. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' };

/** An embedded PostgreSQL in a temporary folder, which `stop` removes. */
export const startTestServer = async (): Promise<EmbeddedPostgres & { readonly directory: string }> => {
  const directory = await mkdtemp(join(tmpdir(), 'venueflow-test-'));
  const server = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), settings: FAST });
  return {
    ...server,
    directory,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

let shared: Promise<Server> | undefined;

/** `DATABASE_URL` when set, else one embedded server for all the databases of a test file. */
const joinServer = (): Promise<Server> => {
  const url = process.env['DATABASE_URL'];
  shared ??= url ? Promise.resolve({ url, stop: () => Promise.resolve() }) : startTestServer();
  return shared;
};

afterAll(async () => {
  const server = await shared;
  await server?.stop();
});

const onServer = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

/** A fresh database with an open, migrated store. Close it in `afterAll`, also when the test failed: the server ends with the test file. */
export const openTestDatabase = async (): Promise<TestDatabase> => {
  const server = await joinServer();
  const name = `venueflow_test_${randomBytes(6).toString('hex')}`;
  await onServer(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const store = await Store.open(url.href);
  await store.migrate();
  return {
    url: url.href,
    store,
    close: async () => {
      await store.close();
      await onServer(server.url, `drop database if exists ${name} with (force)`);
    },
  };
};
