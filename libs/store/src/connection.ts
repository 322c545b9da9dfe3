import pg from 'pg';

const CONNECT_MS = 5_000;
const STATEMENT_MS = 30_000;
/** Past the server's own limit: only a dead network gets this far. */
const ANSWER_MS = 35_000;

/** How every connection is made: quick to give up, in UTC, found by name in pg_stat_activity. */
export const connectionOptions = (url: string): pg.ClientConfig => ({
  connectionString: url,
  connectionTimeoutMillis: CONNECT_MS,
  statement_timeout: STATEMENT_MS,
  query_timeout: ANSWER_MS,
  idle_in_transaction_session_timeout: 60_000,
  keepAlive: true,
  application_name: 'venueflow',
  options: '-c timezone=UTC',
});

/** A pool that outlives its server: a lost connection fails the queries on it and is replaced by the next. */
export const openPool = (url: string, connections: number): pg.Pool => {
  const pool = new pg.Pool({ ...connectionOptions(url), max: connections });
  // An idle connection that dies is dropped by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
};

/** What can run SQL: a pool, or one of its connections inside a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

/** Runs `work` in one transaction on one connection: committed when it resolves, rolled back when it rejects. */
export const inTransaction = async <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((reason: unknown) => {
      broken ??= reason instanceof Error ? reason : new Error(String(reason));
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
};
