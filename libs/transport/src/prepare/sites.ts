import type { Pack } from '#libs/games';
import type { Feed } from '../gtfs/feed.js';
import type { Place } from '../problem/problem.js';

/** Where a place lies, degrees. */
export interface Position {
  readonly lat: number;
  readonly lon: number;
}

/** A place of the problem, with where it lies. A stop without a position lies nowhere: nobody drives to it empty. */
export interface Site extends Place {
  readonly position: Position | undefined;
}

/** The place of a depot: its stop, or one of its own. The place of a terminus is its stop. */
export const placeOfDepot = ({ id, stop }: Pack['transport']['depots'][number]): string => stop ?? `depot:${id}`;

export const positionOfStop = (feed: Pick<Feed, 'stops'>, stop: string): Position | undefined => {
  const row = feed.stops.get(stop);
  return row?.stop_lat === undefined || row.stop_lon === undefined
    ? undefined
    : { lat: row.stop_lat, lon: row.stop_lon };
};

/** Termini of the patterns, and depots with their chargers; each once. */
export const listSites = (
  transport: Pick<Pack['transport'], 'depots'>,
  feed: Pick<Feed, 'stops'>,
  termini: readonly string[],
): readonly Site[] => {
  const sites = new Map<string, Site>();
  for (const stop of termini) sites.set(stop, { id: stop, position: positionOfStop(feed, stop) });
  for (const depot of transport.depots) {
    const id = placeOfDepot(depot);
    const { stop, lat, lon, chargers, charging_kw } = depot;
    const own = lat === undefined || lon === undefined ? undefined : { lat, lon };
    sites.set(id, {
      id,
      position: stop === undefined ? own : positionOfStop(feed, stop),
      ...(chargers !== undefined && { chargers }),
      ...(charging_kw !== undefined && { charging_kw }),
    });
  }
  return [...sites.values()];
};
