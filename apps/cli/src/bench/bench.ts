import { type Command, InvalidArgumentError } from 'commander';

import type { Output } from '../output.js';
import { runIngestBench } from './ingest-bench.js';
import { findIngestFault, ingestDocument, ingestTable } from './ingest-report.js';
import { BenchError } from './process/bench-error.js';
import { type Cleanup, withCleanup } from './process/cleanup.js';
import { runQueryBench } from './query-bench.js';
import { queryDocument, queryTable } from './query-report.js';

const MOST = 1_000_000_000;

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > MOST)
    throw new InvalidArgumentError(`It is a whole number from 1 to ${MOST}.`);
  return value;
};

interface Flags {
  readonly seed: number;
  readonly json?: true;
}

interface Answer {
  readonly document: object;
  readonly table: string;
  readonly fault: string | undefined;
}

type Work<F> = (flags: F, cleanup: Cleanup, say: (line: string) => void) => Promise<Answer>;

/** What cannot be run, or did not come out right, is a line on stderr and exit code 1. */
const action =
  <F extends Flags>(output: Output, work: Work<F>) =>
  async (flags: F): Promise<void> => {
    const say = (line: string) => output.err(line);
    try {
      const { document, table, fault } = await withCleanup(say, (cleanup) => work(flags, cleanup, say));
      output.out(flags.json ? JSON.stringify(document) : table);
      if (fault !== undefined) throw new BenchError(fault);
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      output.err(`error: ${error.message}`);
      output.fail();
    }
  };

const benchIngest: Work<Flags & { readonly seconds: number }> = async (flags, cleanup, say) => {
  const figures = await runIngestBench(flags, cleanup, say);
  return { document: ingestDocument(figures), table: ingestTable(figures), fault: findIngestFault(figures) };
};

const benchQuery: Work<Flags & { readonly readings: number }> = async (flags, cleanup, say) => {
  const figures = await runQueryBench(flags, cleanup, say);
  return { document: queryDocument(figures), table: queryTable(figures), fault: undefined };
};

/** `bench <name>`: starts what it needs on loopback, measures, and stops it. Exit code 0 when every published reading is stored once. */
export const registerBench = (program: Command, output: Output): void => {
  const bench = program.command('bench').description('measure Venueflow on this machine');
  const add = (name: string, description: string): Command =>
    bench
      .command(name)
      .description(description)
      .option('--seed <n>', 'of the values', wholeNumber, 1)
      .option('--json', 'one JSON value on stdout');
  add('ingest', 'messages and readings a second, beside a bare subscriber and the database alone')
    .option('--seconds <n>', 'length of the two long phases', wholeNumber, 300)
    .action(action(output, benchIngest));
  add('query', 'how long the overview and a series take while ingest runs')
    .option('--readings <n>', 'in the database before', wholeNumber, 20_000_000)
    .action(action(output, benchQuery));
};
