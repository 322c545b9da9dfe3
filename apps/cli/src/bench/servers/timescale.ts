import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

import { errorMessage } from '#libs/kernel';

import { BenchError } from '../process/bench-error.js';
import type { Cleanup } from '../process/cleanup.js';

const run = promisify(execFile);

/** The first time it makes a Debian of its own. */
const START_MS = 300_000;
const STOP_MS = 60_000;

/** As in `test/servers/timescaledb.sh`. */
const PLACE = process.env['TIMESCALEDB_ROOT'] ?? '/var/cache/venueflow-test/timescaledb';
const PID_FILE = join(PLACE, 'var/lib/postgresql/venueflow-test/postmaster.pid');

const readPid = (): number => Number(readFileSync(PID_FILE, 'utf8').split('\n')[0]);

/** Why TimescaleDB cannot be started here; undefined when it can. */
export const findObstacle = (): string | undefined => {
  if (process.getuid?.() !== 0) return 'only root can start it';
  const ready = existsSync(`${PLACE}.ready`);
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const made = ready || folders.some((folder) => existsSync(join(folder, 'debootstrap')));
  return made ? undefined : 'debootstrap is missing';
};

/** The TimescaleDB of the test suites, made durable. Refuses when one runs already, which starting would end. */
export const startTimescale = async (
  root: string,
  cleanup: Cleanup,
): Promise<{ readonly url: string; readonly pid: number }> => {
  if (existsSync(PID_FILE))
    throw new BenchError(
      `A test server runs in ${PLACE}. Perhaps wait for that suite, or: sh test/servers/timescaledb.sh stop. Or set DATABASE_URL.`,
    );
  const script = join(root, 'test', 'servers', 'timescaledb.sh');
  // A benchmark of what is not kept would say little.
  const starting = run('sh', [script, 'start'], {
    timeout: START_MS,
    env: { ...process.env, TIMESCALEDB_DURABLE: '1' },
  }).catch((error: unknown) => {
    throw new BenchError(`TimescaleDB does not start: ${errorMessage(error)}`);
  });
  cleanup.add('TimescaleDB', async () => {
    await starting.catch(() => undefined);
    await run('sh', [script, 'stop'], { timeout: STOP_MS });
  });
  const { stdout } = await starting;
  return { url: stdout.trim(), pid: readPid() };
};
