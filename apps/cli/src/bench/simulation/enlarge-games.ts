import type { Pack, Travel } from '#libs/games';
import type { Feed } from '#libs/transport';

/** A pack with its feed, as a simulated day takes them. */
export interface Games {
  readonly pack: Pack;
  readonly feed: Feed;
}

/** Copies lie so far apart that no vehicle gets from one to another within a day. */
const APART_DEGREES = 40;

/**
 * As many Games side by side: each copy has venues, feeders, sessions, gates, depots, vehicles and lines of its own, and the recordings of the first. Roads and devices are left out: empty rides go straight.
 * A copy's ids end in `~2`, `~3`, so its people and vehicles are drawn anew.
 */
export const enlargeGames = ({ pack, feed }: Games, size: number): Games => {
  const copies = Array.from({ length: size }, (_, copy) => copyGames(withoutRoads(pack), feed, copy));
  const [first, ...others] = copies;
  return others.reduce((all, one) => ({ pack: joinPacks(all.pack, one.pack), feed: joinFeeds(all.feed, one.feed) }), first ?? { pack, feed }); // prettier-ignore
};

const withoutRoads = ({ roads: _tables, ...pack }: Pack): Pack => ({
  ...pack,
  transport: withoutRoadSettings(pack.transport),
  devices: [],
});

const withoutRoadSettings = ({ roads: _settings, ...transport }: Pack['transport']): Pack['transport'] => transport;

const copyGames = (pack: Pack, feed: Feed, copy: number): Games => {
  if (copy === 0) return { pack, feed };
  const name = (id: string): string => `${id}~${copy + 1}`;
  const lon = (degrees: number): number => degrees + copy * APART_DEGREES;
  return { pack: copyPack(pack, name, lon), feed: copyFeed(feed, name, lon) };
};

type Rename = (id: string) => string;
type Move = (degrees: number) => number;

const copyPack = (pack: Pack, name: Rename, lon: Move): Pack => {
  const { transport, sessions } = pack;
  const copyTravel = (travel: Travel): Travel => ({
    ...travel,
    from: name(travel.from),
    to: name(travel.to),
    count: { ...travel.count, venue: name(travel.count.venue) },
  });
  return {
    ...pack,
    feeders: pack.feeders.map(({ id, parent, meter, ...feeder }) => ({
      ...feeder,
      id: name(id),
      ...(parent !== undefined && { parent: name(parent) }),
      ...(meter && { meter: { ...meter, venue: name(meter.venue) } }),
    })),
    venues: pack.venues.map(({ connections, switches, interlocks, ...venue }) => ({
      ...venue,
      id: name(venue.id),
      stop: name(venue.stop),
      grid: { ...venue.grid, feeder: name(venue.grid.feeder) },
      ...(connections && {
        connections: connections.map((one) => ({ ...one, id: name(one.id), feeder: name(one.feeder) })),
      }),
      ...(switches && { switches: switches.map((one) => ({ ...one, connections: one.connections.map(name) })) }),
      ...(interlocks && { interlocks: interlocks.map((one) => ({ ...one, connections: one.connections.map(name) })) }),
    })),
    gateways: pack.gateways.map((gateway) => ({ ...gateway, id: name(gateway.id), venue: name(gateway.venue) })),
    sessions: {
      ...sessions,
      entries: sessions.entries.map((entry) => ({ ...entry, id: name(entry.id), venue: name(entry.venue) })),
    },
    transport: {
      ...transport,
      depots: transport.depots.map((depot) => ({
        ...depot,
        id: name(depot.id),
        ...(depot.stop !== undefined && { stop: name(depot.stop) }),
        ...(depot.lon !== undefined && { lon: lon(depot.lon) }),
        ...(depot.venue !== undefined && { venue: name(depot.venue) }),
      })),
      fleet: transport.fleet.map((one) => ({ ...one, prefix: name(one.prefix), depot: name(one.depot) })),
      bays: (transport.bays ?? []).map((one) => ({ ...one, stop: name(one.stop) })),
      load_zones: (transport.load_zones ?? []).map((one) => ({ ...one, stop: name(one.stop) })),
      lines: transport.lines.map(({ id, patterns, rides }) => ({
        id: name(id),
        ...(patterns && {
          patterns: patterns.map((one) => ({ ...one, id: name(one.id), calls: one.calls.map(name) })),
        }),
        rides: rides.map(copyTravel),
      })),
      journeys: (transport.journeys ?? []).map(copyTravel),
    },
  };
};

const copyFeed = (feed: Feed, name: Rename, lon: Move): Feed => ({
  ...feed,
  stops: new Map(
    [...feed.stops].map(([id, { parent_station, ...stop }]) => [
      name(id),
      {
        ...stop,
        stop_id: name(id),
        ...(parent_station !== undefined && { parent_station: name(parent_station) }),
        ...(stop.stop_lon !== undefined && { stop_lon: lon(stop.stop_lon) }),
      },
    ]),
  ),
  lines: new Map([...feed.lines].map(([id, line]) => [name(id), { ...line, route_id: name(id) }])),
  trips: new Map(
    [...feed.trips].map(([id, { pattern, block, ...trip }]) => [
      name(id),
      {
        ...trip,
        id: name(id),
        line: name(trip.line),
        ...(pattern !== undefined && { pattern: name(pattern) }),
        ...(block !== undefined && { block: name(block) }),
        stops: trip.stops.map((call) => ({ ...call, stop: name(call.stop) })),
      },
    ]),
  ),
  transfers: [],
});

const joinPacks = (a: Pack, b: Pack): Pack => ({
  ...a,
  feeders: [...a.feeders, ...b.feeders],
  venues: [...a.venues, ...b.venues],
  gateways: [...a.gateways, ...b.gateways],
  sessions: { ...a.sessions, entries: [...a.sessions.entries, ...b.sessions.entries] },
  transport: {
    ...a.transport,
    depots: [...a.transport.depots, ...b.transport.depots],
    fleet: [...a.transport.fleet, ...b.transport.fleet],
    bays: [...(a.transport.bays ?? []), ...(b.transport.bays ?? [])],
    load_zones: [...(a.transport.load_zones ?? []), ...(b.transport.load_zones ?? [])],
    lines: [...a.transport.lines, ...b.transport.lines],
    journeys: [...(a.transport.journeys ?? []), ...(b.transport.journeys ?? [])],
  },
});

const joinFeeds = (a: Feed, b: Feed): Feed => ({
  ...a,
  stops: new Map([...a.stops, ...b.stops]),
  lines: new Map([...a.lines, ...b.lines]),
  trips: new Map([...a.trips, ...b.trips]),
});
