import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Queryable } from '../connection.js';
import type { Batch, Receipt, RejectedMessage } from '../contract.js';
import { settleUntimed } from './deliveries.js';
import { insertPositions } from './insert-positions.js';
import { copyReadings, insertReadings } from './insert-readings.js';

const MOST_PAYLOAD_BYTES = 4_096;
const MOST_REJECTED_ROWS = 100_000;
const MOST_TEXT = 1_000;

/** PostgreSQL's text holds no NUL. */
const storableText = (text: string): string => text.slice(0, MOST_TEXT).replaceAll('\0', '\ufffd');

/** Names each list of rejected messages for as long as it is retried: a commit whose answer was lost is not counted twice. */
const batchIds = new WeakMap<readonly RejectedMessage[], string>();

const batchIdOf = (rejected: readonly RejectedMessage[]): string => {
  const id = batchIds.get(rejected) ?? randomUUID();
  batchIds.set(rejected, id);
  return id;
};

/** Returns the readings lost with them, 0 when this list was stored before. */
const keepRejected = async (database: Queryable, rejected: readonly RejectedMessage[]): Promise<number> => {
  if (rejected.length === 0) return 0;
  const kept = rejected.slice(-MOST_REJECTED_ROWS);
  const { rowCount } = await database.query(
    `insert into rejected_message (batch, topic, payload, reason, readings)
     select $1::uuid, * from unnest($2::text[], $3::bytea[], $4::text[], $5::integer[])
     where not exists (select from rejected_message where batch = $1)`,
    [
      batchIdOf(rejected),
      kept.map((message) => storableText(message.topic)),
      kept.map((message) => Buffer.from(message.payload.subarray(0, MOST_PAYLOAD_BYTES))),
      kept.map((message) => storableText(message.reason)),
      kept.map((message) => message.readings),
    ],
  );
  if (rowCount === 0) return 0;
  await database.query(
    `delete from rejected_message where id <= (select max(id) - ${MOST_REJECTED_ROWS} from rejected_message)`,
  );
  return rejected.reduce((sum, message) => sum + message.readings, 0);
};

/** Gateways in one order, so that two writers cannot deadlock. */
const advanceReceipts = async (database: Queryable, receipts: readonly Receipt[]): Promise<void> => {
  if (receipts.length === 0) return;
  await database.query(
    `insert into gateway (venue, id, stored_seq)
     select venue, id, max(seq) from unnest($1::text[], $2::text[], $3::bigint[]) as receipt (venue, id, seq)
     group by 1, 2 order by 1, 2
     on conflict (venue, id) do update set stored_seq = greatest(gateway.stored_seq, excluded.stored_seq)`,
    [
      receipts.map((receipt) => receipt.venue),
      receipts.map((receipt) => receipt.gateway),
      receipts.map((receipt) => receipt.seq),
    ],
  );
};

/** Adds to the running totals; last in its transaction, because every writer waits for this row. */
export const addTotals = async (
  database: Queryable,
  added: { readonly stored: number; readonly imported: number; readonly rejected: number },
): Promise<void> => {
  await database.query(
    `update ingest_total set stored = stored + $1, imported = imported + $2, rejected = rejected + $3`,
    [added.stored, added.imported, added.rejected],
  );
};

/** The statements of one batch; returns how many readings were new. By `copy` it rejects with 23505 when one was not. */
export const writeBatch = async (client: pg.ClientBase, batch: Batch, way: 'copy' | 'insert'): Promise<number> => {
  const untimed = await settleUntimed(client, batch.untimed ?? []);
  const readings = untimed.length === 0 ? batch.readings : [...batch.readings, ...untimed];
  const inserted = await (way === 'copy' ? copyReadings : insertReadings)(client, readings);
  await insertPositions(client, batch.positions ?? []);
  const rejected = await keepRejected(client, batch.rejected);
  await advanceReceipts(client, batch.receipts);
  if (inserted > 0 || rejected > 0) await addTotals(client, { stored: inserted, imported: 0, rejected });
  return inserted;
};
