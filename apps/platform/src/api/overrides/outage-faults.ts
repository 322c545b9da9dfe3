import { listConnections, type Pack } from '#libs/games';
import type { OutageTarget } from '#libs/planning';

/** What the pack has against an outage: there is no such feeder, connection or generator. */
export const outageFaults = (
  { of, id }: OutageTarget,
  pack: Pick<Pack, 'feeders' | 'venues'>,
): readonly { readonly path: string; readonly message: string }[] => {
  const known = {
    feeder: pack.feeders.map((feeder) => feeder.id),
    connection: pack.venues.flatMap(listConnections).map((connection) => connection.id),
    generator: pack.venues.flatMap(({ id: venue, generators = [] }) => generators.map((one) => `${venue}/${one.id}`)),
  }[of];
  if (known.includes(id)) return [];
  const message = `There is no ${of} "${id}". Choose one of ${known.join(', ') || 'none'}.`;
  return [{ path: 'target.id', message }];
};
