import pg from 'pg';
import type { DataSource, Migration } from 'typeorm';
import { connectionOptions } from '../connection.js';
import { LOCKS } from '../locks.js';

/** Long enough for another process to migrate first. */
const WAIT_MS = 600_000;

/** Runs the pending migrations, one process at a time; the others wait and then find nothing to do. Returns their names. */
export const migrate = async (url: string, dataSource: DataSource): Promise<readonly string[]> => {
  const client = new pg.Client({ ...connectionOptions(url), statement_timeout: WAIT_MS, query_timeout: WAIT_MS });
  let lost: Error | undefined;
  let ran: readonly Migration[];
  client.on('error', (error) => {
    lost = error;
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCKS.migrate]);
    ran = await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await client.end();
  }
  if (lost) throw lost;
  return ran.map(({ name }) => name);
};
