import 'reflect-metadata';

import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

import { readCommandLine } from './command-line.js';
import { Platform } from './platform.js';
import { StartError } from './probes.js';
import { Shutdown } from './shutdown.js';

/** The project's folder: four levels above `dist/apps/platform/src`. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));
// What waits for the database outlives two collections of the young, so the old would grow to several times of what lives before it is looked through.
// Measured on ingest at its limit: 200 MB resident instead of 380, for the same work (docs/benchmarks.md).
setFlagsFromString('--heap-growing-percent=30');

/** Everything has to be over within ten seconds of the signal. */
const LAST_RESORT_MS = 9_500;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

// Whoever read what is said may go away, as in `npm start | head`; that is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const shutdown = new Shutdown();

const end = async (code: number): Promise<never> => {
  setTimeout(() => process.exit(code), LAST_RESORT_MS).unref();
  await shutdown.run();
  process.exit(code);
};

const start = async (): Promise<void> => {
  const read = readCommandLine(process.argv.slice(2), process.env, root);
  if (!read.ok) {
    (read.error.kind === 'help' ? say : complain)(read.error.message);
    process.exit(read.error.kind === 'help' ? 0 : 1);
  }
  // Ctrl-C may arrive twice, once from the terminal and once from npm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!shutdown.hasBegun()) say('Stopping …');
      void end(0);
    });
  }
  const bug = (error: unknown): void => {
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    void end(1);
  };
  process.on('uncaughtException', bug);
  process.on('unhandledRejection', bug);

  try {
    const url = await new Platform(read.value, shutdown, say).start();
    if (url !== undefined) say(`Venueflow is ready: ${url}`);
  } catch (error) {
    // A start that was interrupted fails in any way it likes.
    if (shutdown.hasBegun()) return;
    if (!(error instanceof StartError)) throw error;
    complain(error.message);
    await end(1);
  }
};

await start();
