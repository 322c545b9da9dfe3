import type { SlotGrid } from '#libs/kernel';

/*
 * The dispatch problem, as data. It is also the format of instance files (docs/dispatch-instances.md).
 * Slots are indices on `grid`. A departure leaves at the start of its slot; "ready in slot t" is: may leave again at the start of t.
 */

/** Where vehicles stand between trips: a terminus or a depot. */
export interface Place {
  readonly id: string;
  /** Vehicles that can charge at the same time; absent: none. */
  readonly chargers?: number;
  /** Most power for all of them, kW; absent: not limited. */
  readonly charging_kw?: number;
}

export interface VehicleType {
  readonly id: string;
  readonly seats: number;
  readonly standing: number;
  /** Places for people who need an accessible one. They are among seats and standing. */
  readonly accessible: number;
  /** Paid while a trip or a deadhead lasts, layover included. */
  readonly cost_per_hour: number;
  readonly cost_per_km: number;
  /** Electric ones. */
  readonly battery?: {
    readonly capacity_kwh: number;
    /** What must be left in it at any time. */
    readonly reserve_kwh: number;
    readonly kwh_per_km: number;
    /** Most power that it takes, kW. */
    readonly charging_kw: number;
  };
}

/** A vehicle with its driver. A booked coach is one with a window; a reserve vehicle is one with a price of calling it out. */
export interface Vehicle {
  readonly id: string;
  readonly type: string;
  /** Where it stands, or will when it is ready. */
  readonly place: string;
  /** Slot in which it is ready; 0 when it stands there at the start. */
  readonly ready_slot: number;
  /** The driver's hours or the booking end: every trip and deadhead, layover included, is over by the start of this slot. Absent: past the horizon. */
  readonly until_slot?: number;
  /** Energy in its battery when it is ready, kWh. Of electric types only; absent: full. */
  readonly charge_kwh?: number;
  /** Paid once when it moves at all. Absent: 0. */
  readonly call_out_cost?: number;
}

/** An empty ride between two places. Between places without one no vehicle goes empty. */
export interface Deadhead {
  readonly from_place: string;
  readonly to_place: string;
  /** From leaving until ready; at least 1. */
  readonly slots: number;
  readonly km: number;
}

/**
 * A way of driving a line: all of it, an express, a short turn; another running time at another time of day is another pattern, closed
 * outside its time by `most`. The arrays have one entry a slot.
 */
export interface PatternProblem {
  readonly line: string;
  /** Unique in the problem. */
  readonly pattern: string;
  readonly from_place: string;
  readonly to_place: string;
  /** Slots from departure until the vehicle is ready at `to_place`, layover included; at least 1. */
  readonly busy_slots: number;
  readonly km: number;
  /** Calls in order; offsets from departure never fall. */
  readonly stops: readonly { readonly stop: string; readonly offset_slots: number }[];
  /** Types that may drive it (height, weight, permits); absent: all. */
  readonly types?: readonly string[];
  /** The timetable: departures in each slot. It binds nobody; it is what a plan is compared with. */
  readonly scheduled?: readonly number[];
  /** The floor of service: departures made from the horizon's start through each slot. Each that is missing at a slot's end costs `missed_cost`. */
  readonly least?: readonly number[];
  /** Departures that people added to a slot. Each that does not leave in it costs `missed_cost`. */
  readonly added?: readonly number[];
  /** The most departures in each slot, null for any number: people cancelled one at or near it, or the way is closed. Never below `added`. */
  readonly most?: readonly (number | null)[];
  /** Departures in each slot that are announced already: each taken out or put in costs `change_cost`. Shorter than the horizon where nothing is announced yet. */
  readonly previous?: readonly number[];
}

/** A departure that has left, or cannot be changed any more. Its places are open at the stops that it reaches within the horizon. */
export interface UnderWay {
  readonly pattern: string;
  readonly vehicle: string;
  readonly type: string;
  /** Negative: before the horizon. */
  readonly slot: number;
}

/** Vehicles that can call at a stop in one slot, first and last stops of patterns included. */
export interface StopBays {
  readonly stop: string;
  readonly bays: number;
}

/** A client group: athletes, officials, media, workforce, spectators ... */
export interface Group {
  readonly id: string;
  /** Price of one person's hour at a stop. Whose is higher boards first. */
  readonly waiting_cost_per_hour: number;
  /** Slots that they may wait; absent: not limited. */
  readonly longest_wait_slots?: number;
  /** Price, beside the waiting, of one person's hour of waiting too long or past `board_by_slot`. */
  readonly late_cost_per_hour: number;
}

/** People of one group who want to go from one stop to another on one line, by any of its patterns that calls at both in this order. */
export interface Ride {
  readonly line: string;
  readonly group: string;
  readonly from_stop: string;
  readonly to_stop: string;
  /** They need an accessible place. Absent: no. */
  readonly accessible?: boolean;
  /** Waiting at the horizon's start. They count as come in slot -1. */
  readonly waiting: number;
  /** Who comes in each slot, evenly over it; they may board from the next slot on. */
  readonly arrivals: readonly number[];
  /** Slot from which whoever still waits is late for a session. */
  readonly board_by_slot?: number;
  /** Index of the ride, of the same line, that those who alight go on with: around the terminus of a loop. They may board in the slot in which they alight, and are never counted as late. */
  readonly then?: number;
}

export interface Prices {
  /** Of each departure taken out or put in against what is announced. */
  readonly change_cost: number;
  /** Of each departure of the floor that is missing at the end of a slot, and of each added departure that does not leave. */
  readonly missed_cost: number;
  /** Who still waits at the horizon's end is priced as waiting so much longer. */
  readonly left_wait_slots: number;
}

/**
 * Minimised: the sum of
 * - waiting: for each ride and slot, price x slot hours x (people at the slot's end - half of who came in it);
 * - late: for each ride and slot, late price x slot hours x (people at the slot's end who came more than `longest_wait_slots` ago, all from `board_by_slot` on);
 * - left: for each ride, price x slot hours x `left_wait_slots` x people at the horizon's end;
 * - driving: for each trip and deadhead, cost_per_hour x hours busy + cost_per_km x km;
 * - calling out, changes and missed departures at their prices.
 *
 * To do nothing is always allowed: limits that a plan could not keep are priced.
 */
export interface DispatchProblem {
  readonly grid: SlotGrid;
  readonly currency: string;
  readonly places: readonly Place[];
  readonly vehicle_types: readonly VehicleType[];
  readonly vehicles: readonly Vehicle[];
  readonly deadheads: readonly Deadhead[];
  readonly patterns: readonly PatternProblem[];
  readonly bays: readonly StopBays[];
  readonly groups: readonly Group[];
  readonly rides: readonly Ride[];
  readonly under_way: readonly UnderWay[];
  readonly prices: Prices;
}
