import { assemblePlan } from './assemble-plan.js';
import type { EnergyIndex } from './model.js';
import type { EnergyPlan } from './plan.js';
import type { EnergyProblem } from './problem.js';

/** The plan in a solved model's values (one a variable). Charging and discharging at once, which a linear model cannot forbid, count as their difference. */
export const readEnergyPlan = (problem: EnergyProblem, index: EnergyIndex, values: ArrayLike<number>): EnergyPlan => {
  const valueOf = (variable: number | undefined): number =>
    variable === undefined || variable < 0 ? 0 : (values[variable] ?? 0);
  return assemblePlan(
    problem,
    index.map(({ charge, discharge, curtailed }) => ({
      battery_kw: charge.map((variable, slot) => valueOf(variable) - valueOf(discharge[slot])),
      curtailed_kw: curtailed.map(valueOf),
    })),
  );
};
