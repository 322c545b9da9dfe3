import type { SitePlan } from '../plan.js';
import type { EnergyProblem } from '../problem.js';
import { listShortages } from '../reserve/shortages.js';
import { listRuns, type Run } from './runs.js';

/** Runs of a site without one feeder, connection or unit, and of its lights while a switch operates. */
export const listReserve = (problem: EnergyProblem, sites: readonly SitePlan[]): readonly Run[] =>
  listShortages(problem, sites).flatMap(({ limit, site, loss, kw }) =>
    listRuns(problem, { limit, tier: 'reserve', at: `${site} ${loss}` }, kw),
  );
