import type { SlotGrid } from '#libs/kernel';

/** One value that holds throughout, or one a slot. */
export type Series = number | readonly number[];

/** Whose energy must not fail, before whose. Life safety and broadcast are never shed. */
export type LoadTier = 'life_safety' | 'broadcast' | 'normal';

/** Peaks that are charged: the highest import of a billing window that overlaps the horizon. */
export interface PeakCharge {
  readonly from_slot: number;
  /** Past the last slot. */
  readonly until_slot: number;
  readonly price_per_kw: number;
  /** Highest import of the window up to now: what it has cost already is sunk. */
  readonly so_far_kw: number;
}

/** What is paid for the flow through a meter. Carbon counts what is imported. */
export interface Tariff {
  readonly import_price_per_kwh: Series;
  /** Never above the import price. */
  readonly export_price_per_kwh: Series;
  readonly carbon_kg_per_kwh: Series;
  readonly peaks?: readonly PeakCharge[];
  /** For each kW that the flow changes from slot to slot; `before_kw` flowed in the slot before the first. */
  readonly ramp?: { readonly price_per_kw: number; readonly before_kw: number };
  /**
   * What the flow of the first slot may be more than planned, or less where negative: kW, all equally likely. That slot is then settled at the mean over them. Later ones are planned again
   * before they come.
   */
  readonly spread_kw?: readonly number[];
}

/** With natural oil and air flow, as on the network of a town. It carries more than its rating for a while, at the price of its life. */
export interface Transformer {
  readonly rated_kva: number;
  readonly ambient_c: Series;
  /** What it has carried until now, as a ratio of the rating: its heat is taken to be that of a long time so. Default 0. */
  readonly load_before?: number;
  /** Of a new one. */
  readonly price: number;
}

/** A cable or substation that connections and other feeders hang on. */
export interface Feeder {
  readonly feeder: string;
  /** What it hangs on itself; absent: the grid. */
  readonly parent?: string;
  /** In both directions. */
  readonly limit_kw: Series;
  /** Apparent power that its parts are made for: less of it is left for kW, the more reactive power loads take. */
  readonly limit_kva?: Series;
  readonly transformer?: Transformer;
  /** Where all that hangs on it is settled together, beside what the connections pay themselves. */
  readonly tariff?: Tariff;
}

export interface Connection {
  readonly connection: string;
  readonly feeder: string;
  /** As agreed with the grid operator; what is over it is a violation. */
  readonly import_limit_kw: Series;
  readonly export_limit_kw: Series;
  /** 0 in slots in which it is dead, 1 elsewhere. Default 1. */
  readonly available?: Series;
  readonly tariff: Tariff;
}

/** Stored power of a load's own that takes over without a break. It is kept full, for losses alone. */
export interface Ups {
  readonly power_kw: number;
  /** At that power, at least the minute that a transfer may take. */
  readonly autonomy_min: number;
}

/** Power that is asked for. */
export interface Load {
  readonly load: string;
  /** Default: power. */
  readonly bus?: string;
  readonly tier: LoadTier;
  readonly power_kw: Series;
  /** Cosine of its phase angle, lagging. Default 1. */
  readonly power_factor?: number;
  /** Where it hangs on one phase of three: that phase is full first. */
  readonly phase?: 1 | 2 | 3;
  /** Field lighting: after a dip of seconds it is dark for so many minutes, until it has struck again. Absent: a dip is nothing to it. */
  readonly restrike_min?: number;
  readonly ups?: Ups;
  /** It can be switched off, at this price. Absent: it cannot, whatever happens to the rest. */
  readonly shed_cost_per_kwh?: number;
}

/** Sun, wind or any flow that is there or not: what is not used is curtailed at no cost. */
export interface Supply {
  readonly supply: string;
  readonly bus?: string;
  readonly available_kw: Series;
  readonly cost_per_kwh?: number;
}

/** Power limit by state of charge: points of a concave line, from ratio 0 to 1. */
export type PowerBySoc = readonly (readonly [soc_ratio: number, kw: number])[];

/** At the best state of charge. */
export const mostPower = (limit: number | PowerBySoc): number =>
  typeof limit === 'number' ? limit : Math.max(0, ...limit.map(([, kw]) => kw));

/** A battery, an ice floor, a tank: anything that takes energy of a bus now and gives it back later. */
export interface Store {
  readonly store: string;
  readonly bus?: string;
  readonly capacity_kwh: number;
  readonly charge_kw: number | PowerBySoc;
  readonly discharge_kw: number | PowerBySoc;
  readonly charge_efficiency: number;
  readonly discharge_efficiency: number;
  /** Part of what it holds that is lost in an hour. Default 0. */
  readonly loss_ratio_per_hour?: number;
  /** Per kWh charged and per kWh discharged. */
  readonly wear_cost_per_kwh: number;
  /** Per kWh held for an hour. Default 0. */
  readonly holding_cost_per_kwh_hour?: number;
  /** Band that people ask for; outside it is a violation, not a failure. */
  readonly soc_min_ratio: Series;
  readonly soc_max_ratio: Series;
  /** Measured now; may lie outside the band. */
  readonly soc_ratio: number;
  /** What it must hold at a slot's end, at least. */
  readonly targets?: readonly { readonly slot: number; readonly soc_ratio: number }[];
  /** What a kWh is worth at the horizon. Absent: it shall hold what it holds now, less what is lost if it is left alone. */
  readonly end_value_per_kwh?: number;
}

/** What comes of a converter or goes into it, per kW of its level. */
export interface Flow {
  readonly bus: string;
  readonly per_kw: number;
}

/** Points of a convex line from the least level to the most, in order: what a level burns in an hour. A unit without commitment burns nothing at 0 kW. */
export type FuelCurve = readonly (readonly [kw: number, fuel_per_hour: number])[];

/** A machine that is on or off. */
export interface Commitment {
  /** Least level while it is on. */
  readonly min_kw: number;
  readonly start_cost: number;
  readonly stop_cost: number;
  /** What was started before the horizon and must stop sooner is a violation. */
  readonly min_up_slots: number;
  readonly min_down_slots: number;
  /** Now, and for how many slots it has been so. */
  readonly on: boolean;
  readonly slots_so: number;
}

/** A generator, chiller, heat pump, boiler or CHP: its level in kW, what it puts out and takes in per kW of that. */
export interface Unit {
  readonly unit: string;
  readonly capacity_kw: Series;
  readonly outputs: readonly Flow[];
  readonly inputs: readonly Flow[];
  /** Per kWh of level, fuel aside. */
  readonly cost_per_kwh: number;
  readonly fuel?: {
    readonly curve: FuelCurve;
    readonly price: number;
    readonly carbon_kg: number;
    /** What is there for the horizon. Absent: enough. */
    readonly on_hand?: number;
  };
  /** Absent: any level at any time. */
  readonly commitment?: Commitment;
}

/** Work that may be done any time in a window: snow-making, vehicles at their chargers. */
export interface Task {
  readonly task: string;
  readonly bus?: string;
  readonly energy_kwh: number;
  readonly power_kw: number;
  readonly from_slot: number;
  /** Past the last slot of its window. That may lie after the horizon: then only a part is due, see `dueKwh`. */
  readonly until_slot: number;
  /** Else it runs once, at full power, without a pause. */
  readonly interruptible: boolean;
}

/** A switch that puts a site on one of several connections, never on two: it moves load between feeders. */
export interface TransferSwitch {
  readonly switch: string;
  readonly connections: readonly string[];
  /** The one that is closed now. */
  readonly closed: string;
  readonly operation_cost: number;
  /** Over the horizon, of its own accord: what it closes because another is dead is not counted. */
  readonly most_operations: number;
  /** What it has closed stays closed for so many slots, unless it goes dead: until a crew is ready again. Absent: 0. */
  readonly min_closed_slots?: number;
  /** For how many slots `closed` has been so. Absent: for long. */
  readonly closed_slots?: number;
  /** By slot, what people hold it on, whatever it costs and however often it has operated: a connection that is alive; null: nobody. Absent: nobody. */
  readonly held?: readonly (string | null)[];
}

/** Connections of a site's switches of which at most one is closed at a time. */
export interface Interlock {
  readonly interlock: string;
  readonly connections: readonly string[];
}

export interface SiteProblem {
  readonly site: string;
  readonly connections: readonly Connection[];
  readonly loads: readonly Load[];
  readonly supplies: readonly Supply[];
  readonly stores: readonly Store[];
  readonly units: readonly Unit[];
  readonly tasks: readonly Task[];
  readonly switches?: readonly TransferSwitch[];
  readonly interlocks?: readonly Interlock[];
  /** Slots in which it must survive the loss of any one feeder, connection or unit: those of its sessions. */
  readonly secured_slots?: readonly number[];
}

export interface EnergyProblem {
  readonly grid: SlotGrid;
  readonly currency: string;
  readonly carbon_price_per_kg: number;
  readonly feeders: readonly Feeder[];
  readonly sites: readonly SiteProblem[];
}

/** The bus of electricity, which connections feed. What another bus has too much of goes to the air, at no cost. */
export const POWER = 'power';

/** Whether something hangs on the bus of electricity. */
export const isPower = ({ bus = POWER }: { readonly bus?: string }): boolean => bus === POWER;

export const valueAt = (series: Series, slot: number): number =>
  typeof series === 'number' ? series : (series[slot] ?? 0);
