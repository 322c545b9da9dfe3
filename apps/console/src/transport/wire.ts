/** The documents of the API that the page reads, as they are on the wire (`/api/docs`). Instants are event time. */

export interface NetworkLine {
  readonly id: string;
  readonly name: string;
  /** RRGGBB */
  readonly color: string | null;
}

/** `/network` */
export interface Network {
  readonly lines: readonly NetworkLine[];
  readonly patterns: readonly {
    readonly id: string;
    readonly line: string;
    /** Latitude and longitude. */
    readonly way: readonly (readonly [number, number])[];
    readonly stops: readonly string[];
  }[];
  readonly stops: readonly { readonly id: string; readonly name: string; readonly lat: number; readonly lon: number }[];
}

export interface LiveVehicle {
  readonly vehicle: string;
  readonly ts: number;
  readonly lat: number;
  readonly lon: number;
  readonly bearing?: number;
  readonly occupancy?: number;
  readonly trip?: { readonly line: string; readonly pattern: string; readonly departs_ms: number };
  readonly next_stop?: { readonly sequence: number; readonly stop: string; readonly at_stop: boolean };
  readonly delay_s?: number;
  readonly troubles: readonly { readonly trouble: string; readonly since_ms: number; readonly text: string }[];
  /** Its trip under way and the next one. */
  readonly predictions: readonly Prediction[];
  readonly advice?: {
    readonly action: string;
    readonly until_ms?: number;
    readonly stop: string;
    readonly reason: string;
  };
}

export interface Prediction {
  readonly departure: { readonly vehicle: string; readonly departs_ms: number };
  readonly stops: readonly {
    readonly stop_sequence: number;
    readonly stop: string;
    readonly arrives_ms: number;
    readonly low_ms?: number;
    readonly high_ms?: number;
  }[];
}

/** `/vehicles` */
export interface LivePicture {
  readonly at_ms: number;
  readonly vehicles: readonly LiveVehicle[];
  readonly departures: readonly {
    readonly line: string;
    readonly vehicle: string;
    readonly planned_ms: number;
    readonly actual_ms: number | null;
  }[];
  readonly missing: readonly { readonly vehicle: string; readonly since_ms: number; readonly text: string }[];
}
