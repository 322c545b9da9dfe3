import { feederPath, listConnections, type Pack, type Venue } from '#libs/games';

/** The part of what a venue's meter shows that each of its connections carries: by its import limit. */
export const connectionShares = (venue: Venue) => {
  const connections = listConnections(venue);
  const sum = connections.reduce((total, { import_limit_kw }) => total + import_limit_kw, 0);
  return connections.map(({ id, feeder, import_limit_kw }) => ({ id, feeder, share: import_limit_kw / sum }));
};

/** The part of what a venue's meter shows that a feeder carries. */
export const feederShare = (feeders: Pack['feeders'], venue: Venue, feeder: string): number =>
  connectionShares(venue).reduce(
    (sum, connection) => (feederPath(feeders, connection.feeder).includes(feeder) ? sum + connection.share : sum),
    0,
  );
