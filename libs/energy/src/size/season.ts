import type { EnergyProblem } from '../problem.js';

/** What a season of a size costs, in the problem's currency: hire or capital over the season. */
export interface SizeCosts {
  readonly connection_per_kw: number;
  readonly generator_per_kw: number;
  readonly battery_per_kw: number;
  readonly battery_per_kwh: number;
}

/** A day that stands for `weight` days of the season. Sizes are those of the first connection, store and unit of each site; what the problem says of them is not looked at. */
export interface SeasonDay {
  readonly problem: EnergyProblem;
  readonly weight: number;
}

export interface Season {
  /** All of the same sites. */
  readonly days: readonly SeasonDay[];
  readonly costs: SizeCosts;
  /** Of loads that can be switched off, per kWh. */
  readonly value_of_lost_load: number;
  /** Of life safety and broadcast, per kWh. */
  readonly value_of_critical_load: number;
}

export interface SiteSize {
  readonly site: string;
  readonly connection_kw: number;
  readonly generator_kw: number;
  readonly battery_kw: number;
  readonly battery_kwh: number;
}

export interface SizedSeason {
  readonly sizes: readonly SiteSize[];
  /** Over the season: what the sizes cost, what running costs, what is not served at its value. */
  readonly cost: {
    readonly capital: number;
    readonly running: number;
    readonly unserved: number;
    readonly total: number;
  };
  /** Expected over the season, kWh. */
  readonly unserved_kwh: number;
  readonly critical_unserved_kwh: number;
}
