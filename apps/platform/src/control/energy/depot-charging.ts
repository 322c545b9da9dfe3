import type { Charging } from '#libs/energy';
import type { Pack } from '#libs/games';
import { slotStart } from '#libs/kernel';
import { type DispatchPlan, placeOfDepot } from '#libs/transport';

/**
 * What a dispatch plan charges at the depots that venues feed, by stays: from when a vehicle first charges until it leaves the depot for what it does next, with all that it takes there.
 */
export const depotCharging = (
  { depots }: Pick<Pack['transport'], 'depots'>,
  { grid, blocks }: Pick<DispatchPlan, 'grid' | 'blocks'>,
): readonly Charging[] => {
  const fed = new Map(
    depots.filter(({ venue }) => venue !== undefined).map((depot) => [placeOfDepot(depot), depot.id]),
  );
  return blocks.flatMap(({ vehicle, activities }) => {
    const stays: Charging[] = [];
    for (const [at, activity] of activities.entries()) {
      const depot = activity.kind === 'charge' ? fed.get(activity.place) : undefined;
      if (activity.kind !== 'charge' || depot === undefined) continue;
      const departs = slotStart(grid, activities[at + 1]?.slot ?? activity.until_slot);
      const goesOn = activities[at - 1]?.kind === 'charge' ? stays.pop() : undefined;
      const start = goesOn?.start ?? slotStart(grid, activity.slot);
      stays.push({ vehicle, depot, kwh: (goesOn?.kwh ?? 0) + activity.kwh, start, end: departs });
    }
    return stays;
  });
};
