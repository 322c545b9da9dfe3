import { type Command, InvalidArgumentError, Option } from 'commander';

import { DISTURBANCES } from '#libs/transport';

import type { Output } from '../output.js';
import { runDispatchBench } from './dispatch/dispatch-bench.js';
import { dispatchDocument, dispatchTable, findDispatchFault } from './dispatch/dispatch-report.js';
import { duration } from './dispatch/flags.js';
import { type DemandFlags, isDemandComparison, runDemandComparison } from './dispatch-day/demand-comparison.js';
import { demandReport, demandTable, findDemandFault } from './dispatch-day/demand-report.js';
import { type EnergyBenchFlags, runEnergyBench } from './energy/energy-bench.js';
import { energyDocument, energyTable, findEnergyFault } from './energy/energy-report.js';
import { runIngestBench } from './ingest-bench.js';
import { findIngestFault, ingestDocument, ingestTable } from './ingest-report.js';
import { BenchError } from './process/bench-error.js';
import { type Cleanup, withCleanup } from './process/cleanup.js';
import { runQueryBench } from './query-bench.js';
import { queryDocument, queryTable } from './query-report.js';
import { runSimulationBench, type SimulationBenchFlags } from './simulation/simulation-bench.js';
import { findSimulationFault, simulationDocument, simulationTable } from './simulation/simulation-report.js';

const MOST = 1_000_000_000;

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > MOST)
    throw new InvalidArgumentError(`It is a whole number from 1 to ${MOST}.`);
  return value;
};

const civilDay = (text: string): string => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('It is a day such as 2026-02-14.');
  return text;
};

const hoursOfDay = (text: string): number => {
  const value = wholeNumber(text);
  if (value > 24) throw new InvalidArgumentError('A day has 24 hours.');
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

const benchDispatch: Work<DemandFlags> = async (flags, cleanup, say) => {
  if (isDemandComparison(flags)) {
    const figures = await runDemandComparison(flags, cleanup, say);
    return { document: demandReport(figures), table: demandTable(figures), fault: findDemandFault(figures) };
  }
  const figures = await runDispatchBench(flags, cleanup, say);
  return { document: dispatchDocument(figures), table: dispatchTable(figures), fault: findDispatchFault(figures) };
};

const benchEnergy: Work<Flags & EnergyBenchFlags> = async (flags, cleanup, say) => {
  const figures = await runEnergyBench(flags, cleanup, say);
  return { document: energyDocument(figures), table: energyTable(figures), fault: findEnergyFault(figures) };
};

const benchSimulation: Work<Flags & SimulationBenchFlags> = async (flags, cleanup, say) => {
  const figures = await runSimulationBench(flags, cleanup, say);
  return {
    document: simulationDocument(figures),
    table: simulationTable(figures),
    fault: findSimulationFault(figures),
  };
};

/** `bench <name>`: starts what it needs on loopback, measures, and stops it. Exit code 0 when every published reading is stored once, or the plan or the day is what it should be. */
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
  add('dispatch', 'how good a plan is found in how long, beside the integer model as a whole')
    .option('--lines <n>', 'two-way lines of the instance', wholeNumber, 60)
    .option('--slots <n>', 'slots of five minutes', wholeNumber, 36)
    .addOption(new Option('--fleet <size>', 'vehicles of the instance').choices(['tight', 'loose']).default('tight'))
    .option('--deadline <time>', 'from problem to plan, in s (or 500ms, 2min)', duration, 5000)
    .option('--monolithic <time>', 'solve the integer model as a whole, for so long, in s', duration)
    .option('--reference <time>', 'solve the same problem once more, with so long, in s', duration)
    .option('--instance <file>', 'a problem as JSON in place of a generated one (docs/dispatch-instances.md)')
    .addOption(new Option('--disturb <what>', 'plan again ten minutes later, when this happened').choices(DISTURBANCES))
    .option('--before <time>', 'of the plan in force when it happens, in s (default: the deadline)', duration)
    .option('--demand <files...>', 'drive these days against the timetable (docs/dispatch-comparison.md)')
    .option('--demand-seeds <n>', 'or so many days by seed', wholeNumber)
    .option('--demand-out <folder>', 'write the days by seed')
    .option('--cycle <time>', 'of these days: a plan is made so often', duration, 300_000)
    .option('--mps <file>', 'write the integer model')
    .option('--solution <file>', 'write the plan as the values of its columns')
    .action(action(output, benchDispatch));
  add('energy', 'how fast plans of power are made, beside HiGHS alone on the same matrix')
    .option('--sites <n>', 'sites of the instance', wholeNumber, 40)
    .option('--slots <n>', 'slots of 15 minutes', wholeNumber, 96)
    .action(action(output, benchEnergy));
  add('simulation', 'how fast a day is simulated, and how that grows with its size')
    .option('--pack <folder>', 'of the Games; absent: config/milano-cortina-2026')
    .option('--day <date>', 'the day', civilDay, '2026-02-14')
    .option('--hours <n>', 'from midnight', hoursOfDay, 24)
    .action(action(output, benchSimulation));
};
