import { type EpochMs, floorTo, MINUTE_MS } from '#libs/kernel';
import { type OverrideRule, setpointOverrides } from './override.js';

/** A setpoint of an energy plan for one slot. */
export interface PlannedSetpoint {
  readonly venue: string;
  /** Its name in the plan: `battery`, `pv`, or that of a unit, a task, a load or a switch. */
  readonly asset: string;
  readonly from_ms: number;
  readonly until_ms: number;
  readonly value: number;
  /** Absent: kW. */
  readonly unit?: 'kW' | 'position';
}

/** What an asset is to do now, and on whose word. */
export interface CurrentSetpoint extends PlannedSetpoint {
  /** The override that gave the value; null when the plan did. */
  readonly override: string | null;
}

/** An override is renewed each slot like a plan, so that a dead platform is noticed within one. */
const SLOT_MS = 15 * MINUTE_MS;

/**
 * The setpoints in force at `now`, one an asset: the plan's slot that holds `now`, and over it the overrides in force. An override's part
 * ends with the slot or with the override, whichever is first; assets of which neither speaks are left out.
 */
export const currentSetpoints = (
  planned: readonly PlannedSetpoint[],
  overrides: readonly OverrideRule[],
  now: EpochMs,
): readonly CurrentSetpoint[] => {
  const current = new Map<string, CurrentSetpoint>();
  for (const { venue, asset, from_ms, until_ms, value, unit = 'kW' } of planned)
    if (from_ms <= now && now < until_ms)
      current.set(`${venue}/${asset}`, { venue, asset, from_ms, until_ms, value, unit, override: null });
  const slotStart = floorTo(now, SLOT_MS);
  for (const { id, until, target } of setpointOverrides(overrides, now))
    current.set(`${target.venue}/${target.asset}`, {
      ...target,
      from_ms: slotStart,
      until_ms: Math.min(slotStart + SLOT_MS, until),
      override: id,
    });
  return [...current.values()];
};
