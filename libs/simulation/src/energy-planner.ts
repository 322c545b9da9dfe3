import {
  type Charging,
  energyGrid,
  type EnergyVertices,
  type FlowPlan,
  forecastPower,
  type Outage,
  prepareEnergyProblem,
  type SessionWord,
  solveFlows,
} from '#libs/energy';
import type { EpochMs } from '#libs/kernel';

import type { Planning } from './planning.js';
import type { SitePlants } from './site-plants.js';

/** What people have said by now, and what the dispatch plan charges at depots. */
export interface EnergyNews {
  readonly outages: readonly Outage[];
  readonly sessions: readonly SessionWord[];
  readonly charging: readonly Charging[];
}

/** Plans as the platform does, from what was measured and with the same code. `from`: where the plan before ended. */
export const planEnergy = async (
  { pack, solver, seed, deadlineMs }: Planning,
  now: EpochMs,
  plants: SitePlants,
  news: EnergyNews,
  from?: EnergyVertices,
): Promise<{ readonly plan: FlowPlan; readonly vertex?: EnergyVertices }> => {
  const grid = energyGrid(now);
  const forecast = (of: 'load' | 'pv') =>
    new Map(
      pack.venues.flatMap(({ id }) => {
        const history = plants.historyAt(id, of, grid.start, grid.slotMs);
        return history ? [[id, forecastPower(history, grid, pack.games.time_zone)] as const] : [];
      }),
    );
  const { socRatio, ...measured } = plants.measuredAt(now);
  const problem = prepareEnergyProblem({
    pack,
    grid,
    load: forecast('load'),
    pv: forecast('pv'),
    socRatio,
    measured: { ...measured, running: new Map(), peaks: new Map() },
    ...news,
  });
  const { plan, solve, vertex } = await solveFlows(problem, { solver, deadlineMs, seed, from });
  if (solve.failure !== null) throw new Error(solve.failure);
  return { plan, ...(vertex && { vertex }) };
};
