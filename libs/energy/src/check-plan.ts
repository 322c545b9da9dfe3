import { slotDuration } from '#libs/kernel';
import type { EnergyPlan, EnergyViolation, SitePlan } from './plan.js';
import type { BatteryState, EnergyProblem, SiteProblem } from './problem.js';

/** kW and kWh that rounding may take. */
const TOLERANCE = 2e-3;

/** Reports `message` unless `holds`. */
type Report = (holds: boolean, message: string) => void;

/**
 * What is wrong with a plan, worked out from the problem and the plan's series alone, not from the model: power balance, battery and curtailment within
 * what is possible, state of charge from battery power, feeder sums, every broken limit listed as a violation, totals. Empty when all is well.
 */
export const checkEnergyPlan = (problem: EnergyProblem, plan: EnergyPlan): readonly string[] => {
  const found: string[] = [];
  const report: Report = (holds, message) => {
    if (!holds) found.push(message);
  };
  problem.sites.forEach((site, at) => {
    const sitePlan = plan.sites[at];
    if (sitePlan?.site !== site.site) {
      report(false, `Site ${site.site} is missing.`);
      return;
    }
    for (let slot = 0; slot < problem.grid.count; slot += 1) checkSlot(problem, plan, site, sitePlan, slot, report);
  });
  checkFeeders(problem, plan, report);
  checkTotals(plan, report);
  return found;
};

const near = (a: number, b: number, tolerance = TOLERANCE): boolean =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));

const checkSlot = (
  problem: EnergyProblem,
  plan: EnergyPlan,
  site: SiteProblem,
  series: SitePlan,
  slot: number,
  report: Report,
): void => {
  const at = (values: readonly number[]): number => values[slot] ?? NaN;
  const where = `${site.site}, slot ${slot}`;
  const [bought, sold, curtailed] = [at(series.import_kw), at(series.export_kw), at(series.curtailed_kw)];
  const net = at(site.load_kw) - (at(site.pv_kw) - curtailed) + at(series.battery_kw);
  report(near(bought - sold, net), `${where}: import less export is ${bought - sold} kW, the site takes ${net} kW.`);
  report(
    bought >= 0 && sold >= 0 && (bought === 0 || sold === 0),
    `${where}: imports ${bought} and exports ${sold} kW.`,
  );
  report(
    curtailed >= -TOLERANCE && curtailed <= at(site.pv_kw) + TOLERANCE,
    `${where}: curtails ${curtailed} kW of ${at(site.pv_kw)} kW.`,
  );
  const listed = listedIn(problem, plan, site.site, slot);
  report(
    bought <= site.import_limit_kw + TOLERANCE || listed('import_limit'),
    `${where}: import ${bought} kW is over its limit.`,
  );
  report(
    sold <= site.export_limit_kw + TOLERANCE || listed('export_limit'),
    `${where}: export ${sold} kW is over its limit.`,
  );
  if (site.battery) checkBattery(problem, site.battery, series, slot, where, listed('soc_band'), report);
  else report(at(series.battery_kw) === 0, `${where}: there is no battery.`);
};

const checkBattery = (
  { grid }: EnergyProblem,
  battery: BatteryState,
  { battery_kw, soc_ratio }: SitePlan,
  slot: number,
  where: string,
  bandListed: boolean,
  report: Report,
): void => {
  const power = battery_kw[slot] ?? NaN;
  const hours = slotDuration(grid) / 3600;
  const before = (slot === 0 ? battery.soc_ratio : (soc_ratio[slot - 1] ?? NaN)) * battery.capacity_kwh;
  const after = (soc_ratio[slot] ?? NaN) * battery.capacity_kwh;
  const gained =
    Math.max(0, power) * hours * battery.charge_efficiency +
    (Math.min(0, power) * hours) / battery.discharge_efficiency;
  const band = [battery.soc_min_ratio, battery.soc_max_ratio].map((ratio) => ratio * battery.capacity_kwh);
  report(Math.abs(power) <= battery.power_kw + TOLERANCE, `${where}: ${power} kW is more than the battery can.`);
  report(
    near(after - before, gained),
    `${where}: the charge changes by ${after - before} kWh, power gives ${gained} kWh.`,
  );
  report(
    after >= -TOLERANCE && after <= battery.capacity_kwh + TOLERANCE,
    `${where}: ${after} kWh does not fit into ${battery.capacity_kwh} kWh.`,
  );
  report(
    (after >= (band[0] ?? NaN) - TOLERANCE && after <= (band[1] ?? NaN) + TOLERANCE) || bandListed,
    `${where}: ${after} kWh is outside the band.`,
  );
};

const listedIn =
  (problem: EnergyProblem, plan: EnergyPlan, at: string, slot: number) =>
  (limit: EnergyViolation['limit']): boolean => {
    const instant = problem.grid.start + slot * problem.grid.slotMs;
    return plan.violations.some(
      (violation) =>
        violation.limit === limit &&
        violation.at === at &&
        violation.from_ms <= instant &&
        instant < violation.until_ms,
    );
  };

const checkFeeders = (problem: EnergyProblem, plan: EnergyPlan, report: Report): void => {
  problem.feeders.forEach(({ feeder, limit_kw }, at) => {
    const sites = plan.sites.filter((_, index) => problem.sites[index]?.feeder === feeder);
    for (let slot = 0; slot < problem.grid.count; slot += 1) {
      const load = plan.feeders[at]?.load_kw[slot] ?? NaN;
      const sum = sites.reduce(
        (total, site) => total + (site.import_kw[slot] ?? NaN) - (site.export_kw[slot] ?? NaN),
        0,
      );
      report(near(load, sum), `${feeder}, slot ${slot}: the load is ${load} kW, its sites take ${sum} kW.`);
      report(
        Math.abs(sum) <= limit_kw + TOLERANCE || listedIn(problem, plan, feeder, slot)('feeder_limit'),
        `${feeder}, slot ${slot}: ${sum} kW is over its limit.`,
      );
    }
  });
};

const checkTotals = ({ cost }: EnergyPlan, report: Report): void => {
  const sum = cost.energy + cost.carbon + cost.wear;
  report(near(cost.total, sum, 1e-9), `The total is ${cost.total}, its parts make ${sum}.`);
};
