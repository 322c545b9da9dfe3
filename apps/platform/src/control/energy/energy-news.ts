import type { EpochMs } from '#libs/kernel';
import { isInForce, listHeldSwitches, listOutages, type OverrideRule } from '#libs/planning';
import type { SessionState } from '#libs/store';

/** What people and venues have said that energy plans go by, as a text that changes when they say something else. */
export const energyNews = (
  overrides: readonly OverrideRule[],
  sessions: readonly SessionState[],
  now: EpochMs,
): string =>
  JSON.stringify([
    listOutages(overrides, now).map(({ of, id, from, until }) => [of, id, from, until]),
    listHeldSwitches(overrides, now).map(({ id, from, until }) => [id, from, until]),
    overrides.filter((override) => override.kind === 'setpoint' && isInForce(override, now)).map(({ id }) => id),
    sessions.map(({ venue, session, state, expectedEnd }) => [venue, session, state, expectedEnd]),
  ]);
