/**
 * The values that go into a GTFS-Realtime feed and come out of one. Times are epoch milliseconds, UTC, of the event clock; GTFS-Realtime has whole
 * seconds, so that a time comes back cut to the second. What is absent in a feed is absent here.
 */

export type Occupancy =
  | 'empty'
  | 'many_seats_available'
  | 'few_seats_available'
  | 'standing_room_only'
  | 'crushed_standing_room_only'
  | 'full'
  | 'not_accepting_passengers'
  | 'no_data_available'
  | 'not_boardable';

export type StopStatus = 'incoming_at' | 'stopped_at' | 'in_transit_to';

export type Congestion =
  'unknown_congestion_level' | 'running_smoothly' | 'stop_and_go' | 'congestion' | 'severe_congestion';

export type TripRelation =
  'scheduled' | 'added' | 'unscheduled' | 'canceled' | 'replacement' | 'duplicated' | 'deleted' | 'new';

export type StopRelation = 'scheduled' | 'skipped' | 'no_data' | 'unscheduled';

export type AlertCause =
  | 'unknown_cause'
  | 'other_cause'
  | 'technical_problem'
  | 'strike'
  | 'demonstration'
  | 'accident'
  | 'holiday'
  | 'weather'
  | 'maintenance'
  | 'construction'
  | 'police_activity'
  | 'medical_emergency';

export type AlertEffect =
  | 'no_service'
  | 'reduced_service'
  | 'significant_delays'
  | 'detour'
  | 'additional_service'
  | 'modified_service'
  | 'other_effect'
  | 'unknown_effect'
  | 'stop_moved'
  | 'no_effect'
  | 'accessibility_issue';

export type AlertSeverity = 'unknown_severity' | 'info' | 'warning' | 'severe';

/** Which trip is meant. */
export interface TripRef {
  /** GTFS trip_id. */
  readonly trip?: string;
  /** GTFS route_id. */
  readonly line?: string;
  readonly direction?: number;
  /** `YYYYMMDD` of the service day. */
  readonly start_date?: string;
  /** `HH:MM:SS` of the service day, past 24:00:00 after midnight. */
  readonly start_time?: string;
  readonly relation?: TripRelation;
}

/** A vehicle as a feed shows it. */
export interface VehicleReport {
  /** Id of the feed's entity, unique in the feed. */
  readonly id: string;
  readonly vehicle?: string;
  /** What people read on it. */
  readonly label?: string;
  readonly licence_plate?: string;
  readonly trip?: TripRef;
  /** When it was there. */
  readonly ts?: number;
  readonly position?: {
    /** Degrees, WGS 84. */
    readonly lat: number;
    readonly lon: number;
    /** Degrees clockwise from north, [0, 360). */
    readonly bearing?: number;
    readonly speed_mps?: number;
    readonly odometer_m?: number;
  };
  /** The stop that `status` speaks of. */
  readonly stop?: string;
  readonly stop_sequence?: number;
  readonly status?: StopStatus;
  readonly congestion?: Congestion;
  readonly occupancy?: Occupancy;
  /** People aboard of those it may carry, percent; past 100 when it carries more. */
  readonly occupancy_percent?: number;
}

export interface StopEvent {
  readonly at_ms?: number;
  /** Later than scheduled, s; negative when earlier. */
  readonly delay_s?: number;
  /** Half of the width of what is likely, s; 0 is certain. */
  readonly uncertainty_s?: number;
}

export interface StopUpdate {
  readonly stop_sequence?: number;
  readonly stop?: string;
  readonly arrival?: StopEvent;
  readonly departure?: StopEvent;
  readonly relation?: StopRelation;
}

export interface TripUpdate {
  readonly id: string;
  readonly trip: TripRef;
  readonly vehicle?: string;
  readonly label?: string;
  readonly licence_plate?: string;
  /** When it was last measured. */
  readonly ts?: number;
  readonly delay_s?: number;
  readonly stops: readonly StopUpdate[];
}

export interface Translation {
  readonly text: string;
  /** BCP 47; absent: of any reader. */
  readonly language?: string;
}

export interface InformedEntity {
  readonly agency?: string;
  readonly line?: string;
  readonly route_type?: number;
  readonly direction?: number;
  readonly stop?: string;
  readonly trip?: TripRef;
}

/** What people must know. All entities of `informs` together are who must know it. */
export interface ServiceAlert {
  readonly id: string;
  readonly cause?: AlertCause;
  readonly effect?: AlertEffect;
  readonly severity?: AlertSeverity;
  /** When it is shown; empty: as long as it is in the feed. An end that is absent is open. */
  readonly periods: readonly { readonly start_ms?: number; readonly end_ms?: number }[];
  readonly informs: readonly InformedEntity[];
  readonly header: readonly Translation[];
  readonly description: readonly Translation[];
  readonly url?: readonly Translation[];
}

/** One message of a GTFS-Realtime feed, whatever it carries. */
export interface RealtimeFeed {
  /** gtfs_realtime_version */
  readonly version: string;
  /** When it was true. */
  readonly ts?: number;
  readonly incrementality?: 'full_dataset' | 'differential';
  readonly vehicles: readonly VehicleReport[];
  readonly trips: readonly TripUpdate[];
  readonly alerts: readonly ServiceAlert[];
  /** Entities that a differential feed takes back. */
  readonly deleted: readonly string[];
}

/** Where a vehicle is, from its positions on the way. What is needed of the live picture for the feed of vehicles. */
export interface VehicleLocation {
  readonly vehicle: string;
  /** Of the last position, ms. */
  readonly ts: number;
  readonly lat: number;
  readonly lon: number;
  readonly bearing?: number;
  readonly speed_mps?: number;
  /** The departure that it drives; absent on a deadhead and when it is not known. */
  readonly departure?: { readonly pattern: string; readonly departs_ms: number };
  /** The next stop of that departure, counted from 1. */
  readonly next_stop_sequence?: number;
  /** It stands at that stop. */
  readonly at_stop?: boolean;
  /** People aboard. */
  readonly aboard?: number;
}

/** When a departure that is under way, or will be, calls at its stops. What is needed of arrival prediction for the feed of trips. */
export interface TripPrediction {
  /** As planned: what tells departures apart. */
  readonly departure: {
    readonly line: string;
    readonly pattern: string;
    readonly departs_ms: number;
    readonly vehicle: string;
  };
  /** Time of the position that it is made of, ms. */
  readonly ts: number;
  /** The stops ahead in order, each counted from 1 in the pattern. `low_ms` to `high_ms` is the band that the arrival lies in. */
  readonly stops: readonly {
    readonly stop_sequence: number;
    readonly stop: string;
    readonly arrives_ms: number;
    readonly departs_ms?: number | undefined;
    readonly low_ms?: number | undefined;
    readonly high_ms?: number | undefined;
  }[];
}
