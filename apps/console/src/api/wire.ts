/**
 * The documents of the API that the page reads, as they are on the wire (`/api/docs`).
 * Times are epoch milliseconds of event time unless they say wall.
 */

export type PlanKind = 'dispatch' | 'energy';
export type PlanState = 'proposed' | 'approved' | 'active' | 'superseded' | 'rejected' | 'rolled_back';

/** `without_plan`: with idle batteries, or under the timetable. */
export interface Cost {
  readonly total: number;
  readonly without_plan: number;
  readonly currency: string;
}

/** A plan that a person is to decide on. */
export interface Proposal {
  readonly id: string;
  readonly seq: number;
  readonly created_ms: number;
  readonly valid_until_ms: number;
  readonly cost: Cost;
  readonly violations: number;
}

/** A kind's plan at a glance: the active one, else the newest. */
export interface PlanGlance {
  readonly id: string;
  readonly seq: number;
  readonly state: PlanState;
  readonly created_ms: number;
  readonly valid_until_ms: number;
  readonly age_seconds: number;
  readonly solver: string;
  readonly solver_status: string;
  readonly gap_ratio: number | null;
  readonly solve_ms: number;
  readonly cost: Cost;
  readonly violations: number;
  /** The newest that waits for a person; null while plans start by themselves. */
  readonly proposed: Proposal | null;
  /** After a roll-back, new plans wait for a person until then. */
  readonly hold: { readonly until_ms: number; readonly by: string; readonly reason: string } | null;
}

export interface Venue {
  readonly id: string;
  readonly name: string;
  /** That it hangs on now. */
  readonly feeder: string;
  readonly load_kw: number | null;
  readonly pv_kw: number | null;
  /** Positive while charging. */
  readonly battery_kw: number | null;
  readonly battery_soc_ratio: number | null;
  /** Positive while importing. */
  readonly grid_kw: number | null;
  readonly import_limit_kw: number;
  /** Of the oldest of these values; null when nothing is measured. */
  readonly measured_ms: number | null;
  /** All that may feed it. */
  readonly connections: readonly { readonly id: string; readonly feeder: string }[];
  readonly generators: readonly string[];
  readonly switches: readonly TransferSwitch[];
  readonly points: PointCounts;
}

/** Puts a venue on one of several connections. */
export interface TransferSwitch {
  readonly id: string;
  readonly connections: readonly { readonly id: string; readonly feeder: string }[];
  /** The connection that is closed, counted from 1; 0: none; null: not measured. */
  readonly position: number | null;
}

/** Points by how fresh they are. */
export type PointCounts = Readonly<Record<PointState, number>>;
export type PointState = 'live' | 'stale' | 'never';

export interface Feeder {
  readonly id: string;
  readonly name: string;
  readonly load_kw: number | null;
  readonly limit_kw: number;
  readonly loading_ratio: number | null;
}

export interface Line {
  readonly id: string;
  readonly name: string;
  readonly next_departures: readonly {
    readonly departs_ms: number;
    readonly vehicle: string | null;
    readonly source: 'plan' | 'override';
  }[];
  /** Planned or added, but no vehicle can make them. */
  readonly dropped_departures: readonly { readonly departs_ms: number; readonly reason: string }[];
  /** People waiting now, over all stops. */
  readonly queue: number | null;
  readonly mean_wait_seconds: number | null;
}

export interface Gateway {
  readonly venue: string;
  readonly id: string;
  readonly state: 'online' | 'offline' | 'unknown';
  readonly buffered: number | null;
}

export interface Session {
  readonly id: string;
  readonly venue: string;
  readonly name: string;
  readonly start_ms: number;
  readonly end_ms: number;
  /** As its venue said. */
  readonly state: 'scheduled' | 'running' | 'over_time' | 'ended' | 'cancelled' | null;
  readonly expected_end_ms: number | null;
}

/** What a dispatch plan changed and why, or a closed road. */
export interface NewsItem {
  readonly at_ms: number;
  readonly text: string;
}

export interface Override {
  readonly id: string;
  readonly kind: 'setpoint' | 'departure' | 'vehicle' | 'road' | 'outage' | 'switch';
  readonly target: Readonly<Record<string, string | number>>;
  readonly from_ms: number;
  readonly until_ms: number;
  readonly by: string;
  readonly reason: string;
}

export interface Alarm {
  readonly id: string;
  readonly priority: 'critical' | 'high' | 'medium' | 'low';
  readonly text: string;
  readonly advice: string;
  readonly since_ms: number;
  readonly acknowledged: { readonly by: string; readonly at_ms: number } | null;
}

/** `/overview`, and each `overview` event of the stream. */
export interface Overview {
  readonly now: number;
  readonly event: { readonly name: string; readonly time_zone: string; readonly currency: string };
  readonly clock: { readonly state: 'online' | 'offline' | 'unknown'; readonly speed: number };
  readonly readings: { readonly stored: number; readonly rejected: number };
  /** While history is imported: plans come after it. */
  readonly importing: { readonly done_ratio: number } | null;
  readonly plans: Readonly<Record<PlanKind, PlanGlance | null>>;
  readonly approval: Readonly<Record<PlanKind, 'automatic' | 'by_approval'>>;
  readonly venues: readonly Venue[];
  readonly feeders: readonly Feeder[];
  readonly gateways: readonly Gateway[];
  readonly lines: readonly Line[];
  readonly news: readonly NewsItem[];
  readonly sessions: { readonly now: readonly Session[]; readonly next: readonly Session[] };
  readonly overrides: readonly Override[];
  readonly alarms: readonly Alarm[];
}

/** A plan in `/plans`. */
export interface PlanListing {
  readonly id: string;
  readonly seq: number;
  readonly state: PlanState;
  readonly created_ms: number;
  readonly valid_until_ms: number;
}

/** What the page reads of an energy plan's `content`. Series have one value a slot. */
export interface EnergyContent {
  readonly grid: { readonly start: number; readonly slotMs: number; readonly count: number };
  readonly sites: readonly {
    readonly site: string;
    readonly import_kw: readonly number[];
    readonly export_kw: readonly number[];
  }[];
}

/** `/venues/{id}/series`: steps in time order, those without readings left out. */
export interface Series {
  readonly steps: readonly {
    readonly ts_ms: number;
    /** The mean; of a count its sum. */
    readonly value: number;
  }[];
}
