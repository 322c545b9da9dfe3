import { type Command, Option } from 'commander';

import { systemClock } from '#libs/kernel';
import { Store, type Tier } from '#libs/store';

import { describeDatabaseError, findUrlFault } from './database-error.js';
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
        fail(describeDatabaseError(url, error));
      }
    });
};
