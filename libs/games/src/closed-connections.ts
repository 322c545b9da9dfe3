import { type GridConnection, listConnections } from './grid.js';
import type { Venue } from './schema.js';

/** Where a switch of a venue stands, counted from 1; undefined where nobody knows. */
export type PositionOf = (venue: string, point: string) => number | undefined;

/** A venue's connections but for those that a switch leaves open. A switch of which nobody knows is taken to stand on its first. */
export const closedConnections = (venue: Venue, positionOf: PositionOf): readonly GridConnection[] => {
  const open = (venue.switches ?? []).flatMap(({ connections, point }) => {
    const position = Math.round(positionOf(venue.id, point) ?? 1);
    return connections.filter((_, at) => at + 1 !== position);
  });
  return listConnections(venue).filter(({ id }) => !open.includes(id));
};

/** The part of a venue's power that each of the connections that feed it carries: by its import limit, since a venue has one meter for all. */
export const sharesOf = (
  connections: readonly GridConnection[],
): readonly { readonly id: string; readonly feeder: string; readonly share: number }[] => {
  const sum = connections.reduce((total, { import_limit_kw }) => total + import_limit_kw, 0);
  return connections.map(({ id, feeder, import_limit_kw }) => ({ id, feeder, share: import_limit_kw / sum }));
};
