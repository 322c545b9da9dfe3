import type { BatteryState, EnergyProblem } from './problem.js';

/**
 * What breaking a limit costs, in multiples of the dearest kWh of the problem, so that a lower tier always gives way to a higher one whatever the
 * currency. Money < terminal charge < soc band < import and export limit < feeder.
 */

/** A kWh outside the band at one slot's end. A slot later it can be back, and it never earned more than the dearest kWh, lost twice over to efficiency. */
const BAND_WEIGHT = 10;

/** A kWh past an import limit can be saved by a battery that stays below its band to the horizon: band price times slots, twice for losses. */
const LIMIT_WEIGHT_PER_SLOT = 2 * BAND_WEIGHT;

/** A kWh on a feeder can be moved to another slot or site at the loss of a round trip: ten times leaves no doubt. */
const FEEDER_TO_LIMIT = 10;

/** A kWh missing at the horizon: dearer than it was ever worth, so that emptying the battery never pays by itself. Divided by the charge efficiency. */
const TERMINAL_WEIGHT = 2;

/** Breaks ties in favour of doing nothing: no curtailment and no battery use that gains nothing. */
const TIE_WEIGHT = 1e-4;

/** Prices in the problem's currency. */
export interface Prices {
  /** Per kWh imported, carbon included, one a slot. */
  readonly import: readonly number[];
  /** Per kWh outside the band, per slot. */
  readonly band: number;
  /** Per kWh over an import or export limit. */
  readonly limit: number;
  /** Per kWh over a feeder's limit. */
  readonly feeder: number;
  /** Per kWh curtailed. */
  readonly curtailment: number;
  /** Per kWh missing in this battery at the horizon. */
  readonly terminal: (battery: BatteryState) => number;
  /** Per kWh charged or discharged: at least what keeps charging and discharging at once from paying, also at negative prices. */
  readonly throughput: (battery: BatteryState) => number;
}

export const pricesOf = (problem: EnergyProblem): Prices => {
  const imports = problem.import_price_per_kwh.map((price, slot) => price + carbonCost(problem, slot));
  const dearest = dearestKwh(problem, imports);
  const most = Math.max(0, ...imports.map((price) => -price));
  const tie = TIE_WEIGHT * dearest;
  return {
    import: imports,
    band: BAND_WEIGHT * dearest,
    limit: LIMIT_WEIGHT_PER_SLOT * problem.grid.count * dearest,
    feeder: FEEDER_TO_LIMIT * LIMIT_WEIGHT_PER_SLOT * problem.grid.count * dearest,
    curtailment: tie,
    terminal: ({ charge_efficiency }) => (TERMINAL_WEIGHT * dearest) / charge_efficiency,
    throughput: ({ wear_cost_per_kwh, charge_efficiency, discharge_efficiency }) =>
      Math.max(wear_cost_per_kwh, tie + (most * (1 / (charge_efficiency * discharge_efficiency) - 1)) / 2),
  };
};

export const carbonCost = (problem: EnergyProblem, slot: number): number =>
  (problem.carbon_kg_per_kwh[slot] ?? 0) * problem.carbon_price_per_kg;

/** The most that a kWh can cost or earn; 1 where everything is free, so that limits still count. */
const dearestKwh = (problem: EnergyProblem, imports: readonly number[]): number =>
  Math.max(...[...imports, ...problem.export_price_per_kwh].map(Math.abs)) +
    Math.max(0, ...problem.sites.map(({ battery }) => battery?.wear_cost_per_kwh ?? 0)) || 1;
