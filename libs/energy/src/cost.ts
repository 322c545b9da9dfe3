import { slotDuration } from '#libs/kernel';
import type { EnergyPlan, SitePlan } from './plan.js';
import { carbonCost } from './prices.js';
import type { EnergyProblem } from './problem.js';

export type RunningCost = Omit<EnergyPlan['cost'], 'without_plan'>;

/** What sites cost over the horizon. Carbon counts where energy is imported; export earns no carbon. */
export const costOf = (
  problem: EnergyProblem,
  sites: readonly SitePlan[],
): { readonly cost: RunningCost; readonly carbon_kg: number } => {
  const hours = slotDuration(problem.grid) / 3600;
  let [energy, carbon, wear, carbonKg] = [0, 0, 0, 0];
  sites.forEach((site, at) => {
    const wearPrice = problem.sites[at]?.battery?.wear_cost_per_kwh ?? 0;
    for (let slot = 0; slot < problem.grid.count; slot += 1) {
      const imported = (site.import_kw[slot] ?? 0) * hours;
      const exported = (site.export_kw[slot] ?? 0) * hours;
      energy +=
        imported * (problem.import_price_per_kwh[slot] ?? 0) - exported * (problem.export_price_per_kwh[slot] ?? 0);
      carbon += imported * carbonCost(problem, slot);
      carbonKg += imported * (problem.carbon_kg_per_kwh[slot] ?? 0);
      wear += Math.abs(site.battery_kw[slot] ?? 0) * hours * wearPrice;
    }
  });
  return { cost: { energy, carbon, wear, total: energy + carbon + wear }, carbon_kg: carbonKg };
};
