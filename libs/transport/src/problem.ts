import type { SlotGrid } from '#libs/kernel';

/** A pattern that may be driven: its stops with the slots (rounded) from departure to each, and back at the first stop ready to go again. */
export interface PatternProblem {
  readonly line: string;
  readonly pattern: string;
  readonly seats: number;
  /** Slots from departure until the vehicle can depart again, layover included; at least 1. */
  readonly cycle_slots: number;
  readonly stops: readonly { readonly stop: string; readonly offset_slots: number }[];
  /** The timetable: departures in each slot under the feed's headways. */
  readonly scheduled: readonly number[];
  /** The floor of service: departures at least made from the horizon's start through each slot. The fleet can drive it. */
  readonly least: readonly number[];
  /** Departures in each slot that are announced already: a plan pays `changeCost` for each that it takes out or puts in. Shorter than the horizon where nothing is announced yet. */
  readonly previous?: readonly number[];
  /** Departures that people added: at least these leave in each slot. The fleet can drive them. */
  readonly added?: readonly number[];
  /** The most departures in each slot, null for any number: people cancelled one at or near it. Never below `added`. */
  readonly most?: readonly (number | null)[];
}

/** A departure that has left, or cannot be changed any more. Its seats are open at the stops that it reaches within the horizon. */
export interface UnderWay {
  readonly line: string;
  readonly vehicle: string;
  /** Negative before the horizon. */
  readonly slot: number;
}

/** People who want to go from one stop to another on one line. */
export interface RideDemand {
  readonly line: string;
  readonly from_stop: string;
  readonly to_stop: string;
  /** Waiting at the horizon's start. */
  readonly waiting: number;
  /** Arrivals at the stop in each slot. */
  readonly arrivals: readonly number[];
}

/** One pattern a line, each demand served by its line's pattern. Departures leave at the start of their slot. */
export interface DispatchProblem {
  readonly grid: SlotGrid;
  readonly currency: string;
  readonly patterns: readonly PatternProblem[];
  readonly demand: readonly RideDemand[];
  readonly vehicles: readonly string[];
  /** Vehicles still under way at the start: slot in which each is ready again. */
  readonly ready_slot: Readonly<Record<string, number>>;
  readonly under_way: readonly UnderWay[];
  readonly waiting_cost_per_hour: number;
  readonly vehicle_cost_per_hour: number;
}
