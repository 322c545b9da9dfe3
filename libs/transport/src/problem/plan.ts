import type { SlotGrid } from '#libs/kernel';

/** One departure, as orders and feeds read it. */
export interface Departure {
  readonly line: string;
  readonly pattern: string;
  readonly departs_ms: number;
  readonly vehicle: string;
}

/** What a vehicle does between standing somewhere; slots are [slot, until_slot). */
export type Activity =
  | { readonly kind: 'trip'; readonly pattern: string; readonly slot: number; readonly until_slot: number }
  | {
      readonly kind: 'deadhead';
      readonly from_place: string;
      readonly to_place: string;
      readonly slot: number;
      readonly until_slot: number;
    }
  | {
      readonly kind: 'charge';
      readonly place: string;
      readonly slot: number;
      readonly until_slot: number;
      /** Taken into the battery, evenly. */
      readonly kwh: number;
    };

/** All that a vehicle does within the horizon, in time order. Between activities it stands where the last one ended. */
export interface Block {
  readonly vehicle: string;
  readonly activities: readonly Activity[];
}

/** People of a ride who board a departure: all vehicles that leave on a pattern in a slot together. */
export interface Boarding {
  /** Index of the ride in the problem. */
  readonly ride: number;
  readonly pattern: string;
  /** Slot of departure at the pattern's first stop; negative for one under way. */
  readonly slot: number;
  readonly people: number;
}

/** How a ride's people fare; one entry a slot, at its end. In the order of the problem's rides. */
export interface RideFlow {
  readonly queue: readonly number[];
  /** Of the queue, those who wait too long or are late for a session. */
  readonly late: readonly number[];
}

export interface PlanCost {
  readonly waiting: number;
  readonly late: number;
  readonly left: number;
  readonly driving: number;
  readonly call_out: number;
  readonly changes: number;
  readonly missed: number;
  /** The sum: what is minimised. */
  readonly total: number;
}

export interface DispatchPlan {
  readonly grid: SlotGrid;
  /** In time order. */
  readonly departures: readonly Departure[];
  /** One a vehicle, in the order of the problem's vehicles. */
  readonly blocks: readonly Block[];
  readonly boardings: readonly Boarding[];
  readonly rides: readonly RideFlow[];
  readonly cost: PlanCost;
}
