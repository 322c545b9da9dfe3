/** `/energy`, as it is on the wire (`/api/docs`). Instants are event time; series have one value a slot, or one a step. */
export interface Energy {
  readonly at_ms: number;
  /** The active plan; it may have run out. */
  readonly plan: EnergyPlan | null;
  readonly measured: Measured;
}

export type Slots = readonly number[];
/** Null where nothing was measured; empty where nothing measures it. */
export type Means = readonly (number | null)[];

export interface SitePlan {
  readonly site: string;
  readonly load_kw: Slots;
  readonly pv_kw: Slots;
  readonly curtailed_kw: Slots;
  readonly import_kw: Slots;
  readonly export_kw: Slots;
  /** Positive while charging. */
  readonly battery_kw: Slots;
  readonly generated_kw: Slots;
  readonly unserved_kw: Slots;
  readonly import_limit_kw: Slots;
  readonly export_limit_kw: Slots;
  /** State of charge at each slot's end. */
  readonly stores: readonly { readonly store: string; readonly soc_ratio: Slots }[];
  readonly units: readonly { readonly unit: string; readonly level_kw: Slots }[];
  readonly switches: readonly SwitchPlan[];
}

/** The connection that a transfer switch has closed over the horizon, and its feeder; null where none is alive. */
export interface SwitchPlan {
  readonly switch: string;
  readonly steps: readonly {
    readonly from_ms: number;
    readonly until_ms: number;
    readonly connection: string | null;
    readonly feeder: string | null;
  }[];
}

export interface FeederPlan {
  readonly feeder: string;
  readonly parent: string | null;
  readonly limit_kw: Slots;
  readonly load_kw: Slots;
}

export interface Violation {
  readonly limit: string;
  readonly tier: 'life_safety' | 'broadcast' | 'supply' | 'feeder' | 'contract' | 'reserve' | 'comfort';
  readonly at: string;
  readonly from_ms: number;
  readonly until_ms: number;
  readonly worst: number;
  readonly unit: 'kW' | 'kWh' | 'h';
  /** Empty when the plan does not say. */
  readonly relief: string;
}

export interface ShadowPrice {
  readonly limit: string;
  readonly at: string;
  readonly from_ms: number;
  readonly until_ms: number;
  readonly price_per_kw: number;
}

export interface AssetSteps {
  readonly site: string;
  readonly asset: string;
  readonly kind: 'store' | 'supply' | 'unit' | 'task' | 'load';
  readonly steps: readonly { readonly from_ms: number; readonly until_ms: number; readonly kw: number }[];
}

export interface EnergyPlan {
  readonly seq: number;
  readonly created_ms: number;
  readonly valid_until_ms: number;
  readonly currency: string;
  readonly start_ms: number;
  readonly slot_ms: number;
  readonly sites: readonly SitePlan[];
  readonly feeders: readonly FeederPlan[];
  /** The first tier first. */
  readonly violations: readonly Violation[];
  readonly violations_total: number;
  /** The dearest first; null when the plan does not say. */
  readonly shadow_prices: readonly ShadowPrice[] | null;
  readonly next: readonly AssetSteps[];
  readonly cost: {
    readonly energy: number;
    readonly capacity: number;
    readonly carbon: number;
    readonly wear: number;
    readonly generation: number;
    readonly shedding: number;
    readonly total: number;
    readonly without_plan: number;
  };
  readonly carbon_kg: number;
}

export interface Measured {
  readonly from_ms: number;
  readonly step_ms: number;
  readonly sites: readonly {
    readonly site: string;
    readonly load_kw: Means;
    readonly pv_kw: Means;
    readonly grid_kw: Means;
    readonly battery_kw: Means;
    readonly soc_ratio: Means;
    /** Thermal ones. */
    readonly stores: readonly { readonly store: string; readonly soc_ratio: Means }[];
    readonly units: readonly { readonly unit: string; readonly level_kw: Means }[];
  }[];
  readonly feeders: readonly { readonly feeder: string; readonly load_kw: Means }[];
}
