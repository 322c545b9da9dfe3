import type { SlotGrid } from '#libs/kernel';

/** One site's plan. Series have one value a slot. Battery power is positive while charging; state of charge is at the slot's end. */
export interface SitePlan {
  readonly site: string;
  readonly load_kw: readonly number[];
  readonly pv_kw: readonly number[];
  readonly curtailed_kw: readonly number[];
  readonly import_kw: readonly number[];
  readonly export_kw: readonly number[];
  readonly battery_kw: readonly number[];
  readonly soc_ratio: readonly number[];
}

/** A limit that cannot hold: which, when, by how much at the worst. */
export interface EnergyViolation {
  readonly limit: 'import_limit' | 'export_limit' | 'feeder_limit' | 'soc_band';
  /** Site or feeder. */
  readonly at: string;
  readonly from_ms: number;
  readonly until_ms: number;
  /** For `soc_band`: the power at the battery's cells that would bring it back within an hour. */
  readonly worst_kw: number;
}

/** What an asset is told for one slot. `battery`: kW, positive while charging. `pv`: the most that may be fed in, kW. */
export interface Setpoint {
  readonly venue: string;
  readonly asset: 'battery' | 'pv';
  readonly from_ms: number;
  readonly until_ms: number;
  readonly value: number;
  readonly unit: 'kW';
}

export interface EnergyPlan {
  readonly grid: SlotGrid;
  readonly sites: readonly SitePlan[];
  readonly feeders: readonly {
    readonly feeder: string;
    readonly limit_kw: number;
    /** Import less export of its sites. */
    readonly load_kw: readonly number[];
  }[];
  /** Setpoints of the first slots, in time order. */
  readonly setpoints: readonly Setpoint[];
  readonly violations: readonly EnergyViolation[];
  /** In the problem's currency, over the horizon. `without_plan` is the same with idle batteries. */
  readonly cost: {
    readonly energy: number;
    readonly carbon: number;
    readonly wear: number;
    readonly total: number;
    readonly without_plan: number;
  };
  readonly carbon_kg: number;
}
