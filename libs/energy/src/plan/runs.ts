import { slotDuration, slotStart } from '#libs/kernel';
import type { Limit } from '../model/tiers.js';
import type { EnergyViolation } from '../plan.js';
import type { EnergyProblem } from '../problem.js';

/** Less than this is arithmetic, not a violation: kW, and kWh. */
const TOLERANCE = 1e-3;

type Which = Pick<EnergyViolation, 'limit' | 'tier' | 'at'>;

export const watts = (kw: number): string => `${kw.toFixed(1)} kW`;

/** What is missing of these is energy, not power. */
const OF_ENERGY: ReadonlySet<Limit> = new Set(['soc_band', 'soc_target', 'task']);

/** Neighbouring slots with an excess become one violation with the worst of them. */
export const listRuns = (
  { grid }: EnergyProblem,
  which: Which,
  excess: readonly number[],
  relief: (worst: number, kwh: number) => string,
): readonly EnergyViolation[] => {
  const hours = slotDuration(grid) / 3600;
  const runs: EnergyViolation[] = [];
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
      relief: relief(worst, kwh),
    });
  });
  return runs;
};
