import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import pg from 'pg';

import { startEmbeddedPostgres, Store } from '#libs/store';

import type { BenchEnvironment } from '../environment.js';
import type { Cleanup } from '../process/cleanup.js';
import { findObstacle, startTimescale } from './timescale.js';

export interface Server {
  readonly url: string;
  /** Of its first process; undefined for a server that was there before. */
  readonly pid: number | undefined;
}

/** `DATABASE_URL` when set, else TimescaleDB where it can be started, else the embedded PostgreSQL. */
export const startServer = async (
  root: string,
  environment: BenchEnvironment,
  folder: string,
  cleanup: Cleanup,
  say: (line: string) => void,
): Promise<Server> => {
  if (environment.databaseUrl !== undefined) return { url: environment.databaseUrl, pid: undefined };
  const obstacle = findObstacle(environment);
  if (obstacle === undefined) {
    say('Starting TimescaleDB …');
    return startTimescale(root, environment, cleanup);
  }
  say(`Starting the embedded PostgreSQL (TimescaleDB: ${obstacle}) …`);
  const server = await startEmbeddedPostgres({ directory: join(folder, 'postgres') });
  cleanup.add('PostgreSQL', () => server.stop());
  return server;
};

/** Runs one statement on a connection of its own, however long it takes within ten minutes. */
export const runStatement = async <T extends pg.QueryResultRow>(url: string, statement: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, statement_timeout: 600_000 });
  await client.connect();
  try {
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
  }
};

export interface BenchDatabase {
  readonly url: string;
  /** Open and migrated. */
  readonly store: Store;
}

/** A database of its own on the server; dropped at the end. */
export const createDatabase = async (server: Server, cleanup: Cleanup): Promise<BenchDatabase> => {
  const name = `venueflow_bench_${randomBytes(6).toString('hex')}`;
  await runStatement(server.url, `create database ${name}`);
  cleanup.add(`the database ${name}`, async () => {
    await runStatement(server.url, `drop database if exists ${name} with (force)`);
  });
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const store = await Store.open(url.href);
  cleanup.add(`the connections to ${name}`, () => store.close());
  await store.migrate();
  return { url: url.href, store };
};

/** Whether a commit is on the disk, and the server's version. */
export const describeServer = async (url: string): Promise<{ readonly version: string; readonly durable: boolean }> => {
  const [row] = await runStatement<{ version: string; durable: boolean }>(
    url,
    `select current_setting('server_version') as version,
       current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'
         and current_setting('synchronous_commit') <> 'off' as durable`,
  );
  if (!row) throw new Error('The server does not describe itself.');
  return row;
};
