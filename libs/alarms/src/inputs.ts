/**
 * What the alarms look at: the latest picture of the event, one place to read it from. Ages are event time, power in kW.
 * Ids name the alarm, so that it stays the same one; names are what people read.
 */
export interface AlarmInputs {
  /** Of the times in texts. */
  readonly time_zone: string;
  readonly feeders: readonly {
    readonly id: string;
    readonly name: string;
    readonly load_kw: number;
    readonly limit_kw: number;
  }[];
  readonly venues: readonly {
    readonly id: string;
    readonly name: string;
    readonly import_kw: number;
    readonly import_limit_kw: number;
  }[];
  /** Age of the newest reading of each venue; null when there never was one. */
  readonly readings: readonly {
    readonly venue: string;
    readonly venue_name: string;
    readonly age_seconds: number | null;
  }[];
  /** `age_seconds` null: there is no active plan. */
  readonly plans: readonly {
    readonly kind: string;
    readonly age_seconds: number | null;
    readonly cadence_seconds: number;
    /** A newer plan waits for a person. */
    readonly waiting: boolean;
  }[];
  readonly gateways: readonly {
    readonly venue: string;
    readonly venue_name: string;
    readonly id: string;
    readonly online: boolean;
  }[];
  /** Points whose gateway or device is online. */
  readonly points: readonly {
    readonly venue: string;
    readonly venue_name: string;
    readonly total: number;
    /** Those without a reading for three of their intervals. */
    readonly stale: readonly string[];
  }[];
  /** Clocks of the gateways and devices that are online, as far as they are known. */
  readonly clocks: readonly {
    readonly venue: string;
    readonly venue_name: string;
    readonly id: string;
    /** Its clock minus ours; positive when it is ahead. */
    readonly skew_seconds: number;
  }[];
  /** Of event time against the wall's: what is a second of delay is so many of clock. */
  readonly speed: number;
  /** Readings that gateways gave up lately. */
  readonly losses: readonly {
    readonly venue: string;
    readonly venue_name: string;
    readonly id: string;
    readonly readings: number;
  }[];
  /** What is wrong with vehicles, as the live picture says it. */
  readonly vehicles: readonly { readonly vehicle: string; readonly trouble: string; readonly text: string }[];
  readonly lines: readonly { readonly id: string; readonly name: string; readonly unserved_passengers: number }[];
  /** Of the active energy plan. */
  readonly violations: readonly {
    readonly limit: string;
    readonly at: string;
    /** Name of the venue or feeder. */
    readonly at_name: string;
    readonly worst_kw: number;
    readonly from_ms: number;
  }[];
}
