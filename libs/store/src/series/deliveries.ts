import type { EpochMs } from '#libs/kernel';
import type { Queryable } from '../connection.js';
import type { Delivery, ReadingRow, UntimedMessage } from '../contract.js';
import { toEpochMs } from './reading-row.js';

/**
 * Settles packets that differ from each other, in the order of the key, so that two writers wait for each other: whoever comes second finds what the
 * first stored. A row is the same message when that is delivered again, and also when the row is of later than this arrival: then
 * another process was given the message while this one still had it. Otherwise the packet id is used again, with the same content.
 * Which came later is told by the database's time: event time of two processes need not agree where a clock has jumped.
 */
const SETTLE = `
  insert into delivery as known (session, message_id, fingerprint, received, again, arrived)
  select session, id, print, received, again, clock_timestamp() - age * interval '1 millisecond'
  from unnest($1::text[], $2::integer[], $3::text[], $4::timestamptz[], $5::boolean[], $6::float8[])
    as given (session, id, print, received, again, age) order by 1, 2, 3
  on conflict (session, message_id, fingerprint) do update set
    again = excluded.again,
    stored_at = now(),
    received = case
      when excluded.again or known.arrived > excluded.arrived then known.received
      else excluded.received
    end,
    arrived = greatest(known.arrived, excluded.arrived)
  returning session, message_id as "messageId", fingerprint, received`;

/**
 * How long a packet is remembered after the last one was stored. A broker that comes back with a snapshot delivers again what was under way at its time; while it
 * is away nothing is stored, so nothing is forgotten.
 */
const KEPT = '1 hour';

/** Forgets old packets. */
export const forgetDeliveries = async (database: Queryable): Promise<void> => {
  await database.query(
    `delete from delivery where stored_at < (select max(stored_at) from delivery) - interval '${KEPT}'`,
  );
};

type Packet = Pick<Delivery, 'session' | 'messageId' | 'fingerprint'>;

const keyOf = ({ session, messageId, fingerprint }: Packet): string => `${messageId} ${fingerprint} ${session}`;

const settle = async (database: Queryable, deliveries: readonly Delivery[]): Promise<ReadonlyMap<string, EpochMs>> => {
  if (deliveries.length === 0) return new Map();
  const { rows } = await database.query<Packet & { readonly received: Date }>(SETTLE, [
    deliveries.map(({ session }) => session),
    deliveries.map(({ messageId }) => messageId),
    deliveries.map(({ fingerprint }) => fingerprint),
    deliveries.map(({ received }) => new Date(received)),
    deliveries.map(({ again }) => again),
    deliveries.map(({ arrived }) => performance.now() - arrived),
  ]);
  return new Map(rows.map((row) => [keyOf(row), toEpochMs(row.received)]));
};

/** Messages in rounds, so that no round has a packet twice. Nearly always one round. */
const inRounds = (messages: readonly UntimedMessage[]): readonly (readonly UntimedMessage[])[] => {
  const rounds: UntimedMessage[][] = [];
  const next = new Map<string, number>();
  for (const message of messages) {
    const key = keyOf(message.delivery);
    const round = next.get(key) ?? 0;
    next.set(key, round + 1);
    (rounds[round] ??= []).push(message);
  }
  return rounds;
};

/**
 * Remembers the packets of untimed messages, and gives their readings with the time of the first arrival: their own, unless the message was stored before.
 * The first statement of its transaction, whose row locks make it wait for another writer of the same packets.
 */
export const settleUntimed = async (
  database: Queryable,
  messages: readonly UntimedMessage[],
): Promise<readonly ReadingRow[]> => {
  const settled: ReadingRow[] = [];
  for (const round of inRounds(messages)) {
    const first = await settle(
      database,
      round.map(({ delivery }) => delivery),
    );
    for (const { delivery, readings } of round) {
      const ts = first.get(keyOf(delivery)) ?? delivery.received;
      for (const row of readings) settled.push(row.ts === delivery.received ? { ...row, ts } : row);
    }
  }
  return settled;
};
