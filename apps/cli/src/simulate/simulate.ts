import { type Command, InvalidArgumentError } from 'commander';

import { type RunOptions, type Scenario, studyRobustness, runTasks, sumUpRun } from '#libs/simulation';

import type { Output } from '../output.js';
import { describeMiss, pairingOf, robustnessOf, tableOf } from './describe-report.js';
import { drawDays, type WantedWidth } from './draw-days.js';
import { type PreparedScenario, readScenario } from './read-scenario.js';
import { beginReport, writeReport } from './report.js';
import { describeTornado, runTornado } from './tornado.js';
import { checkSearch, describeSearch, runSearch } from './search.js';

interface SimulateOptions {
  readonly replications?: number;
  readonly seed?: number;
  readonly compare?: string;
  readonly halfWidth?: WantedWidth;
  readonly search?: true;
  readonly tornado?: string;
  readonly out?: string;
  readonly json?: true;
}

/** Shows progress in one line that is written over, where somebody watches. */
const progressOf = () => {
  let shown = -1;
  return (ratio: number) => {
    const percent = Math.floor(ratio * 100);
    if (!process.stderr.isTTY || percent === shown) return;
    shown = percent;
    process.stderr.write(`\r${percent} %${percent === 100 ? '\n' : ''}`);
  };
};

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`A whole number from ${least} to ${most} is wanted.`);
    return value;
  };

const wantedWidth = (text: string): WantedWidth => {
  const [, indicator = '', value] = /^([a-z0-9_.]+)=(.+)$/.exec(text) ?? [];
  const halfWidth = Number(value);
  if (!(halfWidth > 0))
    throw new InvalidArgumentError('An indicator and a number above zero are wanted: mean_wait_s=20.');
  return { indicator, halfWidth };
};

const search = async (
  prepared: PreparedScenario,
  scenario: Scenario,
  running: RunOptions,
  { json }: SimulateOptions,
  output: Output,
): Promise<void> => {
  if (!scenario.search) throw new Error('The scenario has no search: give it policy, target and candidates.');
  const fault = checkSearch(prepared, scenario.search);
  if (fault !== undefined) throw new Error(fault);
  const found = await runSearch(prepared.packDirectory, scenario, scenario.search, running);
  if (!found.best) output.fail();
  output.out(
    json
      ? JSON.stringify({ ok: found.best !== undefined, scenario, ...found })
      : describeSearch(scenario.search, found),
  );
};

const tornado = async (
  { packDirectory }: PreparedScenario,
  scenario: Scenario,
  running: RunOptions,
  { tornado: indicator = '', json }: SimulateOptions,
  output: Output,
): Promise<void> => {
  const onRefused = (kind: string, reason: string): void => output.err(`${kind}: left out. ${reason}`);
  const study = await runTornado(packDirectory, scenario, { ...running, indicator, onRefused });
  output.out(json ? JSON.stringify({ ok: true, scenario, ...study }) : describeTornado(study));
};

const compare = async (
  { expected, pack, feed, packDirectory }: PreparedScenario,
  asked: Scenario,
  running: RunOptions,
  { halfWidth, out, json }: SimulateOptions,
  output: Output,
): Promise<void> => {
  const onDay = out === undefined ? undefined : await beginReport(out);
  const days = await drawDays(packDirectory, asked, halfWidth, { ...running, ...(onDay && { onDay }) });
  const scenario = { ...asked, replications: days.length / Object.keys(asked.policies).length };
  const summary = sumUpRun(scenario, { pack, feed }, expected, days);
  const report =
    out === undefined
      ? summary
      : {
          ...summary,
          robustness: await studyRobustness(packDirectory, scenario, days, (tasks) => runTasks(tasks, running)),
        };
  const { misses } = report;
  if (misses.length > 0) output.fail();
  if (out !== undefined) await writeReport(out, report);
  if (json) {
    output.out(JSON.stringify(report));
    return;
  }
  output.out(`${scenario.title} (${scenario.day}), ${scenario.replications} drawn days`);
  output.out(`\n${tableOf(report)}${pairingOf(report)}${robustnessOf(report)}\n`);
  output.out(misses.length === 0 ? 'As expected.' : misses.map(describeMiss).join('\n'));
  if (out !== undefined) output.out(`Report: ${out}/report.html`);
};

const runScenario = async (name: string, options: SimulateOptions, output: Output): Promise<void> => {
  const cancel = new AbortController();
  const onSignal = (): void => cancel.abort();
  process.once('SIGINT', onSignal);
  try {
    const read = await readScenario(name);
    if (!read.ok) throw new Error(read.error);
    const scenario = {
      ...read.value.scenario,
      ...(options.replications !== undefined && { replications: options.replications }),
      ...(options.seed !== undefined && { seed: options.seed }),
      ...(options.compare !== undefined && { baseline: options.compare }),
    };
    const { policies, baseline } = scenario;
    if (!Object.hasOwn(policies, baseline))
      throw new Error(`--compare: there is no policy ${baseline}; one of ${Object.keys(policies).join(', ')}.`);
    const running = { onProgress: progressOf(), signal: cancel.signal };
    await (options.search ? search : options.tornado === undefined ? compare : tornado)(
      read.value,
      scenario,
      running,
      options,
      output,
    );
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    output.fail();
    if (options.json) output.out(JSON.stringify({ ok: false, error: words }));
    else output.err(`error: ${words}`);
  } finally {
    process.removeListener('SIGINT', onSignal);
  }
};

/** `simulate <scenario>`: every policy of a scenario on the same drawn days. Exit code 0 when every indicator is as expected. */
export const registerSimulate = (program: Command, output: Output): void => {
  program
    .command('simulate <scenario>')
    .description('run a scenario (a folder, or a name under simulations/) and compare its policies on the same days')
    .option(
      '--replications <n>',
      'days that are drawn, at most where a half-width is asked for, instead of those of the scenario',
      wholeNumber(1, 1000),
    )
    .option('--seed <n>', 'seed of the days, instead of that of the scenario', wholeNumber(0, 2 ** 31 - 1))
    .option('--compare <policy>', 'the policy that the others are compared with')
    .option(
      '--half-width <indicator=value>',
      'draw days until differences of an indicator are known so well',
      wantedWidth,
    )
    .option('--search', 'find the cheapest of the scenario’s candidates that meets its target')
    .option('--tornado <indicator>', 'how much its difference depends on the figures that the pack assumes')
    .option('--out <folder>', 'write report.html, with other mismatches and efforts, and indicators there')
    .option('--json', 'one JSON value on stdout')
    .action((name: string, options: SimulateOptions) => runScenario(name, options, output));
};
