import { feederPath, listConnections, type Pack, type Venue } from '#libs/games';

/** Where a switch of a venue stands, counted from 1; undefined where nobody knows. */
export type PositionOf = (venue: string, point: string) => number | undefined;

/** A venue's connections but for those that a switch leaves open. A switch of which nobody knows is taken to stand on its first. */
export const closedConnections = (venue: Venue, positionOf: PositionOf) => {
  const open = (venue.switches ?? []).flatMap(({ connections, point }) => {
    const position = Math.round(positionOf(venue.id, point) ?? 1);
    return connections.filter((_, at) => at + 1 !== position);
  });
  return listConnections(venue).filter(({ id }) => !open.includes(id));
};

/** The part of what a venue's meter shows that each of its closed connections carries: by its import limit. */
export const connectionShares = (venue: Venue, positionOf: PositionOf) => {
  const connections = closedConnections(venue, positionOf);
  const sum = connections.reduce((total, { import_limit_kw }) => total + import_limit_kw, 0);
  return connections.map(({ id, feeder, import_limit_kw }) => ({ id, feeder, share: import_limit_kw / sum }));
};

/** The part of what a venue's meter shows that a feeder carries. */
export const feederShare = (feeders: Pack['feeders'], venue: Venue, feeder: string, positionOf: PositionOf): number =>
  connectionShares(venue, positionOf).reduce(
    (sum, connection) => (feederPath(feeders, connection.feeder).includes(feeder) ? sum + connection.share : sum),
    0,
  );
