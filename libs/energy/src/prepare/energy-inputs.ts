import type { Forecast } from '#libs/forecast';
import type { Pack } from '#libs/games';
import type { EpochMs, Interval, SlotGrid } from '#libs/kernel';

/** An asset of a venue, `<venue>/<asset>`. */
export const assetKey = (venue: string, asset: string): string => `${venue}/${asset}`;

/** Highest quarter hours of import. */
export interface ReachedPeak {
  /** In the calendar month of the grid's start: what it costs is sunk. */
  readonly month_kw: number;
  /** In the last 31 days: what a month reaches anyway. */
  readonly usual_kw: number;
}

/** What was measured up to the grid's first slot. An asset of which nothing is known is left out of the plan: nobody can plan it. */
export interface MeasuredState {
  /** What thermal stores hold, by asset. */
  readonly stored: ReadonlyMap<string, number>;
  /** Generators, by asset: on or off, and for how many slots so. */
  readonly running: ReadonlyMap<string, { readonly on: boolean; readonly slots: number }>;
  /** Transfer switches, by asset: the connection that is closed, counted from 1 as the pack lists them, 0 for none, and for how many slots so. One of which nothing is known stays on its first, or where people hold it. */
  readonly positions: ReadonlyMap<string, { readonly position: number; readonly slots: number }>;
  /** Work that tasks have done in the window that is open at the grid's start, by asset. */
  readonly doneKwh: ReadonlyMap<string, number>;
  /** By feeder or connection with a peak charge. */
  readonly peaks: ReadonlyMap<string, ReachedPeak>;
}

/** Something is dead, as people entered it. */
export interface Outage {
  readonly of: 'feeder' | 'connection' | 'generator';
  /** Of a generator: its asset. */
  readonly id: string;
  readonly from: EpochMs;
  readonly until: EpochMs;
}

/** A transfer switch stays on one of its connections, as people entered it. */
export interface SwitchHold {
  readonly venue: string;
  readonly switch: string;
  readonly connection: string;
  readonly from: EpochMs;
  readonly until: EpochMs;
}

/** How a session of the pack really goes. */
export interface SessionWord {
  readonly venue: string;
  /** `<id>-<civil date>`. */
  readonly session: string;
  readonly state: 'scheduled' | 'running' | 'over_time' | 'ended' | 'cancelled';
  readonly expectedEnd: EpochMs | null;
}

/** A vehicle takes energy at a depot between two times: from when it arrives until it departs. */
export interface Charging extends Interval {
  readonly vehicle: string;
  readonly depot: string;
  readonly kwh: number;
}

/** What is expected of a load or of the sun, kW, with its quantiles. */
export type Expected = Pick<Forecast, 'values' | 'quantiles'>;

export interface EnergyInputs {
  readonly pack: Pack;
  readonly grid: SlotGrid;
  /** Mean power of each slot, kW, by venue; a venue that is missing draws and gives nothing. */
  readonly load: ReadonlyMap<string, Expected>;
  readonly pv: ReadonlyMap<string, Expected>;
  /** Of the loads with a point of their own, by asset. */
  readonly parts?: ReadonlyMap<string, Expected>;
  /** Last measured state of charge by venue. A battery of which none is known is left alone: nobody can plan it. */
  readonly socRatio: ReadonlyMap<string, number>;
  /** Absent: generators, thermal stores and tasks are left out, and switches stay on their first connection. */
  readonly measured?: MeasuredState;
  readonly outages?: readonly Outage[];
  /** In the order in which they begin. */
  readonly holds?: readonly SwitchHold[];
  /** What was said of sessions; of others the pack's word counts. */
  readonly sessions?: readonly SessionWord[];
  /** What the dispatch plan charges at depots. */
  readonly charging?: readonly Charging[];
}
