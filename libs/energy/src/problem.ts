import type { SlotGrid } from '#libs/kernel';

export interface BatteryState {
  readonly capacity_kwh: number;
  readonly power_kw: number;
  readonly charge_efficiency: number;
  readonly discharge_efficiency: number;
  readonly soc_min_ratio: number;
  readonly soc_max_ratio: number;
  readonly wear_cost_per_kwh: number;
  /** Measured now; may lie outside the band. */
  readonly soc_ratio: number;
}

/** A site over the horizon. Series have one value a slot, mean power in kW. */
export interface SiteProblem {
  readonly site: string;
  readonly feeder: string;
  readonly import_limit_kw: number;
  readonly export_limit_kw: number;
  readonly load_kw: readonly number[];
  /** Available before curtailment. */
  readonly pv_kw: readonly number[];
  readonly battery: BatteryState | null;
}

export interface EnergyProblem {
  readonly grid: SlotGrid;
  readonly currency: string;
  readonly import_price_per_kwh: readonly number[];
  readonly export_price_per_kwh: readonly number[];
  readonly carbon_kg_per_kwh: readonly number[];
  readonly carbon_price_per_kg: number;
  readonly feeders: readonly { readonly feeder: string; readonly limit_kw: number }[];
  readonly sites: readonly SiteProblem[];
}
