import { closedConnections, feederPath, type Pack, type PositionOf, sharesOf, type Venue } from '#libs/games';

/** The part of what a venue's meter shows that a feeder carries. */
export const feederShare = (feeders: Pack['feeders'], venue: Venue, feeder: string, positionOf: PositionOf): number =>
  sharesOf(closedConnections(venue, positionOf)).reduce(
    (sum, connection) => (feederPath(feeders, connection.feeder).includes(feeder) ? sum + connection.share : sum),
    0,
  );
