import type { Command } from 'commander';

import { createSolver } from '#libs/lp';
import { findMisses, INDICATORS, type Miss, type Outcome, runDay } from '#libs/simulation';

import { formatTable, type Output } from './output.js';
import { type PreparedScenario, readScenario } from './read-scenario.js';

/** Shows progress in one line that is written over, where somebody watches. */
const progressOf = (run: string) => {
  let shown = -1;
  return (ratio: number) => {
    const percent = Math.floor(ratio * 100);
    if (!process.stderr.isTTY || percent === shown) return;
    shown = percent;
    process.stderr.write(`\r${run}: ${percent} %${percent === 100 ? '\n' : ''}`);
  };
};

const simulate = async ({ scenario, pack, feed }: PreparedScenario): Promise<Outcome> => {
  const solver = createSolver('highs');
  try {
    const day = { scenario, pack, feed, solver };
    const withoutPlan = await runDay({ ...day, run: 'without_plan', onProgress: progressOf('without plan') });
    return {
      planned: await runDay({ ...day, run: 'planned', onProgress: progressOf('planned') }),
      without_plan: withoutPlan,
    };
  } finally {
    await solver.close();
  }
};

const describeMiss = ({ run, indicator, value, min, max }: Miss): string =>
  `${run} ${indicator} is ${value.toFixed(2)}, expected ${[min === undefined ? [] : [`at least ${min}`], max === undefined ? [] : [`at most ${max}`]].flat().join(' and ')}.`;

const outcomeTable = (outcome: Outcome): string =>
  formatTable(
    ['indicator', 'planned', 'without plan', 'difference'],
    INDICATORS.map((indicator) => {
      const [planned, without] = [outcome.planned[indicator], outcome.without_plan[indicator]];
      const change = without === 0 ? '-' : `${((planned / without - 1) * 100).toFixed(1)} %`;
      return [indicator, planned.toFixed(2), without.toFixed(2), change];
    }),
  );

/** `simulate <scenario>`: a day with the planners and without. Exit code 0 when every indicator is as expected. */
export const registerSimulate = (program: Command, output: Output): void => {
  program
    .command('simulate <scenario>')
    .description('run a scenario (a folder, or a name under simulations/) and compare it with its expectations')
    .option('--json', 'one JSON value on stdout')
    .action(async (name: string, options: { json?: true }) => {
      const read = await readScenario(name);
      if (!read.ok) {
        output.fail();
        if (options.json) output.out(JSON.stringify({ ok: false, error: read.error }));
        else output.err(`error: ${read.error}`);
        return;
      }
      const { scenario, expected } = read.value;
      const outcome = await simulate(read.value);
      const misses = findMisses(expected, outcome);
      if (misses.length > 0) output.fail();
      if (options.json) {
        output.out(JSON.stringify({ ok: misses.length === 0, scenario, outcome, misses }));
        return;
      }
      output.out(`${scenario.title} (${scenario.day})\n\n${outcomeTable(outcome)}\n`);
      output.out(misses.length === 0 ? 'As expected.' : misses.map(describeMiss).join('\n'));
    });
};
