import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What benches take from the environment, read once. */
export interface BenchEnvironment {
  /** A server to use instead of one that is started. */
  readonly databaseUrl: string | undefined;
  /** Where `test/servers/timescaledb.sh` keeps its server. */
  readonly timescaledbRoot: string;
  /** Folders with programs. */
  readonly path: readonly string[];
}

/** Debian keeps servers in /usr/sbin, which is not in everybody's PATH. */
export const readBenchEnvironment = (variables: Readonly<Record<string, string | undefined>>): BenchEnvironment => ({
  databaseUrl: variables['DATABASE_URL'] === '' ? undefined : variables['DATABASE_URL'],
  timescaledbRoot: variables['TIMESCALEDB_ROOT'] ?? '/var/cache/venueflow-test/timescaledb',
  path: [...(variables['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'],
});

/** The first program of that name; undefined when there is none. */
export const findProgram = ({ path }: Pick<BenchEnvironment, 'path'>, name: string): string | undefined =>
  path.map((folder) => join(folder, name)).find((program) => existsSync(program));
