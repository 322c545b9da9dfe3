import { describe, expect, it } from '@jest/globals';
import { atNodes, atTime, tinyGraph, tinyLink, tinyRoads } from './tiny-roads.fixture.js';
import type { Closure } from './closures.js';
import type { RoadSituation } from './conditions.js';
import type { RoadGraph } from './graph.js';
import { joinPlace } from './places.js';
import { shortestPath } from './shortest-path.js';

const noon: RoadSituation = { at: atTime('12:00') };

/** Seconds and links from one node to another. */
const way = (graph: RoadGraph, from: string, to: string, situation: Partial<RoadSituation> = {}) => {
  const [a, b] = atNodes(graph, from, to);
  if (!a || !b) throw new Error('Both places must be joined.');
  const path = shortestPath(graph, a, b, { ...noon, ...situation });
  return path && [Math.round(path.seconds), path.links.join(' ')];
};

const replaced = (id: string, changes: Parameters<typeof tinyLink>[3]) =>
  tinyRoads.links.map((link) => (link.id === id ? { ...link, ...changes } : link));

const mainStreet: Closure = { name: 'Main Street', links: ['bc'], from: atTime('11:00'), until: atTime('13:00') };

describe('shortestPath', () => {
  it('A01 takes the quickest way', () => {
    expect(way(tinyGraph(), 'a', 'c')).toEqual([120, 'ab bc']);
  });

  it('A02 drives a one-way street one way only', () => {
    expect(way(tinyGraph(), 'c', 'a')).toBeUndefined();
    expect(way(tinyGraph(replaced('ab', { directed: false })), 'b', 'a')).toEqual([60, 'ab']);
  });

  it('A03 stays where it is in no time', () => {
    expect(way(tinyGraph(), 'b', 'b')).toEqual([0, '']);
  });

  it('A04 gives metres and the points of the way', () => {
    const graph = tinyGraph();
    const [a, c] = atNodes(graph, 'a', 'c');
    const path = a && c && shortestPath(graph, a, c, noon);
    expect(path?.metres).toBe(2000);
    expect(path?.geometry.map(({ lat, lon }) => [lat.toFixed(4), lon.toFixed(4)])).toEqual([
      ['0.0000', '0.0000'],
      ['0.0000', '0.0090'],
      ['0.0000', '0.0180'],
    ]);
  });

  it('A05 begins and ends between nodes, also on one link', () => {
    const graph = tinyGraph();
    const places = [0.25, 0.75, 1.5].map((east) => joinPlace(graph, { id: `${east}`, lat: 0, lon: east * 0.0089932 }));
    const [quarter, threeQuarters, beyond] = places.map((place) => (place.ok ? place.value : undefined));
    if (!quarter || !threeQuarters || !beyond) throw new Error('The places must be joined.');
    const seconds = (from: typeof quarter, to: typeof quarter) => shortestPath(graph, from, to, noon)?.seconds;
    expect(seconds(quarter, threeQuarters)).toBeCloseTo(30, 1);
    expect(seconds(quarter, beyond)).toBeCloseTo(75, 1);
    expect(seconds(threeQuarters, quarter)).toBeUndefined();
  });

  it('A06 joins no place that is more than 150 m away', () => {
    const graph = tinyGraph();
    expect(joinPlace(graph, { id: 'near', lat: -0.0013, lon: 0 }).ok).toBe(true);
    const far = joinPlace(graph, { id: 'far', lat: -0.0014, lon: 0 });
    expect(far.ok ? 0 : Math.round(far.error.distanceM)).toBe(156);
  });
});

describe('what roads ask of vehicles', () => {
  it('B01 a high bus does not go under a low bridge', () => {
    const graph = tinyGraph(replaced('bc', { maxHeightM: 3.5 }));
    expect(way(graph, 'a', 'c', { vehicle: { height_m: 3.5 } })).toEqual([120, 'ab bc']);
    expect(way(graph, 'a', 'c', { vehicle: { height_m: 3.6 } })).toEqual([180, 'ad dc']);
  });

  it('B02 a heavy bus does not go over a weak bridge', () => {
    const graph = tinyGraph(replaced('bc', { maxWeightT: 12 }));
    expect(way(graph, 'a', 'c', { vehicle: { weight_t: 18 } })).toEqual([180, 'ad dc']);
  });

  it('B03 where chains are needed in snow, only who has them goes', () => {
    const graph = tinyGraph(replaced('bc', { chains: true }));
    expect(way(graph, 'a', 'c', { weather: 'rain' })).toEqual([120, 'ab bc']);
    expect(way(graph, 'a', 'c', { weather: 'snow' })).toEqual([180, 'ad dc']);
    expect(way(graph, 'a', 'c', { weather: 'snow', vehicle: { chains: true } })).toEqual([120, 'ab bc']);
  });

  it('B04 a lane with a permit is for who has it', () => {
    const graph = tinyGraph(replaced('bc', { permit: 'olympic_lane' }));
    expect(way(graph, 'a', 'c', { vehicle: { permits: ['press'] } })).toEqual([180, 'ad dc']);
    expect(way(graph, 'a', 'c', { vehicle: { permits: ['press', 'olympic_lane'] } })).toEqual([120, 'ab bc']);
  });
});

describe('speed by hour and weather', () => {
  it('C01 the slowest rule of a road counts', () => {
    const speed = [
      { from: '11:00', to: '13:00', factor: 0.8 },
      { from: '12:00', to: '12:30', factor: 0.5, names: ['Main Street'] },
    ];
    expect(way(tinyGraph(undefined, { speed }), 'a', 'b')).toEqual([120, 'ab']);
    expect(way(tinyGraph(undefined, { speed }), 'a', 'd')).toEqual([75, 'ad']);
  });

  it('C02 another way is quicker where the street is slow', () => {
    const speed = [{ from: '07:00', to: '09:00', factor: 0.5, names: ['Main Street'] }];
    expect(way(tinyGraph(undefined, { speed }), 'a', 'c', { at: atTime('08:00') })).toEqual([180, 'ad dc']);
    expect(way(tinyGraph(undefined, { speed }), 'a', 'c', { at: atTime('09:00') })).toEqual([120, 'ab bc']);
  });

  it('C03 the speed changes while the vehicle is on the road', () => {
    // A kilometre at half speed is 120 s. From 08:59:30 a quarter of it is driven by 09:00, the rest takes 45 s.
    const speed = [{ from: '22:00', to: '09:00', factor: 0.5 }];
    expect(way(tinyGraph(undefined, { speed }), 'a', 'b', { at: atTime('08:59:30') })).toEqual([75, 'ab']);
    expect(way(tinyGraph(undefined, { speed }), 'a', 'b', { at: atTime('23:59') })).toEqual([120, 'ab']);
  });

  it('C04 snow slows everybody, fog nobody where it is not named', () => {
    const graph = tinyGraph(undefined, { weather: { snow: 0.6 } });
    expect(way(graph, 'a', 'b', { weather: 'snow' })).toEqual([100, 'ab']);
    expect(way(graph, 'a', 'b', { weather: 'fog' })).toEqual([60, 'ab']);
  });
});

describe('closures', () => {
  it('D01 a closed link is not used while it is closed', () => {
    expect(way(tinyGraph(), 'a', 'c', { closures: [mainStreet] })).toEqual([180, 'ad dc']);
    expect(way(tinyGraph(), 'a', 'c', { closures: [mainStreet], at: atTime('13:00') })).toEqual([120, 'ab bc']);
    expect(way(tinyGraph(), 'a', 'c', { closures: [mainStreet], at: atTime('10:58') })).toEqual([120, 'ab bc']);
  });

  it('D02 the time counts at which the vehicle comes to the link', () => {
    expect(way(tinyGraph(), 'a', 'c', { closures: [mainStreet], at: atTime('10:59:30') })).toEqual([180, 'ad dc']);
    expect(way(tinyGraph(), 'a', 'c', { closures: [mainStreet], at: atTime('12:59:30') })).toEqual([120, 'ab bc']);
  });

  it('D03 until further notice it does not open again', () => {
    const closures = [{ name: 'Main Street', links: ['bc', 'dc'], from: atTime('11:00') }];
    expect(way(tinyGraph(), 'a', 'c', { closures, at: atTime('23:00') })).toBeUndefined();
  });

  it('D04 the name of a road closes all its links', () => {
    const closures = [{ name: 'Works', links: ['Hill Road', 'ab'], from: atTime('11:00') }];
    expect(way(tinyGraph(), 'a', 'c', { closures })).toBeUndefined();
    expect(way(tinyGraph(), 'b', 'c', { closures })).toEqual([60, 'bc']);
  });

  it('D05 an area closes every link that it touches', () => {
    const around = (east: number, north: number) => {
      const [lat, lon] = [north / 111.2, east / 111.2];
      return [-0.001, 0.001].flatMap((dLat) =>
        [-0.001, 0.001].map((dLon) => ({ lat: lat + dLat, lon: lon + (dLat < 0 ? dLon : -dLon) })),
      );
    };
    const closed = (east: number, north: number): readonly Closure[] => [
      { name: 'Square', area: around(east, north), from: atTime('11:00') },
    ];
    expect(way(tinyGraph(), 'a', 'c', { closures: closed(1.5, 0) })).toEqual([180, 'ad dc']);
    expect(way(tinyGraph(), 'a', 'c', { closures: closed(0.5, 0.5) })).toEqual([120, 'ab bc']);
    expect(way(tinyGraph(), 'a', 'c', { closures: closed(1.5, 0.3) })).toEqual([120, 'ab bc']);
  });
});
