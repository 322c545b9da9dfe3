import type { EpochMs } from '#libs/kernel';
import type { OverrideKind, Plan, PlanEvent, PlanKind, PlanState } from '#libs/planning';

export interface ReadingRow {
  readonly pointId: number;
  readonly ts: EpochMs;
  readonly value: number;
  readonly quality: number;
}

export interface RejectedMessage {
  readonly topic: string;
  /** At most 4 KiB of it is kept. */
  readonly payload: Uint8Array;
  readonly reason: string;
  /** Readings lost with it; a message that could not be read at all counts as one. */
  readonly readings: number;
}

/** Everything up to `seq` of this gateway is in the batch or was stored before. */
export interface Receipt {
  readonly venue: string;
  readonly gateway: string;
  readonly seq: number;
}

/** An MQTT packet: what makes a message the same one when it comes again. */
export interface Delivery {
  readonly session: string;
  /** MQTT packet identifier, 1 to 65,535; used again by later messages. */
  readonly messageId: number;
  /** Hash of topic and payload. */
  readonly fingerprint: string;
  readonly received: EpochMs;
  /** When it came, by `performance.now()`: event time may jump. */
  readonly arrived: number;
  /** It is known to have been delivered before. */
  readonly again: boolean;
}

/**
 * A message with readings that carry no time of their own: those at `delivery.received`. When the message was stored before, they are moved to
 * its first arrival, and so are there already.
 */
export interface UntimedMessage {
  readonly delivery: Delivery;
  readonly readings: readonly ReadingRow[];
}

/** Where a vehicle was, as it said. What it did not say is null. */
export interface PositionRow {
  readonly vehicle: string;
  readonly ts: EpochMs;
  /** Degrees, WGS 84. */
  readonly lat: number;
  readonly lon: number;
  /** Degrees clockwise from north. */
  readonly bearing: number | null;
  readonly speed_mps: number | null;
  /** What it drives, in its own words. */
  readonly trip: string | null;
  /** People on board. */
  readonly occupancy: number | null;
}

export interface Batch {
  readonly readings: readonly ReadingRow[];
  readonly receipts: readonly Receipt[];
  readonly rejected: readonly RejectedMessage[];
  /** In the order of their arrival. */
  readonly untimed?: readonly UntimedMessage[];
  /** One that is there already changes nothing. */
  readonly positions?: readonly PositionRow[];
}

export interface PointRow {
  readonly id: number;
  readonly venue: string;
  readonly gateway: string;
  readonly point: string;
  readonly kind: string;
  readonly unit: string;
}

/** A step of a series. Power is averaged, counts are summed by the reader of `sum`. */
export interface SeriesStep {
  readonly ts: EpochMs;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly count: number;
  readonly last: number;
}

export interface RollUpOptions {
  /**
   * Minutes that are still being written to wait for a later call: written to in the last 5 s, and first not more than 75 s ago (wall time). So a live
   * minute is made once, not at every call. Series are exact all the same.
   */
  readonly settled: boolean;
}

export interface ReadingStore {
  /** One transaction: all or nothing, and the same batch twice changes nothing more. */
  write(batch: Batch): Promise<{ readonly inserted: number; readonly duplicates: number }>;
  /** One transaction. Rows marked QUALITY_IMPORTED, rolled up before it returns; those that were there before stay. Returns how many were new. */
  importHistory(
    rows: Iterable<ReadingRow> | AsyncIterable<ReadingRow>,
    onProgress?: (rows: number) => void,
  ): Promise<number>;
  isEmpty(): Promise<boolean>;
  /** Running totals kept with each batch: published readings stored, imported history, readings rejected. */
  totals(): Promise<{ readonly stored: number; readonly imported: number; readonly rejected: number }>;
  receipts(): Promise<readonly Receipt[]>;
  latest(pointIds: readonly number[]): Promise<ReadonlyMap<number, ReadingRow>>;
  /** At most 5,000 steps of `[from, to)`, from the coarsest table that answers; gaps stay gaps. */
  series(pointId: number, from: EpochMs, to: EpochMs, stepMs: number): Promise<readonly SeriesStep[]>;
  /** Raw readings of `[from, to)` in time order, for a short recent window. */
  raw(pointIds: readonly number[], from: EpochMs, to: EpochMs): Promise<readonly ReadingRow[]>;
  /** Brings reading_1m and reading_15m up to date with what was written since the last call; returns buckets made. */
  rollUp(options?: RollUpOptions): Promise<number>;
  /** Partitions (chunks) around `now` made ahead. */
  makeRoom(now: EpochMs): Promise<void>;
  /** `makeRoom`, and data past its retention dropped. */
  maintain(now: EpochMs): Promise<void>;
}

export interface PositionStore {
  /** Positions of all vehicles in `[from, to)` in time order; of more than 50,000 the newest. For a short recent window. */
  between(from: EpochMs, to: EpochMs): Promise<readonly PositionRow[]>;
  /** The newest position of each vehicle that was heard in `[since, to)`, by vehicle. */
  latest(since: EpochMs, to: EpochMs): Promise<readonly PositionRow[]>;
  /** One vehicle's positions of `[from, to)` in time order; of more than `limit` the newest. */
  track(vehicle: string, from: EpochMs, to: EpochMs, limit: number): Promise<readonly PositionRow[]>;
}

export interface PlanStore {
  nextSeq(kind: PlanKind): Promise<number>;
  /** Stores a new plan with its first event. */
  insert(plan: Plan, event: PlanEvent): Promise<void>;
  /** Moves a plan on; false when its state is no longer one of `from` (someone was faster). */
  transition(id: string, from: readonly PlanState[], event: PlanEvent): Promise<boolean>;
  /**
   * Makes one plan active and the kind's active one superseded (or rolled_back), in one transaction. Forward (`superseded`) takes a plan that was
   * not put away; only a roll-back takes up a superseded or rolled-back one. False when its state is no longer one of these.
   */
  activate(id: string, event: PlanEvent, previousBecomes: 'superseded' | 'rolled_back'): Promise<boolean>;
  find(id: string): Promise<Plan | undefined>;
  findActive(kind: PlanKind): Promise<Plan | undefined>;
  /** Newest first, without problem and content. */
  list(filter: {
    readonly kind?: PlanKind;
    readonly state?: PlanState;
    /** Only those that were active at some time, or are. */
    readonly wasActive?: boolean;
    readonly limit: number;
  }): Promise<readonly Omit<Plan, 'problem' | 'content'>[]>;
  events(id: string): Promise<readonly PlanEvent[]>;
  /**
   * Drops plans made before `before` that no person touched, and returns how many. Of those that a person touched, made before `documentsBefore`,
   * problem and content become null; head, provenance and events stay. An active plan stays as it is.
   */
  prune(before: EpochMs, documentsBefore: EpochMs): Promise<number>;
}

/** A person's word over the plan until `until`: a fixed setpoint, a departure added or taken out, a vehicle that cannot drive, a closed road. */
export interface Override {
  readonly id: string;
  readonly kind: OverrideKind;
  /** setpoint: {venue, asset, value}; departure: {line, departs_ms, action: 'add' | 'cancel'}; vehicle: {vehicle}; road: {road}. */
  readonly target: Readonly<Record<string, string | number>>;
  readonly from: EpochMs;
  readonly until: EpochMs;
  readonly by: string;
  readonly reason: string;
  readonly ended: EpochMs | null;
}

export interface CommandOutcome {
  readonly plan: string;
  readonly seq: number;
  readonly kind: 'setpoint' | 'orders';
  /** `<venue>/<asset>` or the vehicle. */
  readonly target: string;
  readonly state: 'received' | 'applied' | 'refused' | 'expired';
  readonly reason: string | null;
  readonly measured: number | null;
  readonly at: EpochMs;
}

/** A departure that has left: what the fleet really did. */
export interface TripRow {
  readonly line: string;
  readonly pattern: string;
  readonly vehicle: string;
  readonly departs: EpochMs;
  readonly plan: string;
}

/** The last that was said of how a session really goes. */
export interface SessionState {
  readonly venue: string;
  /** `<id>-<civil date>`. */
  readonly session: string;
  readonly state: 'scheduled' | 'running' | 'over_time' | 'ended' | 'cancelled';
  /** When it is expected to end, or ended. */
  readonly expectedEnd: EpochMs | null;
  readonly by: string;
  readonly ts: EpochMs;
}

/** What a gateway last said of itself, and what ingest sees of it. */
export interface GatewayState {
  readonly venue: string;
  readonly gateway: string;
  readonly state: 'online' | 'offline';
  /** By the gateway's clock, epoch ms. */
  readonly ts: EpochMs;
  readonly buffered?: number;
  readonly published?: number;
  /** Readings given up because its buffer was full. */
  readonly dropped?: number;
  /** Its clock minus ours, seconds; positive when it is ahead. Absent until enough messages came. */
  readonly clockSkewS?: number;
}

/** A rejected message as it was kept. */
export interface StoredRejection extends RejectedMessage {
  /** Wall time. */
  readonly at: EpochMs;
}

/** What was rejected for one reason: messages, and the readings lost with them. */
export interface RejectedCount {
  /** Stable: what stands before the reason's first colon. */
  readonly code: string;
  readonly messages: number;
  readonly readings: number;
}

export interface OperationsStore {
  /** The newest rejected messages, newest first. */
  listRejected(limit: number): Promise<readonly StoredRejection[]>;
  /** What was rejected since a wall time, by reason, of the newest 100,000 messages. */
  countRejected(since: EpochMs): Promise<readonly RejectedCount[]>;
  /** Replaces what is known of these gateways; others stay. A gateway that no pack ever registered is left out. */
  /** Of each session what was said last counts, whatever the order. */
  saveSessionStates(states: readonly SessionState[]): Promise<void>;
  /** Said since an instant, newest first. */
  listSessionStates(since: EpochMs): Promise<readonly SessionState[]>;
  saveGatewayStates(states: readonly GatewayState[]): Promise<void>;
  listGatewayStates(): Promise<readonly GatewayState[]>;
  /** The stored event clock: on restart event time goes on from the later of now and `reserved_event_ms`, so that it never runs back. */
  loadClock(): Promise<{ readonly reservedEventMs: EpochMs } | undefined>;
  /** Reserves event time ahead; a lower value than the stored one changes nothing. */
  saveClock(reservedEventMs: EpochMs): Promise<void>;
  /** Gives back what was reserved and not used: sets the value, also to a lower one. For the leader only, as its last word. */
  releaseClock(eventMs: EpochMs): Promise<void>;
  addOverride(override: Override): Promise<void>;
  endOverride(id: string, at: EpochMs): Promise<boolean>;
  /** Not ended, and not over at `at`. */
  listOverrides(at: EpochMs): Promise<readonly Override[]>;
  addOutcomes(outcomes: readonly CommandOutcome[]): Promise<void>;
  listOutcomes(plan: string): Promise<readonly CommandOutcome[]>;
  addTrips(trips: readonly TripRow[]): Promise<void>;
  listTrips(from: EpochMs, to: EpochMs): Promise<readonly TripRow[]>;
  saveForecast(run: ForecastRun): Promise<void>;
  /** Latest estimates that other roles show, by name: small JSON documents. */
  putState(name: string, document: unknown): Promise<void>;
  getState(name: string): Promise<unknown>;
}

export interface ForecastRun {
  readonly id: string;
  readonly made: EpochMs;
  readonly method: string;
  readonly values: readonly { readonly pointId: number; readonly ts: EpochMs; readonly value: number }[];
}
