import { type EnergyProblem, solveEnergy } from '#libs/energy';
import { epochMs, HOUR_MS } from '#libs/kernel';
import type { LinearSolver } from '#libs/lp';

import type { Wanted } from './plant.js';
import type { Hours, Microgrid } from './read-microgrids.js';

const DEADLINE_MS = 60_000;

/** A microgrid's coming hours as a problem. */
export const microgridProblem = (
  { battery, unmetPerKwh, carbonPerKg, grid, generator }: Microgrid,
  outlook: Hours,
  soc: number,
): EnergyProblem => ({
  grid: { start: epochMs(0), slotMs: HOUR_MS, count: outlook.loadKw.length },
  currency: 'USD',
  carbon_price_per_kg: carbonPerKg,
  feeders: grid ? [{ feeder: 'grid', limit_kw: Math.max(grid.importKw, grid.exportKw) }] : [],
  sites: [
    {
      site: 'microgrid',
      connections: grid
        ? [
            {
              connection: 'grid',
              feeder: 'grid',
              import_limit_kw: grid.importKw,
              export_limit_kw: grid.exportKw,
              available: outlook.gridAvailable,
              tariff: {
                import_price_per_kwh: outlook.importPrice,
                export_price_per_kwh: outlook.exportPrice,
                carbon_kg_per_kwh: outlook.carbonKgPerKwh,
              },
            },
          ]
        : [],
      loads: [{ load: 'load', tier: 'normal', power_kw: outlook.loadKw, shed_cost_per_kwh: unmetPerKwh }],
      supplies: [{ supply: 'sun', available_kw: outlook.pvKw }],
      stores: [
        {
          store: 'battery',
          capacity_kwh: battery.capacityKwh,
          charge_kw: battery.chargeKw,
          discharge_kw: battery.dischargeKw,
          charge_efficiency: battery.efficiency,
          discharge_efficiency: battery.efficiency,
          wear_cost_per_kwh: battery.wearPerKwh,
          soc_min_ratio: battery.socMin,
          soc_max_ratio: battery.socMax,
          soc_ratio: soc,
          end_value_per_kwh: 0,
        },
      ],
      units: generator
        ? [
            {
              unit: 'generator',
              capacity_kw: generator.kw,
              outputs: [{ bus: 'power', per_kw: 1 }],
              inputs: [],
              cost_per_kwh: generator.costPerKwh,
            },
          ]
        : [],
      tasks: [],
    },
  ],
});

/** The first hour of the least-cost plan for the coming hours. Throws where the solver has none. */
export const planHour = async (
  microgrid: Microgrid,
  outlook: Hours,
  soc: number,
  solver: LinearSolver,
): Promise<Wanted> => {
  const problem = microgridProblem(microgrid, outlook, soc);
  const { plan, solve } = await solveEnergy(problem, { solver, deadlineMs: DEADLINE_MS, seed: 1 });
  if (solve.failure !== null) throw new Error(`Microgrid ${microgrid.id} has no plan: ${solve.failure}`);
  const [site] = plan.sites;
  const first = (series: readonly number[] | undefined): number => series?.[0] ?? 0;
  return {
    batteryKw: first(site?.battery_kw),
    needKw: first(outlook.loadKw) - first(outlook.pvKw),
  };
};
