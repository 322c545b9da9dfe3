import pg from 'pg';
import { connectionOptions } from './connection.js';
import { LOCKS } from './locks.js';

const HEARTBEAT_MS = 5_000;

/** Held by one process at a time, for as long as its connection lives. */
export interface Leadership {
  /** Gives it up; `onLost` is not called. */
  release(): Promise<void>;
}

/**
 * Tries to become the leader: a session advisory lock on a connection of its own. Undefined when another process leads.
 * `onLost` is called once when the connection is lost, and with it the lock. Rejects when the database cannot be reached.
 */
export const tryLead = async (url: string, onLost: () => void): Promise<Leadership | undefined> => {
  const client = new pg.Client({ ...connectionOptions(url), query_timeout: HEARTBEAT_MS });
  let over = false;
  // A network that swallows packets closes nothing: ask, and count silence as loss.
  const heartbeat = setInterval(() => {
    client.query('select 1').catch(() => {
      lose();
      client.end().catch(() => undefined);
    });
  }, HEARTBEAT_MS);
  heartbeat.unref();
  const finish = (): boolean => {
    if (over) return false;
    over = true;
    clearInterval(heartbeat);
    return true;
  };
  let held = false;
  const lose = () => {
    if (finish() && held) onLost();
  };
  client.on('error', lose);
  client.on('end', lose);

  await client.connect().catch((error: unknown) => {
    finish();
    throw error;
  });
  const { rows } = await client
    .query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [LOCKS.leader])
    .catch(async (error: unknown) => {
      finish();
      // The server may have granted it all the same, and keeps it until the connection ends.
      await client.end();
      throw error;
    });
  held = rows[0]?.locked === true && !over;
  if (!held) {
    finish();
    await client.end();
    return undefined;
  }
  return {
    release: async () => {
      if (finish()) await client.end();
    },
  };
};
