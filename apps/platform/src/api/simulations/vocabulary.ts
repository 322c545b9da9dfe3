import { type Pack, sessionsBetween } from '#libs/games';
import { assetsOf, dayWindow } from '#libs/simulation';
import type { Feed } from '#libs/transport';

import type { Vocabulary } from './simulation.schema.js';

/** The names that overlays may use on a day of the pack. */
export const vocabularyOf = (pack: Pack, feed: Feed, day: string, lineName: (id: string) => string): Vocabulary => {
  const lines = [...new Set([...feed.trips.values()].map(({ line }) => line))].sort();
  return {
    day,
    venues: pack.venues.map(({ id, name }) => ({ id, name })),
    lines: lines.map((id) => ({ id, name: lineName(id) })),
    feeders: pack.feeders.map(({ id, name }) => ({ id, name })),
    batteries: pack.venues.flatMap(({ id, name, battery }) =>
      battery ? [{ id, name, capacity_kwh: battery.capacity_kwh, power_kw: battery.power_kw }] : [],
    ),
    counters: pack.gateways.flatMap(({ venue, points }) =>
      points.filter(({ unit }) => unit === 'people').map(({ id }) => ({ venue, point: id })),
    ),
    assets: pack.venues.flatMap((venue) => assetsOf(venue).map((asset) => ({ venue: venue.id, asset }))),
    sessions: sessionsBetween(pack, dayWindow({ day }, pack)).map(({ id, name, venue, start, end }) => ({
      id,
      name,
      venue,
      start_ms: start,
      end_ms: end,
    })),
    vehicles: pack.transport.fleet.reduce((sum, { count }) => sum + count, 0),
  };
};
