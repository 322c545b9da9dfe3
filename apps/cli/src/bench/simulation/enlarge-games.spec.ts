import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { listVehicles, loadPack } from '#libs/games';
import { readPackFeed } from '#libs/transport';

import { enlargeGames, type Games } from './enlarge-games.js';

describe('Games three times as large', () => {
  let games: Games;
  beforeAll(async () => {
    const pack = await loadPack(resolve('config/milano-cortina-2026'));
    const feed = pack.ok ? readPackFeed(pack.value) : pack;
    if (!pack.ok || !feed.ok) throw new Error('The pack cannot be read.');
    games = { pack: pack.value, feed: feed.value };
  });

  it('have three of everything, and no id twice', () => {
    const { pack, feed } = enlargeGames(games, 3);
    const idsOf = ({ pack: { feeders, venues, gateways, sessions, transport } }: Pick<Games, 'pack'>) => [
      ...[feeders, venues, gateways, sessions.entries, transport.depots, transport.lines].map((all) => all.map(({ id }) => id)),
      listVehicles(transport).map(({ id }) => id),
    ]; // prettier-ignore
    const [before, after] = [idsOf(games), idsOf({ pack })];
    expect(after.map((ids) => new Set(ids).size)).toEqual(before.map((ids) => 3 * ids.length));
    expect([feed.stops.size, feed.trips.size]).toEqual([3 * games.feed.stops.size, 3 * games.feed.trips.size]);
  });

  it('name nothing that is not there', () => {
    const { pack, feed } = enlargeGames(games, 3);
    const venues = new Set(pack.venues.map(({ id }) => id));
    const feeders = new Set(pack.feeders.map(({ id }) => id));
    const depots = new Set(pack.transport.depots.map(({ id }) => id));
    const { lines, journeys = [], fleet, bays = [], load_zones = [] } = pack.transport;
    const stops = [
      ...pack.venues.map(({ stop }) => stop),
      ...[...bays, ...load_zones].map(({ stop }) => stop),
      ...[...feed.trips.values()].flatMap((trip) => trip.stops.map(({ stop }) => stop)),
    ];
    const named = [...lines.flatMap(({ rides }) => rides), ...journeys].flatMap(({ from, to, count }) => [from, to, count.venue]); // prettier-ignore
    expect(stops.filter((stop) => !feed.stops.has(stop))).toEqual([]);
    expect([...named, ...pack.gateways.map(({ venue }) => venue)].filter((id) => !venues.has(id))).toEqual([]);
    expect(pack.venues.filter(({ grid }) => !feeders.has(grid.feeder))).toEqual([]);
    expect(pack.feeders.filter(({ parent }) => parent !== undefined && !feeders.has(parent))).toEqual([]);
    expect(fleet.filter(({ depot }) => !depots.has(depot))).toEqual([]);
    expect([...feed.trips.values()].filter(({ line }) => !feed.lines.has(line))).toEqual([]);
  });
});
