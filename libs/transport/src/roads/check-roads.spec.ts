import { describe, expect, it } from '@jest/globals';
import type { Pack, RoadLink } from '#libs/games';
import { zipFeed } from '../gtfs/tiny-feed.fixture.js';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { tinyPack } from '../prepare/tiny-pack.fixture.js';
import { checkRoads } from './check-roads.js';
import { listPatternWays } from './pattern-ways.js';
import { buildRoadNetwork, findRoadDrive, strictestVehicle } from './road-network.js';
import { atTime, tinyLink } from './tiny-roads.fixture.js';

/** Roads around the loop of the tiny feed: a to b to c to a. */
const nodes = [
  { id: 'n1', lat: 46.5, lon: 12.1 },
  { id: 'n2', lat: 46.6, lon: 12.2 },
  { id: 'n3', lat: 46.7, lon: 12.3 },
  { id: 'n4', lat: 46.5, lon: 12.3 },
];
const loop = [
  tinyLink('12', 'n1', 'n2', { name: 'Pass road' }),
  tinyLink('23', 'n2', 'n3', { maxHeightM: 3.5 }),
  tinyLink('34', 'n3', 'n4'),
  tinyLink('41', 'n4', 'n1'),
];

const feedOf = (stops?: string) => {
  const read = readGtfs(zipFeed(stops === undefined ? {} : { 'stops.txt': stops }));
  if (!read.ok) throw new Error('The tiny feed is right.');
  return read.value;
};

const packOf = (
  links: readonly RoadLink[] = loop,
  changes: Partial<Pack['transport']> = {},
): Pick<Pack, 'games' | 'transport' | 'roads'> => ({
  games: tinyPack.games,
  transport: {
    ...tinyPack.transport,
    roads: { nodes: 'roads/node.csv', links: 'roads/link.csv' },
    ...changes,
  },
  roads: { nodes, links },
});

const check = (pack: ReturnType<typeof packOf>, stops?: string) =>
  checkRoads(pack, feedOf(stops)).map(({ file, path, value, rule }) => [file, path, value, rule]);

describe('checkRoads', () => {
  it('has nothing to say of roads that every line can drive, nor of a pack without roads', () => {
    expect(check(packOf())).toEqual([]);
    expect(checkRoads(tinyPack, feedOf())).toEqual([]);
  });

  it('names a gap on a line, once, and depots that are cut off', () => {
    expect(check(packOf(loop.filter(({ id }) => id !== '34')))).toEqual([['roads/link.csv', '', '"c -> a"', 'no_way']]);
    expect(check(packOf(loop, { depots: [{ id: 'depot', name: 'Depot', lat: 46.5, lon: 12.3 }] }))).toEqual([]);
    const apart = [
      ...loop.filter(({ id }) => id !== '34' && id !== '41'),
      tinyLink('31', 'n3', 'n1'),
      tinyLink('44', 'n1', 'n4'),
    ];
    expect(check(packOf(apart, { depots: [{ id: 'depot', name: 'Depot', lat: 46.5, lon: 12.3 }] }))).toEqual([
      ['transport.yaml', 'depots[0]', '"depot"', 'no_way'],
    ]);
  });

  it('names a line that every vehicle type is too high for', () => {
    const high = (height_m: number) => tinyPack.transport.vehicle_types.map((type) => ({ ...type, height_m }));
    expect(check(packOf(loop, { vehicle_types: high(3.4) }))).toEqual([]);
    expect(check(packOf(loop, { vehicle_types: high(3.6) }))).toEqual([['roads/link.csv', '', '"b -> c"', 'no_way']]);
  });

  it('names stops and depots that are far from any road, or nowhere', () => {
    const stops = 'stop_id,stop_name,stop_lat,stop_lon\na,A,46.5,12.1\nb,B,46.6,12.25\nc,C,,\n';
    const depots = [{ id: 'depot', name: 'Depot', lat: 46.4, lon: 12.1 }];
    expect(check(packOf(loop, { depots }), stops)).toEqual([
      ['tiny.zip/stops.txt', 'stop_id c', undefined, 'stop_position'],
      ['tiny.zip/stops.txt', 'stop_id b', '"46.6, 12.25"', 'far_from_road'],
      ['transport.yaml', 'depots[0]', '"46.4, 12.1"', 'far_from_road'],
    ]);
  });

  it('names a road of a speed rule that is not there', () => {
    const speed = [{ from: '07:00', to: '09:00', factor: 0.8, names: ['Pass road', 'Pas road'] }];
    const roads = { nodes: 'roads/node.csv', links: 'roads/link.csv', speed };
    expect(check(packOf(loop, { roads }))).toEqual([
      ['transport.yaml', 'roads.speed[0].names[1]', '"Pas road"', 'unknown_road'],
    ]);
  });
});

describe('buildRoadNetwork', () => {
  const network = buildRoadNetwork(packOf(), feedOf());
  if (!network) throw new Error('The pack has roads.');
  const site = (id: string) => ({ id, position: undefined });

  it('has the stops of its lines by their stop_id and the patterns over them', () => {
    expect([...network.places.keys()]).toEqual(['a', 'b', 'c']);
    expect(network.patterns.map(({ pattern }) => pattern)).toEqual(['L-1']);
  });

  it('finds empty rides at the time that is asked for', () => {
    const closures = [{ name: 'Pass road', links: ['12'], from: atTime('12:00') }];
    const drive = findRoadDrive(network, { closures });
    const rounded = (to: string, time: string) => {
      const found = drive(site('c'), site(to), atTime(time));
      return found && [Math.round(found.seconds), found.metres];
    };
    expect(rounded('b', '11:00')).toEqual([180, 3000]);
    expect(rounded('a', '11:00')).toEqual([120, 2000]);
    expect(rounded('b', '12:00')).toBeUndefined();
    expect(rounded('z', '11:00')).toBeUndefined();
  });

  it('knows which types may drive a pattern, and where any of them may go', () => {
    const [type] = tinyPack.transport.vehicle_types;
    if (!type) throw new Error('The tiny pack has a vehicle type.');
    const low = { ...type, id: 'low', height_m: 3, chains: true, permits: ['press', 'olympic_lane'] };
    const high = { ...type, id: 'high', height_m: 4, weight_t: 18, permits: ['press'] };
    const way = listPatternWays(network, [low, high], { at: atTime('12:00') }).get('L-1');
    expect(way?.types).toEqual(['low']);
    expect([Math.round(way?.route?.seconds ?? 0), way?.route?.metres]).toEqual([240, 4000]);
    const none = listPatternWays(network, [high], { at: atTime('12:00') }).get('L-1');
    expect(none).toEqual({ types: [], route: undefined });
    expect(strictestVehicle([low, high])).toEqual({ height_m: 4, weight_t: 18, chains: false, permits: ['press'] });
  });
});
