/** A trip that the public was told of, in the static feed of a day. */
export interface DayTrip {
  /** GTFS trip_id; see `tripId`. */
  readonly id: string;
  readonly line: string;
  readonly pattern: string;
  /** The trip of the pack's feed that it has its running times, shape and headsign from. */
  readonly template: string;
  /** Service day: its civil midnight, ms. */
  readonly day: number;
  /** Announced departure from the first stop, s of the service day. */
  readonly start_s: number;
  /** Who is to drive it, when that is known. */
  readonly vehicle?: string;
}

/** A call at a stop. Counted from 1. */
export interface PlannedCall {
  readonly stop_sequence: number;
  readonly stop: string;
  readonly arrives_ms: number;
  readonly departs_ms: number;
}

/** A trip as it is to be driven now. */
export interface PlannedTrip extends DayTrip {
  /** `added`: not in the static feed. `canceled`: in it, and not driven. */
  readonly status: 'scheduled' | 'added' | 'canceled';
  /** When it leaves or has left by the plan; the announced time where it is canceled. */
  readonly departs_ms: number;
  /** Announced times. */
  readonly calls: readonly PlannedCall[];
}
