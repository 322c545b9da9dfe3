import { slotDuration } from '#libs/kernel';
import { type LinearModel, ModelBuilder, type Term } from '#libs/lp';
import { type Prices, pricesOf } from './prices.js';
import type { BatteryState, EnergyProblem, SiteProblem } from './problem.js';

/** Where a site's decisions are in the model's values, one a slot. Empty without a battery or PV; -1 in slots without sun. */
interface SiteIndex {
  readonly charge: readonly number[];
  readonly discharge: readonly number[];
  readonly curtailed: readonly number[];
}

/** In the order of the problem's sites. */
export type EnergyIndex = readonly SiteIndex[];

/** The linear model of `docs/energy-model.md`. Feasible for every problem that `checkEnergyProblem` passes. */
export const buildEnergyModel = (
  problem: EnergyProblem,
): { readonly model: LinearModel; readonly index: EnergyIndex } => {
  const builder = new ModelBuilder('energy');
  const prices = pricesOf(problem);
  const hours = slotDuration(problem.grid) / 3600;
  const netOf = new Map<string, Term[][]>();
  const index = problem.sites.map((site) => {
    const { net, ...decisions } = addSite(builder, problem, site, prices, hours);
    const feeder = netOf.get(site.feeder) ?? net.map(() => []);
    netOf.set(
      site.feeder,
      feeder.map((terms, slot) => [...terms, ...(net[slot] ?? [])]),
    );
    return decisions;
  });
  addFeeders(builder, problem, netOf, prices.feeder * hours);
  return { model: builder.build(), index };
};

/** `net`: the site's import less its export, as terms, one a slot. */
const addSite = (
  builder: ModelBuilder,
  problem: EnergyProblem,
  site: SiteProblem,
  prices: Prices,
  hours: number,
): SiteIndex & { readonly net: readonly Term[][] } => {
  const battery = site.battery
    ? addBattery(builder, problem, site.site, site.battery, prices, hours)
    : { charge: [], discharge: [] };
  const curtailed: number[] = [];
  const net: Term[][] = [];
  for (let slot = 0; slot < problem.grid.count; slot += 1) {
    const at = `${site.site} ${slot}`;
    const buy = prices.import[slot] ?? 0;
    const sell = problem.export_price_per_kwh[slot] ?? 0;
    const pv = site.pv_kw[slot] ?? 0;
    const flows: Term[] = [
      [builder.addVariable(`import ${at}`, { upper: site.import_limit_kw, cost: buy * hours }), 1],
      [builder.addVariable(`import over limit ${at}`, { cost: (buy + prices.limit) * hours }), 1],
      [builder.addVariable(`export ${at}`, { upper: site.export_limit_kw, cost: -sell * hours }), -1],
      [builder.addVariable(`export over limit ${at}`, { cost: (prices.limit - sell) * hours }), -1],
    ];
    const curtail =
      pv > 0 ? builder.addVariable(`curtailed ${at}`, { upper: pv, cost: prices.curtailment * hours }) : -1;
    curtailed.push(curtail);
    net.push(flows);
    builder.addConstraint(`balance ${at}`, { equal: (site.load_kw[slot] ?? 0) - pv }, [
      ...flows,
      ...termOf(curtail, -1),
      ...termOf(battery.charge[slot], -1),
      ...termOf(battery.discharge[slot], 1),
    ]);
  }
  return { ...battery, curtailed, net };
};

const termOf = (variable: number | undefined, coefficient: number): Term[] =>
  variable === undefined || variable < 0 ? [] : [[variable, coefficient]];

/** Energy in kWh: `charge` held inside the band, less `below` it, plus what a measured start above it leaves. */
const addBattery = (
  builder: ModelBuilder,
  { grid }: EnergyProblem,
  site: string,
  battery: BatteryState,
  prices: Prices,
  hours: number,
): Pick<SiteIndex, 'charge' | 'discharge'> => {
  const [low, high, start] = [battery.soc_min_ratio, battery.soc_max_ratio, battery.soc_ratio].map(
    (ratio) => ratio * battery.capacity_kwh,
  ) as [number, number, number];
  const [charge, discharge]: [number[], number[]] = [[], []];
  let before: readonly Term[] = [];
  for (let slot = 0; slot < grid.count; slot += 1) {
    const at = `${site} ${slot}`;
    const power = { upper: battery.power_kw, cost: prices.throughput(battery) * hours };
    const [into, out] = [builder.addVariable(`charge ${at}`, power), builder.addVariable(`discharge ${at}`, power)];
    charge.push(into);
    discharge.push(out);
    const energy: readonly Term[] = [
      [builder.addVariable(`energy ${at}`, { lower: low, upper: high }), 1],
      ...(low > 0
        ? [[builder.addVariable(`energy below band ${at}`, { upper: low, cost: prices.band }), -1] as Term]
        : []),
      ...(start > high
        ? [[builder.addVariable(`energy above band ${at}`, { upper: start - high, cost: prices.band }), 1] as Term]
        : []),
    ];
    builder.addConstraint(`storage ${at}`, { equal: slot === 0 ? start : 0 }, [
      ...energy,
      ...before.map(([variable, coefficient]): Term => [variable, -coefficient]),
      [into, -battery.charge_efficiency * hours],
      [out, hours / battery.discharge_efficiency],
    ]);
    before = energy;
  }
  const missing = builder.addVariable(`missing at the end ${site}`, { cost: prices.terminal(battery) });
  builder.addConstraint(`end ${site}`, { lower: Math.min(Math.max(start, low), high) }, [...before, [missing, 1]]);
  return { charge, discharge };
};

/** The limit holds in both directions. Curtailment and idle batteries always keep the reverse one, so only import can be over it. */
const addFeeders = (
  builder: ModelBuilder,
  problem: EnergyProblem,
  netOf: ReadonlyMap<string, readonly Term[][]>,
  cost: number,
): void => {
  for (const { feeder, limit_kw } of problem.feeders) {
    netOf.get(feeder)?.forEach((net, slot) => {
      const over = builder.addVariable(`feeder over limit ${feeder} ${slot}`, { cost });
      builder.addConstraint(`feeder ${feeder} ${slot}`, { lower: -limit_kw, upper: limit_kw }, [...net, [over, -1]]);
    });
  }
};
