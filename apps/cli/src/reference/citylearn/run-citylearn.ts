import type { LinearSolver } from '#libs/lp';

import { formatTable } from '../../output.js';
import { type Foresight, naiveForesight, netOf, perfectForesight } from './foresight.js';
import { readDistrict } from './read-district.js';
import { runDistrict } from './run-district.js';
import { type Score, scoreOf, termsOf } from './score.js';

export interface CitylearnScores {
  readonly perfect: Score;
  readonly naive: Score;
}

/** Lines of progress in a run. */
const LINES = 10;

/** A district of a folder in closed loop, with perfect and with naive forecasts. */
export const runCitylearn = async (
  folder: string,
  solver: LinearSolver,
  say: (line: string) => void,
): Promise<CitylearnScores> => {
  const district = await readDistrict(folder);
  const without = termsOf(district, netOf(district));
  const run = async (name: string, foresight: Foresight): Promise<Score> => {
    let said = 0;
    const flows = await runDistrict(district, foresight, solver, (ratio) => {
      if (Math.floor(ratio * LINES) === said) return;
      said = Math.floor(ratio * LINES);
      say(`${name}: ${(said * 100) / LINES} %`);
    });
    return scoreOf(termsOf(district, flows), without);
  };
  return {
    perfect: await run('perfect forecasts', perfectForesight(district)),
    naive: await run('naive forecasts', naiveForesight(district)),
  };
};

export const citylearnTable = ({ perfect, naive }: CitylearnScores): string =>
  formatTable(
    ['forecasts', 'price', 'emission', 'grid', 'mean'],
    [['perfect', perfect] as const, ['naive', naive] as const].map(([name, { price, emission, grid, mean }]) => [
      name,
      ...[price, emission, grid, mean].map((value) => value.toFixed(4)),
    ]),
  );
