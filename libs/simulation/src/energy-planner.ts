import { energyGrid, forecastPower, prepareEnergyProblem, type Setpoint, solveEnergy } from '#libs/energy';
import type { Point } from '#libs/games';
import type { EpochMs } from '#libs/kernel';

import { findRecorded, historyOf } from './recorded-history.js';
import type { Planning } from './planning.js';

/** Plans as the platform does, from the same forecasts and with the same code: the setpoints of the next slots. */
export const planEnergy = async (
  { pack, solver, seed, deadlineMs }: Planning,
  now: EpochMs,
  socRatio: ReadonlyMap<string, number>,
): Promise<readonly Setpoint[]> => {
  const grid = energyGrid(now);
  const forecast = (kind: Point['kind']) =>
    new Map(
      pack.venues.flatMap(({ id }) => {
        const recorded = findRecorded(pack, id, kind);
        if (!recorded) return [];
        const history = historyOf(pack, recorded, grid.start, grid.slotMs);
        return [[id, forecastPower(history, grid, pack.games.time_zone)] as const];
      }),
    );
  const problem = prepareEnergyProblem({
    pack,
    grid,
    load: forecast('load_power'),
    pv: forecast('pv_power'),
    socRatio,
  });
  const { plan, solve } = await solveEnergy(problem, { solver, deadlineMs, seed });
  if (solve.failure !== null) throw new Error(solve.failure);
  return plan.setpoints;
};
