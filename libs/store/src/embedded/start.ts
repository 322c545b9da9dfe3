import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type Account, accountHere } from './account.js';
import { prepareBinaries } from './binaries.js';
import { createCluster, give, readPassword, USER } from './cluster.js';
import { EmbeddedPostgresError, messageOf, reasonIn } from './errors.js';
import { findPlace } from './place.js';
import { inspectPidFile, removePidFile } from './postmaster.js';
import { run } from './run.js';
import { PG_HBA, postgresConf } from './settings.js';

export interface EmbeddedPostgresOptions {
  /** Holds the database, its password and its log; made when missing. */
  readonly directory: string;
  /** A free one is chosen when absent. */
  readonly port?: number;
  readonly onProgress?: (line: string) => void;
  /** More entries for postgresql.conf; tests that need no durability turn it off here. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** With the password: for this process and its children, not for a log. */
  readonly url: string;
  /** Process id of the server. */
  readonly pid: number;
  /** Ends the server within seconds, connections or not. A second call does nothing more. */
  stop(): Promise<void>;
}

const DATABASE = 'venueflow';
const ATTEMPTS = 10;
const START_SECONDS = 60;
const STOP_SECONDS = 5;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('The system gave no free port.'));
        else resolve(address.port);
      });
    });
  });

/** A data folder and the programs that serve it. */
class Server {
  private readonly data: string;
  private readonly log: string;

  constructor(
    readonly bin: string,
    place: string,
    private readonly account: Account | undefined,
  ) {
    this.data = join(place, 'data');
    this.log = join(place, 'server.log');
  }

  hasData(): boolean {
    return existsSync(join(this.data, 'PG_VERSION'));
  }

  /** Ends a server that an earlier, killed start left on this folder. */
  async clear(): Promise<void> {
    const found = inspectPidFile(this.data);
    if (found === 'ours') await this.stop();
    if (found === 'foreign') removePidFile(this.data);
  }

  async start(port: number | undefined, settings: Readonly<Record<string, string>>): Promise<number> {
    writeFileSync(join(this.data, 'pg_hba.conf'), PG_HBA);
    for (let attempt = 1; ; attempt += 1) {
      const chosen = port ?? (await freePort());
      writeFileSync(join(this.data, 'postgresql.conf'), postgresConf(chosen, settings));
      writeFileSync(this.log, '');
      await give(this.log, this.account);
      const args = ['start', '-w', '-s', '-t', String(START_SECONDS), '-D', this.data, '-l', this.log];
      const { code, output } = await run(join(this.bin, 'pg_ctl'), args, this.account);
      if (code === 0) return chosen;
      const log = readFileSync(this.log, 'utf8');
      // Children of a killed server let go of its memory a moment later; a port may be taken between choice and use.
      const passing =
        log.includes('shared memory block') || (port === undefined && log.includes('Address already in use'));
      if (!passing || attempt === ATTEMPTS) {
        throw new EmbeddedPostgresError(
          `PostgreSQL did not start on ${this.data}: ${reasonIn(log || output)}. The whole log is ${this.log}; or set DATABASE_URL to a server of your own.`,
        );
      }
      await delay(500);
    }
  }

  pid(): number {
    return Number(readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  async stop(): Promise<void> {
    for (const mode of ['fast', 'immediate']) {
      if (inspectPidFile(this.data) !== 'ours') return;
      const args = ['stop', '-w', '-s', '-m', mode, '-t', String(STOP_SECONDS), '-D', this.data];
      const { code } = await run(join(this.bin, 'pg_ctl'), args, this.account);
      if (code === 0) return;
    }
  }
}

const createDatabase = async (url: (database: string) => string): Promise<void> => {
  const client = new pg.Client({ connectionString: url('postgres'), connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
};

/**
 * Starts PostgreSQL on a folder, on loopback; the first time it makes the database. A server that an earlier start left
 * on the folder is stopped first. Rejects with an EmbeddedPostgresError, whose message is one line for people.
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const { directory, port, onProgress = () => undefined, settings = {} } = options;
  const account = accountHere();
  const place = await findPlace(directory, account, onProgress);
  const server = new Server(await prepareBinaries(account, onProgress), place, account);
  try {
    await server.clear();
    const password = readPassword(place, server.hasData());
    if (!server.hasData()) {
      onProgress('Creating the database …');
      await createCluster(server.bin, place, password, account);
    }
    const chosen = await server.start(port, settings);
    const url = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${chosen}/${database}`;
    await createDatabase(url);
    return { url: url(DATABASE), pid: server.pid(), stop: () => server.stop() };
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL in ${place} cannot be used: ${messageOf(error)}. Choose another --home, or set DATABASE_URL.`,
    );
  }
};
