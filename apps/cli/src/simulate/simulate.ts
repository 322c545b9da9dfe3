import { type Command, InvalidArgumentError } from 'commander';

import { type Miss, runTasks, scenarioTasks, type SimulationReport, sumUpRun } from '#libs/simulation';

import { formatTable, type Output } from '../output.js';
import { readScenario } from './read-scenario.js';
import { writeReport } from './report.js';

interface SimulateOptions {
  readonly replications?: number;
  readonly seed?: number;
  readonly compare?: string;
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

const describeMiss = ({ of, indicator, value, min, max }: Miss): string => {
  if (value === undefined) return `There is no ${indicator} of ${of}.`;
  const bounds = [min === undefined ? [] : [`at least ${min}`], max === undefined ? [] : [`at most ${max}`]].flat();
  return `${of} ${indicator} is ${value.toFixed(2)}, expected ${bounds.join(' and ')}.`;
};

const figure = (mean: number, half: number | undefined): string =>
  half === undefined ? mean.toFixed(2) : `${mean.toFixed(2)} ± ${half.toFixed(2)}`;

/** Means of every policy; of the others than the baseline their difference to it on the same days. */
const tableOf = ({ scenario: { policies, baseline }, means, differences }: SimulationReport): string => {
  const others = Object.keys(policies).filter((policy) => policy !== baseline);
  const names = Object.keys(means[baseline] ?? {});
  return formatTable(
    ['indicator', baseline, ...others.flatMap((policy) => [policy, 'difference'])],
    names.map((name) => [
      name,
      figure(means[baseline]?.[name]?.mean ?? 0, means[baseline]?.[name]?.half_width),
      ...others.flatMap((policy) => {
        const [own, difference] = [means[policy]?.[name], differences[policy]?.[name]];
        return [figure(own?.mean ?? 0, undefined), figure(difference?.mean ?? 0, difference?.half_width)];
      }),
    ]),
  );
};

/** How much the pairing of days was worth, on the median indicator. */
const pairingOf = ({ differences }: SimulationReport): string => {
  const reductions = Object.values(differences)
    // What a policy does not touch is the same on both sides, and says nothing.
    .flatMap((of) => Object.values(of).filter(({ mean, half_width }) => mean !== 0 || half_width !== 0))
    .map(({ variance_reduction }) => variance_reduction)
    .filter((value) => value !== undefined)
    .sort((a, b) => a - b);
  const median = reductions[Math.floor(reductions.length / 2)];
  return median === undefined
    ? ''
    : `\nThe same days for all policies lower the variance of a difference by ${(100 * median).toFixed(0)} % (median of the indicators).`;
};

const runScenario = async (name: string, options: SimulateOptions, output: Output): Promise<void> => {
  const read = await readScenario(name);
  const refuse = (error: string): void => {
    output.fail();
    if (options.json) output.out(JSON.stringify({ ok: false, error }));
    else output.err(`error: ${error}`);
  };
  if (!read.ok) {
    refuse(read.error);
    return;
  }
  const { expected, pack, feed, packDirectory } = read.value;
  const scenario = {
    ...read.value.scenario,
    ...(options.replications !== undefined && { replications: options.replications }),
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.compare !== undefined && { baseline: options.compare }),
  };
  if (!Object.hasOwn(scenario.policies, scenario.baseline)) {
    refuse(`--compare: there is no policy ${scenario.baseline}; one of ${Object.keys(scenario.policies).join(', ')}.`);
    return;
  }
  const cancel = new AbortController();
  const onSignal = (): void => cancel.abort();
  process.once('SIGINT', onSignal);
  try {
    const days = await runTasks(scenarioTasks(packDirectory, scenario), {
      onProgress: progressOf(),
      signal: cancel.signal,
    });
    const report = sumUpRun(scenario, { pack, feed }, expected, days);
    const { misses } = report;
    if (misses.length > 0) output.fail();
    if (options.out !== undefined) await writeReport(options.out, report);
    if (options.json) {
      output.out(JSON.stringify(report));
      return;
    }
    output.out(`${scenario.title} (${scenario.day}), ${scenario.replications} drawn days`);
    output.out(`\n${tableOf(report)}${pairingOf(report)}\n`);
    output.out(misses.length === 0 ? 'As expected.' : misses.map(describeMiss).join('\n'));
    if (options.out !== undefined) output.out(`Report: ${options.out}/report.html`);
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error));
  } finally {
    process.removeListener('SIGINT', onSignal);
  }
};

/** `simulate <scenario>`: every policy of a scenario on the same drawn days. Exit code 0 when every indicator is as expected. */
export const registerSimulate = (program: Command, output: Output): void => {
  program
    .command('simulate <scenario>')
    .description('run a scenario (a folder, or a name under simulations/) and compare its policies on the same days')
    .option('--replications <n>', 'days that are drawn, instead of those of the scenario', wholeNumber(1, 1000))
    .option('--seed <n>', 'seed of the days, instead of that of the scenario', wholeNumber(0, 2 ** 31 - 1))
    .option('--compare <policy>', 'the policy that the others are compared with')
    .option('--out <folder>', 'write report.html and indicators.csv there')
    .option('--json', 'one JSON value on stdout')
    .action((name: string, options: SimulateOptions) => runScenario(name, options, output));
};
