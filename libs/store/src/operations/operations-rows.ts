import type { CommandOutcome, Override, TripRow } from '../contract.js';
import type { CommandOutcomeEntity } from '../schema/entities/command-outcome.js';
import type { OverrideEntity } from '../schema/entities/override.js';
import type { TripEntity } from '../schema/entities/trip.js';

export const toOverride = (row: OverrideEntity): Override => ({
  id: row.id,
  kind: row.kind,
  target: row.target,
  from: row.from,
  until: row.until,
  by: row.by,
  reason: row.reason,
  ended: row.ended,
});

export const toOutcome = (row: CommandOutcomeEntity): CommandOutcome => ({
  plan: row.plan,
  seq: row.seq,
  kind: row.kind,
  target: row.target,
  state: row.state,
  reason: row.reason,
  measured: row.measured,
  at: row.at,
});

export const toTrip = (row: TripEntity): TripRow => ({
  line: row.line,
  pattern: row.pattern,
  vehicle: row.vehicle,
  departs: row.departs,
  plan: row.plan,
});
