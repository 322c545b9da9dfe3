import type { EnergyViolation, SitePlan } from '../plan.js';
import type { EnergyProblem, SiteProblem } from '../problem.js';
import { listShortages } from '../reserve/shortages.js';
import { listRuns, watts } from './runs.js';

/** Runs of a site without one feeder, connection or unit, and of its lights while a switch operates. */
export const listReserve = (problem: EnergyProblem, sites: readonly SitePlan[]): readonly EnergyViolation[] =>
  listShortages(problem, sites).flatMap(({ limit, site, loss, kw }) =>
    listRuns(problem, { limit, tier: 'reserve', at: `${site} ${loss}` }, kw, (worst) =>
      limit === 'reserve'
        ? `${watts(worst)} for a quarter of an hour: of another connection, stored, of a machine that runs, or of loads with a switch`
        : `${watts(worst)} of ${lightsOf(problem.sites.find((one) => one.site === site))} held through a dip: by a UPS, stored, of a machine that runs, or of a second connection that is closed`,
    ),
  );

const lightsOf = (site: SiteProblem | undefined): string =>
  (site?.loads ?? [])
    .filter(({ restrike_min = 0 }) => restrike_min > 0)
    .map(({ load }) => load)
    .join(' and ');
