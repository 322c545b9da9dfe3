import type { Pack } from '#libs/games';
import { type EpochMs, findSlot } from '#libs/kernel';

import { droppedDepartures, nextDepartures } from './next-departures.js';
import type { LineGlance } from './overview.schema.js';
import { findInForce, type Picture, type StoredDispatchPlan } from './picture.js';

const SHOWN_DEPARTURES = 6;

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
  const { now, estimate } = picture;
  const plan = findInForce(picture.dispatch, now);
  return pack.transport.lines.map(({ id }) => ({
    id,
    name: lineName(id),
    next_departures: nextDepartures(picture, id).filter(
      // What people added is shown however far ahead, so that they see what became of it.
      ({ source }, index) => index < SHOWN_DEPARTURES || source === 'override',
    ),
    dropped_departures: droppedDepartures(picture, id),
    queue: estimate.lines.find((entry) => entry.line === id)?.queue ?? plannedQueue(plan, id, now) ?? null,
    mean_wait_seconds: plan?.content.lines.find((entry) => entry.line === id)?.mean_wait_s ?? null,
    unserved_passengers:
      plan?.content.unserved.reduce((sum, entry) => sum + (entry.line === id ? entry.passengers : 0), 0) ?? null,
  }));
};
