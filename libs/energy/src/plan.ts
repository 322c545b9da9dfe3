import type { SlotGrid } from '#libs/kernel';
import type { Limit, Tier } from './model/tiers.js';

/** One site's plan. Series have one value a slot, mean power in kW. Totals are of the bus of electricity. */
export interface SitePlan {
  readonly site: string;
  /** Asked for. */
  readonly load_kw: readonly number[];
  /** Available of all supplies. */
  readonly pv_kw: readonly number[];
  readonly curtailed_kw: readonly number[];
  readonly import_kw: readonly number[];
  readonly export_kw: readonly number[];
  /** Of all stores, positive while charging. */
  readonly battery_kw: readonly number[];
  /** Of all stores together, at the slot's end. */
  readonly soc_ratio: readonly number[];
  /** What units put in less what they take. */
  readonly generated_kw: readonly number[];
  /** Asked for and not served, shed included. */
  readonly unserved_kw: readonly number[];
  readonly connections: readonly { readonly connection: string; readonly net_kw: readonly number[] }[];
  readonly loads: readonly { readonly load: string; readonly unserved_kw: readonly number[] }[];
  readonly supplies: readonly { readonly supply: string; readonly used_kw: readonly number[] }[];
  readonly stores: readonly {
    readonly store: string;
    /** Positive while charging. */
    readonly power_kw: readonly number[];
    /** At the slot's end. */
    readonly soc_ratio: readonly number[];
  }[];
  readonly units: readonly {
    readonly unit: string;
    readonly level_kw: readonly number[];
    readonly on: readonly boolean[];
  }[];
  readonly tasks: readonly { readonly task: string; readonly power_kw: readonly number[] }[];
  /** The connection that each switch has closed, null where none is alive. */
  readonly switches: readonly { readonly switch: string; readonly closed: readonly (string | null)[] }[];
}

/** A limit that cannot hold: which, when, by how much, and what would clear it. */
export interface EnergyViolation {
  readonly limit: Limit;
  readonly tier: Tier;
  /** A feeder or connection by its name; a load, store, unit or task by its site's and its own: `rink battery`. */
  readonly at: string;
  readonly from_ms: number;
  readonly until_ms: number;
  /** kWh where energy is limited: for `soc_band` what is outside, for `soc_target` what is missing, for `task` what is not done. 1 for `min_up`. */
  readonly worst_kw: number;
  /** Over all slots together; where energy is limited, the worst. Hours for `min_up`. */
  readonly kwh: number;
  /** The smallest raise of the limit, the same for all of that time, that clears it and breaks no other further, kW, or kWh where energy is limited. Absent: the worst excess is as small, or nobody has looked. */
  readonly least_kw?: number;
  /** The smallest change that would clear it, in words; `at most` where nobody has looked for the smallest. */
  readonly relief: string;
}

/** What one kW more of a limit would save. */
export interface ShadowPrice {
  readonly limit: 'feeder_limit' | 'import_limit' | 'export_limit';
  readonly at: string;
  readonly from_ms: number;
  readonly until_ms: number;
  /** In the problem's currency for one kW more from `from_ms` to `until_ms`. */
  readonly price_per_kw: number;
}

/** What an asset is told for one slot. `battery`: kW, positive while charging. `pv`: the most that may be fed in, kW. Others by their name: the level of a unit or the power of a task, kW; of a load, the most that it may draw while it is shed. A switch: which of its connections it closes, counted from 1. */
export interface Setpoint {
  readonly venue: string;
  readonly asset: string;
  readonly from_ms: number;
  readonly until_ms: number;
  readonly value: number;
  readonly unit: 'kW' | 'position';
}

/** In the problem's currency, over the horizon. */
export interface EnergyCost {
  /** Bought less sold. */
  readonly energy: number;
  /** Peaks above what the windows have cost already, and changes of flow. */
  readonly capacity: number;
  readonly carbon: number;
  /** Of stores and transformers. */
  readonly wear: number;
  /** Fuel, other running cost of units and supplies, starts and stops, operations of switches. */
  readonly generation: number;
  readonly shedding: number;
  /** What stores with an end value hold more now than at the horizon, at that value; below zero where they hold less. */
  readonly stored: number;
  readonly total: number;
}

export interface EnergyPlan {
  readonly grid: SlotGrid;
  readonly sites: readonly SitePlan[];
  readonly feeders: readonly {
    readonly feeder: string;
    /** What its transformer may be overloaded to included, as hot as it is by then. Below zero where reactive power and uneven phases of loads alone are too much. */
    readonly limit_kw: readonly number[];
    /** Import less export of all that hangs on it. */
    readonly load_kw: readonly number[];
    /** Of its transformer: the hottest in each slot, and hours of life used in all. */
    readonly hot_spot_c?: readonly number[];
    readonly life_hours?: number;
  }[];
  /** Setpoints of the first slots, in time order. */
  readonly setpoints: readonly Setpoint[];
  readonly violations: readonly EnergyViolation[];
  readonly shadow_prices: readonly ShadowPrice[];
  /** `without_plan`: the same when nobody decides anything. */
  readonly cost: EnergyCost & { readonly without_plan: number };
  readonly carbon_kg: number;
}

/** A plan as assets follow it: without its money, and without what would clear the limits that do not hold. */
export type FlowPlan = Pick<EnergyPlan, 'grid' | 'sites' | 'feeders' | 'setpoints' | 'violations'>;
