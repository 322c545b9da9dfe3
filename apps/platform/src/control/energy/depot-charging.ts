import type { Charging } from '#libs/energy';
import type { Pack } from '#libs/games';
import { slotStart } from '#libs/kernel';
import { type DispatchPlan, placeOfDepot } from '#libs/transport';

/** What a dispatch plan charges at the depots that venues feed: each vehicle's stay until it leaves for what it does next. */
export const depotCharging = (
  { depots }: Pick<Pack['transport'], 'depots'>,
  { grid, blocks }: Pick<DispatchPlan, 'grid' | 'blocks'>,
): readonly Charging[] => {
  const fed = new Map(
    depots.filter(({ venue }) => venue !== undefined).map((depot) => [placeOfDepot(depot), depot.id]),
  );
  return blocks.flatMap(({ vehicle, activities }) =>
    activities.flatMap((activity, at): readonly Charging[] => {
      const depot = activity.kind === 'charge' ? fed.get(activity.place) : undefined;
      if (activity.kind !== 'charge' || depot === undefined) return [];
      const departs = activities[at + 1]?.slot ?? activity.until_slot;
      return [
        { vehicle, depot, kwh: activity.kwh, start: slotStart(grid, activity.slot), end: slotStart(grid, departs) },
      ];
    }),
  );
};
