/** What a vehicle is told. It begins when it is due and the vehicle is ready, whichever is later. Seconds after the day's start. */
export type Order =
  | { readonly kind: 'trip'; readonly pattern: string; readonly at_s: number }
  | { readonly kind: 'deadhead'; readonly from_place: string; readonly to_place: string; readonly at_s: number }
  | {
      readonly kind: 'charge';
      readonly place: string;
      readonly at_s: number;
      readonly until_s: number;
      readonly kwh: number;
    };

/** By vehicle, in time order. */
export type Orders = ReadonlyMap<string, readonly Order[]>;

/** A trip that is under way, as its vehicle reports it. */
export interface TripView {
  readonly pattern: string;
  readonly left_s: number;
  /** Index of the next call, and when it is expected there. */
  readonly next_call: number;
  readonly next_call_s: number;
  /** People aboard by the index of the call at which they get off. */
  readonly aboard: readonly number[];
}

export interface VehicleView {
  readonly id: string;
  /** Where it stands, or will. */
  readonly place: string;
  /** From when on it may leave there: expected while it drives. At least now. */
  readonly ready_s: number;
  readonly charge_kwh: number | undefined;
  /** It has done something today. */
  readonly called_out: boolean;
  readonly trip: TripView | undefined;
  /** What it has been told and has not begun. */
  readonly told: readonly Order[];
}

export interface DepartureRecord {
  readonly pattern: string;
  readonly vehicle: string;
  /** When it was to leave, and did. */
  readonly due_s: number;
  readonly left_s: number;
}

/** All that a dispatcher may know at one instant. */
export interface ShuttleView {
  readonly now_s: number;
  /** In the order of the instance's vehicles. */
  readonly vehicles: readonly VehicleView[];
  /** People who wait, one number a ride, as sensors count them. */
  readonly queues: readonly number[];
  /** People who came in each slot that is over, a list a ride. */
  readonly came: readonly (readonly number[])[];
  /** All of today, in the order in which they left. */
  readonly departures: readonly DepartureRecord[];
}

/** Tells vehicles what to do, every so often. */
export interface Dispatcher {
  readonly every_s: number;
  /** What each vehicle is to do from now on; what it was told before and has not begun is forgotten. */
  decide(view: ShuttleView): Promise<Orders>;
}
