import type { Queryable } from '../connection.js';
import type { Delivery } from '../contract.js';
import { toEpochMs } from './reading-row.js';

/** In the order of the key, so that two writers cannot deadlock. */
const KEEP = `
  insert into delivery (session, message_id, fingerprint, received)
  select * from unnest($1::text[], $2::integer[], $3::text[], $4::timestamptz[]) order by 1, 2
  on conflict (session, message_id) do update set fingerprint = excluded.fingerprint, received = excluded.received`;

/** The last of each session and id replaces what was stored under them. */
export const keepDeliveries = async (database: Queryable, deliveries: readonly Delivery[]): Promise<void> => {
  if (deliveries.length === 0) return;
  const last = [...new Map(deliveries.map((one) => [`${one.messageId}/${one.session}`, one])).values()];
  await database.query(KEEP, [
    last.map(({ session }) => session),
    last.map(({ messageId }) => messageId),
    last.map(({ fingerprint }) => fingerprint),
    last.map(({ received }) => new Date(received)),
  ]);
};

/** More than a broker has under way to the sessions of one process. */
const MOST_LISTED = 20_000;

/** The newest 20,000, oldest first. */
export const listDeliveries = async (
  database: Queryable,
  sessions: readonly string[],
): Promise<readonly Delivery[]> => {
  const { rows } = await database.query<Omit<Delivery, 'received'> & { readonly received: Date }>(
    `select session, message_id as "messageId", fingerprint, received from delivery
     where session = any ($1::text[]) order by received desc, session desc, message_id desc limit ${MOST_LISTED}`,
    [sessions],
  );
  return rows.map((row) => ({ ...row, received: toEpochMs(row.received) })).reverse();
};
