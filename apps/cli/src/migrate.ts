import { type Command, Option } from 'commander';

import { maskUrl } from '#libs/access';
import { errorCode, errorMessage, systemClock } from '#libs/kernel';
import { Store, type Tier } from '#libs/store';

import { formatTable, type Output } from './output.js';

interface Migrated {
  readonly tier: Tier;
  /** Names of the migrations that ran now. */
  readonly ran: readonly string[];
}

const TIERS: Record<Tier, string> = {
  postgresql: 'PostgreSQL, native partitions',
  timescaledb_apache: 'TimescaleDB, Apache edition',
  timescaledb_community: 'TimescaleDB, Community edition',
};

/** What helps against an error of the server or of the way to it; codes are PostgreSQL's and Node's. */
const ADVICE = new Map([
  ['42501', 'Perhaps grant this role CREATE on the database and on schema public, or make it their owner.'],
  ['28P01', 'Perhaps the password in the URL is wrong.'],
  ['28000', 'Perhaps pg_hba.conf does not let this role in from here.'],
  ['3D000', 'Perhaps create it first: createdb.'],
  ['ECONNREFUSED', 'Perhaps the server is not running, or listens on another port.'],
  ['ENOTFOUND', 'Perhaps the host name in the URL is wrong.'],
]);

const describeError = (url: string, error: unknown): string =>
  [`${maskUrl(url)}: ${errorMessage(error)}.`.replace(/\.\.$/, '.'), ADVICE.get(errorCode(error) ?? '')]
    .filter((part) => part !== undefined)
    .join(' ');

const migrate = async (url: string): Promise<Migrated> => {
  const store = await Store.open(url);
  try {
    const ran = await store.migrate();
    // Where the event's clock has run, it says which days come next.
    const clock = await store.operations.loadClock();
    await store.readings.makeRoom(clock?.reservedEventMs ?? systemClock.now());
    return { tier: store.tier, ran };
  } finally {
    await store.close();
  }
};

/** Why a URL is none that PostgreSQL takes; undefined when it may be one. */
const findUrlFault = (url: string | undefined): string | undefined => {
  if (!url) return 'No database is named. Perhaps set DATABASE_URL, or give --database postgres://user@host/name.';
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return undefined;
  return 'The database must be given as a URL such as postgres://user@host:5432/name.';
};

/** `migrate`: brings the database's schema up to date, at any time and any number of times. Exit code 0 only when it is. */
export const registerMigrate = (program: Command, output: Output): void => {
  program
    .command('migrate')
    .description('bring the schema of the database up to date; safe again and while the platform runs')
    .addOption(new Option('--database <url>', 'the database').env('DATABASE_URL'))
    .option('--json', 'one JSON value on stdout')
    .action(async (options: { database?: string; json?: true }) => {
      const fail = (error: string): void => {
        output.fail();
        if (options.json) output.out(JSON.stringify({ ok: false, error }));
        else output.err(`error: ${error}`);
      };
      const url = options.database;
      const fault = findUrlFault(url);
      if (url === undefined || fault !== undefined) {
        fail(fault ?? '');
        return;
      }
      try {
        const { tier, ran } = await migrate(url);
        if (options.json) output.out(JSON.stringify({ ok: true, tier, ran }));
        else {
          const done = ran.length === 0 ? 'Nothing to do: the schema is up to date.' : `${ran.length} migrations ran.`;
          const table = formatTable(
            ['migration', 'state'],
            ran.map((name) => [name, 'done']),
          );
          output.out([`${TIERS[tier]}. ${done}`, ...(ran.length > 0 ? [table] : [])].join('\n'));
        }
      } catch (error) {
        fail(describeError(url, error));
      }
    });
};
