import { epochMs, type Random } from '#libs/kernel';
import type { EnergyPlan, SitePlan } from '../plan.js';
import type { EnergyProblem, Series, SiteProblem, Store, Tariff, Task } from '../problem.js';
import { draw, SLOT_HOURS } from './day.js';

/** A forecast is off by up to this at first, by a third of it four hours later. */
const ERROR = 0.05;
const FADING_SLOTS = 16;

/** The problem one slot later: what the plan did in the first slot is done, the slot that comes in is that of the day before, and what is forecast of loads and sun has changed. Without generators only. */
export const moveOn = (problem: EnergyProblem, plan: EnergyPlan, random: Random): EnergyProblem => {
  const { grid, sites, feeders } = problem;
  return {
    ...problem,
    grid: { ...grid, start: epochMs(grid.start + grid.slotMs) },
    feeders: feeders.map((feeder) => ({ ...feeder, limit_kw: later(feeder.limit_kw) })),
    sites: sites.map((site, at) => moveSite(site, plan.sites[at], random)),
  };
};

const later = (series: Series): Series =>
  typeof series === 'number' ? series : [...series.slice(1), ...series.slice(0, 1)];

const moveSite = (site: SiteProblem, plan: SitePlan | undefined, random: Random): SiteProblem => {
  const off = draw(random, -ERROR, ERROR);
  const forecast = (series: Series): Series => {
    const moved = later(series);
    return typeof moved === 'number'
      ? moved
      : moved.map((value, slot) => value * (1 + off * Math.exp(-slot / FADING_SLOTS)));
  };
  return {
    ...site,
    connections: site.connections.map((connection, at) => ({
      ...connection,
      import_limit_kw: later(connection.import_limit_kw),
      export_limit_kw: later(connection.export_limit_kw),
      tariff: moveTariff(connection.tariff, plan?.connections[at]?.net_kw[0] ?? 0),
    })),
    loads: site.loads.map((load) => ({ ...load, power_kw: forecast(load.power_kw) })),
    supplies: site.supplies.map((supply) => ({ ...supply, available_kw: forecast(supply.available_kw) })),
    stores: site.stores.map((store, at): Store => ({
      ...store,
      soc_ratio: plan?.stores[at]?.soc_ratio[0] ?? store.soc_ratio,
    })),
    tasks: site.tasks.flatMap((task, at) => moveTask(task, plan?.tasks[at]?.power_kw[0] ?? 0)),
  };
};

const moveTariff = (tariff: Tariff, flowed: number): Tariff => ({
  import_price_per_kwh: later(tariff.import_price_per_kwh),
  export_price_per_kwh: later(tariff.export_price_per_kwh),
  carbon_kg_per_kwh: later(tariff.carbon_kg_per_kwh),
  peaks: (tariff.peaks ?? []).map((peak) => ({ ...peak, so_far_kw: Math.max(peak.so_far_kw, flowed) })),
});

const moveTask = (task: Task, done: number): readonly Task[] =>
  task.until_slot <= 1
    ? []
    : [
        {
          ...task,
          energy_kwh: Math.max(0, task.energy_kwh - done * SLOT_HOURS),
          from_slot: Math.max(0, task.from_slot - 1),
          until_slot: task.until_slot - 1,
        },
      ];
