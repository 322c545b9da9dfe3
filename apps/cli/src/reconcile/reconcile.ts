import { basename, join } from 'node:path';

import { type Command, Option } from 'commander';

import { reconcile, type Reconciliation } from '#libs/energy';
import { loadPack, type Pack } from '#libs/games';
import {
  epochMs,
  type EpochMs,
  fail,
  formatFault,
  HOUR_MS,
  MINUTE_MS,
  ok,
  type Result,
  systemClock,
} from '#libs/kernel';
import { Store } from '#libs/store';

import { describeDatabaseError } from '../database-error.js';
import type { Output } from '../output.js';
import { findDatabase } from './find-database.js';
import { choosePeriod, type Period } from './period.js';
import { readMeters, type ReadMeters } from './read-meters.js';
import { ASSUMPTIONS, civilText, reconcileReport } from './report.js';

interface Flags {
  readonly games: string;
  readonly databaseUrl?: string;
  readonly home?: string;
  readonly from?: string;
  readonly to?: string;
  readonly feeder?: string;
  readonly json?: true;
}

interface Answer {
  readonly pack: Pack;
  readonly period: Period;
  readonly found: Reconciliation;
}

/** What is reserved ahead of event time at a high speed. */
const RESERVE_MS = 6 * HOUR_MS;

/** Up to when there should be readings: the newest minute, or event time where the newest is long past. */
const findNow = async (store: Store): Promise<EpochMs> => {
  const clock = await store.operations.loadClock();
  const event = clock?.reservedEventMs ?? systemClock.now();
  const latest = await store.readings.latest((await store.listPoints()).map(({ id }) => id));
  const newest = [...latest.values()].reduce((most, { ts }) => Math.max(most, ts), 0) + MINUTE_MS;
  return epochMs(newest > event - RESERVE_MS ? Math.min(newest, event) : event);
};

const readPack = async (directory: string): Promise<Result<Pack, string>> => {
  const loaded = await loadPack(directory);
  if (loaded.ok) return loaded;
  const [first] = loaded.error;
  return fail(`The pack ${directory} has ${loaded.error.length} faults: ${first ? formatFault(first) : 'unknown'}`);
};

interface Measured extends ReadMeters {
  readonly period: Period;
}

const readStore = async (url: string, flags: Flags, pack: Pack): Promise<Result<Measured, string>> => {
  try {
    const store = await Store.open(url);
    try {
      const period = choosePeriod(flags, pack.games.time_zone, await findNow(store));
      return period.ok ? ok({ period: period.value, ...(await readMeters(store, pack, period.value.grid)) }) : period;
    } finally {
      await store.close();
    }
  } catch (error) {
    return fail(describeDatabaseError(url, error));
  }
};

const answer = async (flags: Flags): Promise<Result<Answer, string>> => {
  const loaded = await readPack(flags.games);
  if (!loaded.ok) return loaded;
  const { feeder } = flags;
  const pack = loaded.value;
  const feeders = pack.feeders.map(({ id }) => id);
  if (feeder !== undefined && !feeders.includes(feeder))
    return fail(`The pack has no feeder ${feeder}; it has ${feeders.join(', ')}.`);
  const url = findDatabase(flags.databaseUrl, flags.home ?? join('.venueflow', basename(flags.games)));
  if (!url.ok) return url;
  const measured = await readStore(url.value, flags, pack);
  if (!measured.ok) return measured;
  const { period, unknown, ...read } = measured.value;
  if (unknown.length === read.meters.size)
    return fail(`The database knows none of the meters of ${pack.games.id}. Perhaps another event's is named.`);
  const { grid, start: from } = period;
  const found = reconcile({ pack, grid, from, ...read, ...(feeder !== undefined && { feeder }) });
  return ok({ pack, period, found });
};

/** `reconcile`: main meters against their sub-meters, consumption by customer, what the plan was worth. Exit code 0 when it could be told, alarms or not. */
export const registerReconcile = (program: Command, output: Output): void => {
  program
    .command('reconcile')
    .description('main meters against sub-meters by feeder and day, consumption by customer, and what the plan saved')
    .requiredOption('--games <pack>', 'folder of the Games pack')
    .addOption(new Option('--database-url <url>', 'the database').env('DATABASE_URL'))
    .addOption(
      new Option('--home <dir>', 'of a running npm start, when no database is named (default: .venueflow/<pack>)'),
    )
    .option('--from <date>', 'first civil day, such as 2026-02-06 (default: six days before the last)')
    .option('--to <date>', 'last civil day (default: the one under way)')
    .option('--feeder <id>', 'only this one')
    .option('--json', 'one JSON value on stdout')
    .action(async (flags: Flags) => {
      const found = await answer(flags);
      if (!found.ok) {
        output.fail();
        if (flags.json) output.out(JSON.stringify({ ok: false, error: found.error }));
        else output.err(`error: ${found.error}`);
        return;
      }
      const { pack, period, found: reconciliation } = found.value;
      const { id, time_zone, currency } = pack.games;
      const { from, to, end } = period;
      if (flags.json) {
        const head = { ok: true, pack: id, time_zone, currency, from, to, until_ms: end };
        output.out(JSON.stringify({ ...head, ...reconciliation, assumptions: ASSUMPTIONS }));
      } else {
        output.out(`${pack.games.name}, ${from} to ${to}, as far as ${civilText(time_zone, end)}\n`);
        output.out(reconcileReport(reconciliation, { timeZone: time_zone, currency }));
      }
    });
};
