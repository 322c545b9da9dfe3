import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';

const script = fileURLToPath(new URL('../servers/timescaledb.sh', import.meta.url));
const run = promisify(execFile);

/** A server that may go away at any time, asked by a connection for each question. */
export class Timescaledb {
  private constructor(readonly url: string) {}

  /** Makes it new, empty and durable: what it says is committed is on the disk. */
  static async start(): Promise<Timescaledb> {
    const { stdout } = await run('sh', [script, 'start'], {
      env: { ...process.env, TIMESCALEDB_DURABLE: '1' },
      timeout: 300_000,
    });
    return new Timescaledb(stdout.trim());
  }

  /** `fast` ends it in order; `immediate` drops everything at once, as a crash does. It keeps its data. */
  async halt(mode: 'fast' | 'immediate'): Promise<void> {
    await run('sh', [script, 'halt', mode], { timeout: 60_000 });
  }

  /** On the same port, with the same data. */
  async resume(): Promise<void> {
    await run('sh', [script, 'resume'], { timeout: 60_000 });
  }

  /** Stops it and removes its data. */
  async close(): Promise<void> {
    await run('sh', [script, 'stop'], { timeout: 60_000 });
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
