import type { Pack, Travel } from '#libs/games';
import type { TripDemand } from '../strategies/assign-demand.js';

/** Everybody whom the pack counts at gates and sends on lines: rides, and journeys without a line. */
export const listTravel = ({ lines, journeys = [] }: Pack['transport']): readonly Travel[] => [
  ...lines.flatMap(({ rides }) => rides),
  ...journeys,
];

/** People of a ride or journey in each slot, from what its counter counts there; those who need an accessible place apart. */
export const shareOut = (
  { from, to, group, share, accessible_share = 0 }: Travel,
  { venues }: Pick<Pack, 'venues'>,
  counts: readonly number[],
  slots: number,
): readonly Required<TripDemand>[] => {
  const stopOf = (venue: string): string => {
    const found = venues.find(({ id }) => id === venue);
    if (!found) throw new Error(`Venue ${venue} of a ride or journey is not in the pack.`);
    return found.stop;
  };
  const people = (accessible: boolean, part: number): Required<TripDemand> => ({
    group,
    from_stop: stopOf(from),
    to_stop: stopOf(to),
    accessible,
    arrivals: Array.from({ length: slots }, (_, slot) => Math.max(0, counts[slot] ?? 0) * share * part),
  });
  return [people(false, 1 - accessible_share), ...(accessible_share > 0 ? [people(true, accessible_share)] : [])];
};
