import type { TripPrediction } from '../realtime/contract.js';
import type { VehicleTrouble } from './watch-vehicles.js';

/** Something wrong with a vehicle, as people read it. */
export interface TroubleWords {
  readonly trouble: VehicleTrouble;
  readonly since_ms: number;
  readonly text: string;
}

/** A vehicle as the live picture has it. What is not known is absent. */
export interface LiveVehicle {
  readonly vehicle: string;
  /** Of the last position, ms of event time. */
  readonly ts: number;
  readonly lat: number;
  readonly lon: number;
  readonly bearing?: number;
  readonly speed_mps?: number;
  /** People aboard. */
  readonly occupancy?: number;
  readonly trip?: {
    readonly line: string;
    readonly pattern: string;
    readonly departs_ms: number;
    /** It was told to drive it. */
    readonly ordered: boolean;
  };
  /** Along its pattern, m. */
  readonly progress_m?: number;
  readonly length_m?: number;
  readonly off_m?: number;
  readonly next_stop?: { readonly sequence: number; readonly stop: string; readonly at_stop: boolean };
  /** By the prediction for the next stop; negative when early. */
  readonly delay_s?: number;
  readonly troubles: readonly TroubleWords[];
  readonly advice?: {
    readonly action: 'hold' | 'skip' | 'short_turn' | 'go';
    readonly until_ms?: number;
    readonly stop: string;
    /** Of a short turn: the pattern on which it goes back. */
    readonly onto?: string;
    readonly reason: string;
  };
}

/** A pattern of a line under way: time gaps from each vehicle to the one before it. */
export interface LiveHeadways {
  readonly pattern: string;
  /** As planned around now. */
  readonly target_s?: number;
  readonly gaps: readonly { readonly vehicle: string; readonly ahead_s: number }[];
}

export interface LiveDeparture {
  readonly line: string;
  readonly pattern: string;
  readonly vehicle: string;
  readonly planned_ms: number;
  /** Absent: nobody saw it leave. */
  readonly actual_ms?: number;
}

/** Where everything is, and what is expected of it: what control writes and other roles read. */
export interface LivePicture {
  readonly at_ms: number;
  readonly vehicles: readonly LiveVehicle[];
  /** Of the trip under way of each vehicle, and of the one after it. */
  readonly predictions: readonly TripPrediction[];
  readonly headways: readonly (LiveHeadways & { readonly line: string })[];
  /** Planned for the last hour. */
  readonly departures: readonly LiveDeparture[];
  /** Vehicles that should be there and were not heard. */
  readonly missing: readonly (TroubleWords & { readonly vehicle: string })[];
}
