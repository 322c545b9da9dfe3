import { HOUR_MS } from '#libs/kernel';
import type { EnergyViolation } from '../plan.js';
import type { EnergyProblem, SiteProblem } from '../problem.js';
import { HAS_LEAST, OF_ENERGY, type Run } from './runs.js';

/** Excesses that differ by less than this part of the worst are even. */
const EVEN = 1e-3;

/** Less is no raise that lets through what is over in all; what is missing of energy in one slot may be the same kWh as in the next. */
export const meanKw = ({ limit, from_ms, until_ms, kwh }: Run): number =>
  OF_ENERGY.has(limit) ? 0 : (kwh * HOUR_MS) / (until_ms - from_ms);

/** Whether it is of a transformer: what that may carry follows from what it has carried, so that it may need more or less than it is over by. */
export const isHot = ({ feeders }: Pick<EnergyProblem, 'feeders'>, { limit, at }: Run): boolean =>
  limit === 'feeder_limit' && feeders.some(({ feeder, transformer }) => feeder === at && transformer);

/** Whether one raise for all of its time may be less than the worst excess: a plan that has it moves the excess of its worst slot to the others. Of one slot alone, its tier has the least there is. */
export const mayBeLess = ({ grid: { slotMs } }: Pick<EnergyProblem, 'grid'>, run: Run): boolean =>
  HAS_LEAST.has(run.limit) && run.until_ms - run.from_ms > slotMs && meanKw(run) < run.worst_kw * (1 - EVEN);

/** The smallest change that would clear a violation, in words. Where it may be less than the worst excess and nobody has looked, that is said. */
export const sayRelief = (problem: EnergyProblem, run: Run, least?: number): string => {
  const size = (least ?? run.worst_kw).toFixed(1);
  const words = wordsOf(problem, run, size);
  if (least !== undefined) return `${words}, all that time`;
  if (isHot(problem, run)) return `about ${words}`;
  return mayBeLess(problem, run) ? `at most ${words}` : words;
};

const wordsOf = ({ sites }: EnergyProblem, { limit, at, kwh }: Run, size: string): string => {
  switch (limit) {
    case 'unserved':
      return `${size} kW of generation or stored power, ${kwh.toFixed(1)} kWh in all`;
    case 'feeder_limit':
      return `${size} kW more limit, or so much less behind it`;
    case 'import_limit':
      return `${size} kW more import, or so much less load`;
    case 'export_limit':
      return `${size} kW more export, or so much less generation`;
    case 'reserve':
      return `${size} kW for a quarter of an hour: of another connection, stored, of a machine that runs, or of loads with a switch`;
    case 'ride_through':
      return `${size} kW of ${lightsOf(sites.find(({ site }) => at.startsWith(`${site} `)))} held through a dip: by a UPS, stored, of a machine that runs, or of a second connection that is closed`;
    case 'soc_band':
      return `${size} kWh wider band, or so much moved in or out before`;
    case 'soc_target':
      return `${size} kWh less wanted, or so much charged before`;
    case 'task':
      return `${size} kWh less to do, or a longer window`;
    case 'min_up':
      return `fuel, capacity or power for ${kwh.toFixed(2)} hours more, or so much less least time on`;
  }
};

const lightsOf = (site: SiteProblem | undefined): string =>
  (site?.loads ?? [])
    .filter(({ restrike_min = 0 }) => restrike_min > 0)
    .map(({ load }) => load)
    .join(' and ');

/** The same with the least raises that were found, in the order of the violations. */
export const withLeast = (
  problem: EnergyProblem,
  violations: readonly EnergyViolation[],
  least: readonly (number | undefined)[],
): readonly EnergyViolation[] =>
  violations.map((one, at) => {
    const kw = least[at];
    return kw === undefined ? one : { ...one, least_kw: kw, relief: sayRelief(problem, one, kw) };
  });
