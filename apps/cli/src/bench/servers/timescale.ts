import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { errorMessage } from '#libs/kernel';

import { type BenchEnvironment, findProgram } from '../environment.js';
import { BenchError } from '../process/bench-error.js';
import type { Cleanup } from '../process/cleanup.js';

const run = promisify(execFile);

/** The first time it makes a Debian of its own. */
const START_MS = 300_000;
const STOP_MS = 60_000;

const pidFileOf = ({ timescaledbRoot }: BenchEnvironment): string =>
  join(timescaledbRoot, 'var/lib/postgresql/venueflow-test/postmaster.pid');

/** Why TimescaleDB cannot be started here; undefined when it can. */
export const findObstacle = (environment: BenchEnvironment): string | undefined => {
  if (process.getuid?.() !== 0) return 'only root can start it';
  const made =
    existsSync(`${environment.timescaledbRoot}.ready`) || findProgram(environment, 'debootstrap') !== undefined;
  return made ? undefined : 'debootstrap is missing';
};

/** The TimescaleDB of the test suites, made durable. Refuses when one runs already, which starting would end. */
export const startTimescale = async (
  root: string,
  environment: BenchEnvironment,
  cleanup: Cleanup,
): Promise<{ readonly url: string; readonly pid: number }> => {
  const pidFile = pidFileOf(environment);
  if (existsSync(pidFile))
    throw new BenchError(
      `A test server runs in ${environment.timescaledbRoot}. Perhaps wait for that suite, or: sh test/servers/timescaledb.sh stop. Or set DATABASE_URL.`,
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
  return { url: stdout.trim(), pid: Number(readFileSync(pidFile, 'utf8').split('\n')[0]) };
};
