import { fromCivil, type Interval } from '#libs/kernel';
import { getCivil } from './civil.js';
import type { Pack } from './pack.js';
import type { Venue } from './schema.js';

/** A grid connection of a venue, with its id. */
export type GridConnection = Venue['grid'] & { readonly id: string };

/** A venue's grid connections: first the one that bears its own id. */
export const listConnections = ({
  id,
  grid,
  connections = [],
}: Pick<Venue, 'id' | 'grid' | 'connections'>): readonly GridConnection[] => [{ id, ...grid }, ...connections];

/** A feeder and all that it hangs on, outward. */
export const feederPath = (feeders: Pack['feeders'], feeder: string): readonly string[] => {
  const parents = new Map(feeders.map(({ id, parent }) => [id, parent]));
  const path: string[] = [];
  for (let at: string | undefined = feeder; at !== undefined && !path.includes(at); at = parents.get(at)) path.push(at);
  return path;
};

/** When the pack has a connection dead, in event time. */
export const plannedOutages = (
  { games }: { readonly games: Pick<Pack['games'], 'time_zone'> },
  { outages = [] }: Pick<GridConnection, 'outages'>,
): readonly Interval[] =>
  outages.map(({ from, until }) => ({
    start: fromCivil(games.time_zone, getCivil(from)),
    end: fromCivil(games.time_zone, getCivil(until)),
  }));
