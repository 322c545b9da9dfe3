import pg from 'pg';

import { runStatement } from '../servers/database.js';
import { copyIn } from './copy-in.js';

/** DESIGN: the batches in which the limit is defined. */
const BATCH_ROWS = 5_000;
const WARM_UP_BATCHES = 10;
const STATEMENT_MS = 30_000;

interface TextRow {
  readonly line: string;
}

/** The first rows that ingest stored, in the order in which they lie there, as lines of COPY's text format. */
const readLines = async (url: string, rows: number): Promise<readonly string[]> => {
  const found = await runStatement<TextRow>(
    url,
    `select concat_ws(E'\\t', point_id, ts, value, quality) as line from reading limit ${rows}`,
  );
  return found.map(({ line }) => line);
};

const batchesOf = (lines: readonly string[]): readonly Buffer[] =>
  Array.from({ length: Math.floor(lines.length / BATCH_ROWS) }, (_, index) =>
    Buffer.from(`${lines.slice(index * BATCH_ROWS, (index + 1) * BATCH_ROWS).join('\n')}\n`),
  );

const writeBatch = async (client: pg.Client, batch: Buffer): Promise<void> => {
  await client.query('begin');
  await copyIn(client, 'copy staging (point_id, ts, value, quality) from stdin', batch);
  await client.query(
    'insert into reading (point_id, ts, value, quality) select point_id, ts, value, quality from staging order by 1, 2 on conflict do nothing',
  );
  await client.query('truncate staging');
  await client.query('commit');
};

/**
 * What the server takes when nothing else runs and nothing is to be decoded: the rows that ingest stored in `from`, ready as text, in batches of 5,000 by COPY into a
 * staging table, and from there into the same table with its unique index in `into`, one transaction each, on one connection. Rows a second.
 */
export const measureCopyLimit = async (from: string, into: string, rows: number): Promise<number> => {
  const batches = batchesOf(await readLines(from, rows));
  const client = new pg.Client({
    connectionString: into,
    connectionTimeoutMillis: 10_000,
    statement_timeout: STATEMENT_MS,
  });
  await client.connect();
  try {
    await client.query(
      'create temporary table staging (point_id integer, ts timestamptz, value float8, quality smallint)',
    );
    for (const batch of batches.slice(0, WARM_UP_BATCHES)) await writeBatch(client, batch);
    const measured = batches.slice(WARM_UP_BATCHES);
    const begun = performance.now();
    for (const batch of measured) await writeBatch(client, batch);
    return (measured.length * BATCH_ROWS * 1000) / (performance.now() - begun);
  } finally {
    await client.end();
  }
};
