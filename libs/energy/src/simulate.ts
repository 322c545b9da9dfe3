import { slotDuration } from '#libs/kernel';
import type { SitePlan } from './plan.js';
import type { BatteryState, EnergyProblem, SiteProblem } from './problem.js';

/** What may be decided for a site: battery power (kW, positive while charging) and curtailment (kW), one a slot. */
export interface SiteDecisions {
  readonly battery_kw: readonly number[];
  readonly curtailed_kw: readonly number[];
}

/** Numbers of a plan are kept to a milliwatt. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** What decisions come to: the battery takes only what its power and its cells allow, and the grid connection carries the rest, in one direction at a time. */
export const simulateSite = ({ grid }: EnergyProblem, site: SiteProblem, decisions: SiteDecisions): SitePlan => {
  const hours = slotDuration(grid) / 3600;
  const plan = { curtailed_kw: [], import_kw: [], export_kw: [], battery_kw: [], soc_ratio: [] } as Record<
    'curtailed_kw' | 'import_kw' | 'export_kw' | 'battery_kw' | 'soc_ratio',
    number[]
  >;
  let energy = site.battery ? site.battery.soc_ratio * site.battery.capacity_kwh : 0;
  for (let slot = 0; slot < grid.count; slot += 1) {
    const [load, pv] = [site.load_kw[slot] ?? 0, site.pv_kw[slot] ?? 0];
    const wanted = decisions.battery_kw[slot] ?? 0;
    const battery = site.battery ? round(feasiblePower(site.battery, energy, wanted, hours)) : 0;
    const curtailed = round(clamp(decisions.curtailed_kw[slot] ?? 0, 0, pv));
    if (site.battery) energy = energyAfter(site.battery, energy, battery, hours);
    const net = round(load - pv + curtailed + battery);
    plan.battery_kw.push(battery);
    plan.curtailed_kw.push(curtailed);
    plan.import_kw.push(Math.max(0, net));
    plan.export_kw.push(Math.max(0, -net));
    plan.soc_ratio.push(site.battery ? round(energy / site.battery.capacity_kwh) : 0);
  }
  return { site: site.site, load_kw: site.load_kw, pv_kw: site.pv_kw, ...plan };
};

const feasiblePower = (battery: BatteryState, energy: number, wanted: number, hours: number): number => {
  const room = (battery.capacity_kwh - energy) / (battery.charge_efficiency * hours);
  const store = (energy * battery.discharge_efficiency) / hours;
  return clamp(wanted, -Math.min(battery.power_kw, store), Math.min(battery.power_kw, room));
};

/** Energy in the cells, kWh, after `power` (kW at the terminals, positive while charging) over `hours`. */
const energyAfter = (battery: BatteryState, energy: number, power: number, hours: number): number =>
  energy + hours * (power > 0 ? power * battery.charge_efficiency : power / battery.discharge_efficiency);
