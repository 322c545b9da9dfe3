import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { stringify } from 'yaml';

import {
  type FiguresFile,
  figuresFile,
  listAssumed,
  type PolicyDay,
  type RunOptions,
  runTasks,
  type Scenario,
  scaleAssumed,
  scenarioTasks,
  sortTornado,
  type Tornado,
  TORNADO_SCALES,
  type TornadoBar,
} from '#libs/simulation';

import { formatTable } from '../output.js';
import { readDocument } from '../read-document.js';

const MAKER = 'make/make-pack.mjs';

export interface TornadoOptions extends RunOptions {
  readonly indicator: string;
  /** A kind that the pack cannot be made with, and why. */
  readonly onRefused: (kind: string, reason: string) => void;
}

/**
 * How much the difference of a scenario's last policy to its baseline depends on what the pack assumes. The pack is made anew with each kind of its assumed figures a fifth lower and a fifth higher.
 * Throws where the pack is not made from figures.
 */
export const runTornado = async (
  packDirectory: string,
  scenario: Scenario,
  { indicator, onRefused, onProgress, signal }: TornadoOptions,
): Promise<Tornado> => {
  const source = join(packDirectory, 'figures.yaml');
  if (!existsSync(source) || !existsSync(join(packDirectory, MAKER)))
    throw new Error(`${packDirectory} is not made from figures: it has no figures.yaml with ${MAKER}.`);
  const figures = await readDocument(source, figuresFile);
  if (!figures.ok) throw new Error(figures.error);
  const { baseline } = scenario;
  const policy = Object.keys(scenario.policies).findLast((one) => one !== baseline) ?? baseline;
  const kinds = listAssumed(figures.value);
  const steps = kinds.size + 1;
  const folder = await mkdtemp(join(tmpdir(), 'venueflow-tornado-'));
  /** Differences with packs, in their order. */
  const compare = async (packs: readonly string[], step: number): Promise<readonly number[]> => {
    const tasks = packs.map((pack) => scenarioTasks(pack, scenario));
    const share = (ratio: number): void => onProgress((step + ratio) / steps);
    const days = await runTasks(tasks.flat(), { onProgress: share, signal });
    let from = 0;
    return tasks.map(({ length }) => {
      const own = days.slice(from, from + length);
      from += length;
      return meanOf(own, policy, indicator) - meanOf(own, baseline, indicator);
    });
  };
  try {
    const [difference = NaN] = await compare([packDirectory], 0);
    const bars: TornadoBar[] = [];
    for (const [step, [kind, count]] of [...kinds].entries()) {
      const packs = Object.keys(TORNADO_SCALES).map((side) => join(folder, `${kind}-${side}`));
      try {
        for (const [index, factor] of Object.values(TORNADO_SCALES).entries())
          await makePack(packDirectory, packs[index] ?? folder, scaleAssumed(figures.value, kind, factor));
        const [low = NaN, high = NaN] = await compare(packs, step + 1);
        bars.push({ figures: kind, count, low, high });
      } catch (error) {
        if (signal.aborted) throw error;
        onRefused(
          kind,
          error instanceof Error
            ? (error.message.split('\n').find((line) => line.includes('rror')) ?? error.message)
            : String(error),
        );
      }
      for (const pack of packs) await rm(pack, { recursive: true, force: true });
    }
    return sortTornado({ indicator, policy, baseline, difference, bars });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** The pack once more, of other figures. */
const makePack = async (from: string, to: string, figures: FiguresFile): Promise<void> => {
  await cp(from, to, { recursive: true });
  await writeFile(join(to, 'figures.yaml'), stringify(figures));
  await promisify(execFile)(process.execPath, [join(from, MAKER), '--in', to]);
};

const meanOf = (days: readonly PolicyDay[], policy: string, indicator: string): number => {
  const own = days.filter((day) => day.policy === policy);
  return own.reduce((sum, { indicators }) => {
    const value = indicators[indicator];
    if (value === undefined)
      throw new Error(`There is no indicator ${indicator}; one of ${Object.keys(indicators).join(', ')}.`);
    return sum + value / own.length;
  }, 0);
};

/** For people: each kind of figures, and whether it turns the conclusion round. */
export const describeTornado = ({ indicator, policy, baseline, difference, bars, reversing }: Tornado): string => {
  const rows = bars.map(({ figures, count, low, high }) => [
    figures,
    String(count),
    low.toFixed(2),
    high.toFixed(2),
    reversing.includes(figures) ? 'turns it round' : '',
  ]);
  const { low, high } = TORNADO_SCALES;
  return `${indicator} of ${policy} less ${baseline}: ${difference.toFixed(2)}; with assumed figures of a kind times ${low} and times ${high}:\n\n${formatTable(['figures', 'how many', `x ${low}`, `x ${high}`, ''], rows)}\n\n${reversing.length === 0 ? 'None of them turns the conclusion round.' : `Those turn it round: ${reversing.join(', ')}.`}`;
};
