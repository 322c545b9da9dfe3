import type { SlotGrid } from '#libs/kernel';

export interface Departure {
  readonly line: string;
  readonly pattern: string;
  readonly departs_ms: number;
  readonly vehicle: string;
}

/**
 * How people of one demand move. A ride past the terminus of a loop is two flows: to the terminus, and on from there.
 * `boarded` in each slot, when the vehicle reaches the stop; `queue` at the end of each slot.
 */
export interface RideFlow {
  readonly line: string;
  readonly from_stop: string;
  readonly to_stop: string;
  /** Index of the demand in the problem. */
  readonly demand: number;
  readonly boarded: readonly number[];
  readonly queue: readonly number[];
}

export interface DispatchPlan {
  readonly grid: SlotGrid;
  /** In time order. */
  readonly departures: readonly Departure[];
  readonly lines: readonly {
    readonly line: string;
    /** Departures in each slot. */
    readonly departures: readonly number[];
    /** People waiting for the line at the end of each slot, over all its stops. */
    readonly queue: readonly number[];
    readonly mean_wait_s: number;
  }[];
  readonly rides: readonly RideFlow[];
  /** People waiting at the end of each slot, by stop. */
  readonly stops: readonly { readonly stop: string; readonly queue: readonly number[] }[];
  /** Vehicles under way in each slot. */
  readonly vehicles_used: readonly number[];
  /** Still waiting when the horizon ends, by line and stop. */
  readonly unserved: readonly {
    readonly line: string;
    readonly from_stop: string;
    readonly to_stop: string;
    readonly passengers: number;
  }[];
  readonly cost: {
    readonly waiting: number;
    readonly vehicles: number;
    readonly total: number;
    readonly timetable: number;
  };
}
