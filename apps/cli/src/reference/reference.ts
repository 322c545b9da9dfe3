import type { Command } from 'commander';

import { createSolver, type LinearSolver } from '#libs/lp';

import type { Output } from '../output.js';
import { citylearnTable, runCitylearn } from './citylearn/run-citylearn.js';
import { DataError } from './data-error.js';
import { readCases } from './lp-cases/read-cases.js';
import { caseDocument, caseTable, findCaseFault } from './lp-cases/report-cases.js';
import { runCases } from './lp-cases/run-cases.js';
import { findPymgridFault, pymgridDocument, pymgridTable } from './pymgrid/report-pymgrid.js';
import { PUBLISHED_WINDOW, runPymgrid } from './pymgrid/run-pymgrid.js';

interface Flags {
  readonly data: string;
  readonly json?: true;
}

interface Answer {
  readonly document: object;
  readonly table: string;
  readonly fault: string | undefined;
}

type Suite<F> = (flags: F, say: (line: string) => void) => Promise<Answer>;

/** What cannot be read, or did not come out right, is a line on stderr and exit code 1. */
const action =
  <F extends Flags>(output: Output, suite: Suite<F>) =>
  async (flags: F): Promise<void> => {
    try {
      const { document, table, fault } = await suite(flags, (line) => output.err(line));
      output.out(flags.json ? JSON.stringify(document) : table);
      if (fault === undefined) return;
      output.err(`error: ${fault}`);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      output.err(`error: ${error.message}`);
    }
    output.fail();
  };

const withSolver = async <T>(work: (solver: LinearSolver) => Promise<T>): Promise<T> => {
  const solver = createSolver('highs');
  try {
    return await work(solver);
  } finally {
    await solver.close();
  }
};

const lpCases: Suite<Flags> = async ({ data }, say) => {
  const results = await runCases(await readCases(data), say);
  return { document: caseDocument(results), table: caseTable(results), fault: findCaseFault(results) };
};

const pymgrid: Suite<Flags & { readonly out?: string }> = async ({ data, out }, say) => {
  const results = await withSolver((solver) => runPymgrid(data, PUBLISHED_WINDOW, solver, say, out));
  return { document: pymgridDocument(results), table: pymgridTable(results), fault: findPymgridFault(results) };
};

const citylearn: Suite<Flags> = async ({ data }, say) => {
  const scores = await withSolver((solver) => runCitylearn(data, solver, say));
  return { document: scores, table: citylearnTable(scores), fault: undefined };
};

/** `reference <suite>`: the energy planner on published data, docs/energy-reference.md. */
export const registerReference = (program: Command, output: Output): void => {
  const reference = program.command('reference').description('measure the energy planner on published data');
  const add = (name: string, description: string): Command =>
    reference
      .command(name)
      .description(description)
      .requiredOption('--data <dir>', 'the folder of the data set')
      .option('--json', 'one JSON value on stdout');
  add('lp-cases', 'dispatch and commitment cases with known objectives').action(action(output, lpCases));
  add('pymgrid', 'the pymgrid microgrids hour by hour, beside the published controller')
    .option('--out <dir>', 'write the hourly flows with perfect forecasts')
    .action(action(output, pymgrid));
  add('citylearn', 'houses with batteries behind one meter, CityLearn 2022').action(action(output, citylearn));
};
