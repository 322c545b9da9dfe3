import type { Pack } from '#libs/games';
import { type EpochMs, epochMs, HOUR_MS, type Interval, slotStart } from '#libs/kernel';
import type { DispatchPlan } from '../problem/plan.js';
import { placeOfDepot } from './sites.js';

/** A vehicle takes energy at a depot between two times. */
export interface DepotStay extends Interval {
  readonly vehicle: string;
  readonly depot: string;
  readonly kwh: number;
}

/**
 * What a dispatch plan charges at the depots that venues feed, by stays: from when a vehicle first charges until it leaves the depot for what it does next, with all that it takes there.
 * Until its grid begins, vehicles charge as by the plan `before`.
 */
export const depotCharging = (
  { depots }: Pick<Pack['transport'], 'depots'>,
  { grid, blocks }: Pick<DispatchPlan, 'grid' | 'blocks'>,
  before: readonly DepotStay[] = [],
): readonly DepotStay[] => {
  const fed = new Map(
    depots.filter(({ venue }) => venue !== undefined).map((depot) => [placeOfDepot(depot), depot.id]),
  );
  const stays = blocks.flatMap(({ vehicle, activities }) => {
    const own: DepotStay[] = [];
    for (const [at, activity] of activities.entries()) {
      const depot = activity.kind === 'charge' ? fed.get(activity.place) : undefined;
      if (activity.kind !== 'charge' || depot === undefined) continue;
      const departs = slotStart(grid, activities[at + 1]?.slot ?? activity.until_slot);
      const goesOn = activities[at - 1]?.kind === 'charge' ? own.pop() : undefined;
      const start = goesOn?.start ?? slotStart(grid, activity.slot);
      own.push({ vehicle, depot, kwh: (goesOn?.kwh ?? 0) + activity.kwh, start, end: departs });
    }
    return own;
  });
  return joinStays([...before.flatMap((stay) => cutAt(stay, grid.start)), ...stays]);
};

/** Stays that ended so long before a grid begins are of no use to anybody. */
const KEPT_MS = HOUR_MS;

/** The part of a stay that ends by `end`, charging evenly; of one that was over long before, nothing. */
const cutAt = (stay: DepotStay, end: EpochMs): readonly DepotStay[] => {
  if (stay.start >= end || stay.end < end - KEPT_MS) return [];
  const part = (Math.min(stay.end, end) - stay.start) / (stay.end - stay.start);
  return [{ ...stay, kwh: stay.kwh * part, end: epochMs(Math.min(stay.end, end)) }];
};

/** Who goes on charging where the other plan begins has one stay. */
const joinStays = (stays: readonly DepotStay[]): readonly DepotStay[] => {
  const joined: DepotStay[] = [];
  for (const stay of stays) {
    const at = joined.findIndex(({ vehicle, depot, end }) => {
      return vehicle === stay.vehicle && depot === stay.depot && end === stay.start;
    });
    const before = at < 0 ? undefined : joined.splice(at, 1)[0];
    joined.push(before ? { ...stay, start: before.start, kwh: before.kwh + stay.kwh } : stay);
  }
  return joined;
};
