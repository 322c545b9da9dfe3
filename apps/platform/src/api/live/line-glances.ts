import type { Pack } from '#libs/games';
import { type EpochMs, findSlot } from '#libs/kernel';
import { departureOverrides } from '#libs/planning';
import type { Override } from '#libs/store';

import { findQueue } from './estimate.js';
import type { DepartureGlance, LineGlance } from './overview.schema.js';
import type { Picture, StoredDispatchPlan } from './picture.js';

const SHOWN_DEPARTURES = 6;

/** A line's departures after `now`: the plan's, without what people cancelled and with what they added, in time order. */
export const nextDepartures = (
  plan: StoredDispatchPlan | undefined,
  overrides: readonly Override[],
  line: string,
  now: EpochMs,
): DepartureGlance[] => {
  const words = departureOverrides(overrides, now).flatMap(({ target }) => (target.line === line ? [target] : []));
  const cancelled = new Set(words.flatMap(({ action, departs_ms }) => (action === 'cancel' ? [departs_ms] : [])));
  const planned = (plan?.state === 'active' ? plan.content.departures : [])
    .filter(
      (departure) => departure.line === line && departure.departs_ms > now && !cancelled.has(departure.departs_ms),
    )
    .map(({ departs_ms, pattern, vehicle }) => ({ departs_ms, pattern, vehicle, source: 'plan' as const }));
  const known = new Set(planned.map(({ departs_ms }) => departs_ms));
  const added = words
    .filter(({ action, departs_ms }) => action === 'add' && departs_ms > now && !known.has(departs_ms))
    .map(({ departs_ms }) => ({ departs_ms, pattern: null, vehicle: null, source: 'override' as const }));
  return [...planned, ...added].sort((a, b) => a.departs_ms - b.departs_ms);
};

/** People waiting for a line by the plan, at `now`. */
const plannedQueue = (plan: StoredDispatchPlan | undefined, line: string, now: EpochMs): number | undefined => {
  if (!plan) return undefined;
  const slot = findSlot(plan.content.grid, now) ?? (now < plan.content.grid.start ? 0 : undefined);
  return slot === undefined ? undefined : plan.content.lines.find((entry) => entry.line === line)?.queue[slot];
};

export const lineGlances = (
  pack: Pick<Pack, 'transport'>,
  picture: Pick<Picture, 'now' | 'dispatch' | 'overrides' | 'estimate'>,
  lineName: (id: string) => string,
): LineGlance[] => {
  const { now, overrides, estimate } = picture;
  const { plan } = picture.dispatch;
  return pack.transport.lines.map(({ id }) => ({
    id,
    name: lineName(id),
    next_departures: nextDepartures(plan, overrides, id, now).slice(0, SHOWN_DEPARTURES),
    queue: findQueue(estimate, id) ?? plannedQueue(plan, id, now) ?? null,
    mean_wait_seconds: plan?.content.lines.find((entry) => entry.line === id)?.mean_wait_s ?? null,
    unserved_passengers:
      plan?.content.unserved.reduce((sum, entry) => sum + (entry.line === id ? entry.passengers : 0), 0) ?? null,
  }));
};
