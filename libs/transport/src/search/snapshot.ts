import type { Schedule } from './schedule.js';
import type { Charge } from './charge.js';

/** What all vehicles do, by class, as the schedule counts it. */
export interface Snapshot {
  readonly cost: number;
  /** Of each strand to people, and of its counts. */
  readonly strandCosts: Float64Array;
  readonly trips: readonly Int32Array[];
  readonly deadheads: readonly Int32Array[];
  readonly calls: readonly Int32Array[];
  /** By class; only of watched ones. */
  readonly charges: readonly (readonly Charge[])[];
}

export const snapshotOf = (schedule: Schedule): Snapshot => ({
  cost: schedule.cost,
  strandCosts: schedule.strandCosts.slice(),
  trips: schedule.trips.map((row) => row.slice()),
  deadheads: schedule.deadheads.map((row) => row.slice()),
  calls: schedule.calls.map((row) => row.slice()),
  charges: schedule.charges.map((row) => [...row]),
});
