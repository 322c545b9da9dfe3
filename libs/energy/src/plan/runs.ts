import { slotDuration, slotStart } from '#libs/kernel';
import type { Limit } from '../model/tiers.js';
import type { EnergyViolation } from '../plan.js';
import type { EnergyProblem } from '../problem.js';

/** Less than this is arithmetic, not a violation: kW, and kWh. */
const TOLERANCE = 1e-3;

type Which = Pick<EnergyViolation, 'limit' | 'tier' | 'at'>;

/** A violation of which nobody has said yet what would clear it. */
export type Run = Omit<EnergyViolation, 'relief' | 'least_kw'>;

/** What is missing of these is energy, not power. */
export const OF_ENERGY: ReadonlySet<Limit> = new Set(['soc_band', 'soc_target', 'task']);

/** Limits that hold in each slot by itself: one raise for all of a run may be less than the worst excess. A task is due once, and a least time on is not raised by parts. */
export const HAS_LEAST: ReadonlySet<Limit> = new Set([
  ...(['unserved', 'feeder_limit', 'import_limit', 'export_limit'] as const),
  ...(['reserve', 'ride_through', 'soc_band', 'soc_target'] as const),
]);

/** Neighbouring slots with an excess become one violation with the worst of them. */
export const listRuns = ({ grid }: EnergyProblem, which: Which, excess: readonly number[]): readonly Run[] => {
  const hours = slotDuration(grid) / 3600;
  const runs: Run[] = [];
  excess.forEach((value, slot) => {
    if (value <= TOLERANCE) return;
    const [from, until] = [slotStart(grid, slot), slotStart(grid, slot + 1)];
    const last = runs.at(-1);
    const goesOn = last?.until_ms === from;
    const worst = Math.max(goesOn ? last.worst_kw : 0, value);
    const kwh = OF_ENERGY.has(which.limit) ? worst : (goesOn ? last.kwh : 0) + value * hours;
    if (goesOn) runs.pop();
    runs.push({
      ...which,
      from_ms: goesOn ? last.from_ms : from,
      until_ms: until,
      worst_kw: worst,
      kwh,
    });
  });
  return runs;
};
