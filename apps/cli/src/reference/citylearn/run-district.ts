import { solveEnergy } from '#libs/energy';
import type { LinearSolver } from '#libs/lp';

import { Battery } from './battery.js';
import { type Foresight, netOf } from './foresight.js';
import { districtProblem } from './plan-district.js';
import type { District } from './read-district.js';
import { Weights } from './weights.js';

/** The first day is only listened to. */
export const FIRST_PLAN_HOUR = 24;
const DEADLINE_MS = 60_000;
/** Of a plan of which only the first hours are used. */
const RELATIVE_GAP = 0.01;

/** Closed loop: in each hour the batteries do what the last plan says, as far as they can. Flows by house and hour. */
export const runDistrict = async (
  district: District,
  foresight: Foresight,
  solver: LinearSolver,
  onProgress: (ratio: number) => void,
): Promise<readonly (readonly number[])[]> => {
  const net = netOf(district);
  const batteries = district.houses.map(({ battery }) => new Battery(battery));
  const weights = new Weights();
  const flows = district.houses.map((): number[] => []);
  let planned: readonly (readonly number[])[] = [];
  for (let hour = 0; hour < district.hours; hour += 1) {
    const since = (hour - FIRST_PLAN_HOUR) % foresight.every;
    if (hour >= FIRST_PLAN_HOUR && since === 0) {
      const outlook = foresight.outlook(hour);
      const problem = districtProblem(outlook, batteries, weights.prices(outlook.pricePerKwh.length));
      const { plan, solve } = await solveEnergy(problem, {
        solver,
        deadlineMs: DEADLINE_MS,
        seed: 1,
        relativeGap: RELATIVE_GAP,
      });
      if (solve.failure !== null) throw new Error(`Hour ${hour} has no plan: ${solve.failure}`);
      planned = plan.sites.map(({ battery_kw }) => battery_kw);
    }
    const netKw = net.map((own) => own[hour] ?? 0);
    let meterKw = 0;
    for (const [house, battery] of batteries.entries()) {
      const flow = (netKw[house] ?? 0) + battery.drive(planned[house]?.[since] ?? 0);
      flows[house]?.push(flow);
      meterKw += flow;
    }
    const [pricePerKwh, carbonKgPerKwh] = [district.pricePerKwh[hour] ?? 0, district.carbonKgPerKwh[hour] ?? 0];
    weights.hear({ netKw, meterKw, pricePerKwh, carbonKgPerKwh });
    foresight.hear(hour);
    onProgress((hour + 1) / district.hours);
  }
  return flows;
};
