import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { loadPack } from '#libs/games';
import { epochMs } from '#libs/kernel';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { patternsOf } from '../prepare/patterns.js';
import { applyClosures } from './apply-closures.js';
import { checkRoads } from './check-roads.js';
import { routeDeadheads } from './deadheads.js';
import { buildRoadNetwork } from './road-network.js';
import { type PatternRoute, routePattern } from './route-pattern.js';

const loaded = await loadPack(fileURLToPath(new URL('../../../../config/campus-replay', import.meta.url)));
if (!loaded.ok) throw new Error('The campus pack has faults.');
const pack = loaded.value;
const read = readGtfs(pack.gtfs);
if (!read.ok) throw new Error('The campus feed has faults.');
const feed = read.value;
const network = buildRoadNetwork(pack, feed);
if (!network) throw new Error('The campus pack has roads.');

const at = epochMs(Date.parse('2016-08-10T12:00:00-04:00'));

const routeOf = (pattern: string): PatternRoute => {
  const found = network.patterns.find((one) => one.pattern === pattern);
  const routing = found && routePattern(network.graph, found.stops, { at });
  if (routing?.kind !== 'way') throw new Error(`Pattern ${pattern} has no way.`);
  return routing.route;
};

describe('the roads of the campus pack', () => {
  it('lack nothing that its lines and depots need', () => {
    expect(checkRoads(pack, feed)).toEqual([]);
    expect(network.far).toEqual([]);
  });

  it('take every line around in the time of its timetable, to 5 %', () => {
    const ratios = patternsOf(feed).map(({ id, stops }) => routeOf(id).seconds / (stops.at(-1)?.offsetS ?? 0));
    expect(ratios).toHaveLength(6);
    for (const ratio of ratios) {
      expect(ratio).toBeGreaterThan(0.95);
      expect(ratio).toBeLessThan(1.05);
    }
  });

  it('are as long as the shapes of the feed, to 1 %', () => {
    // Metres around each line as its shape is drawn; make-roads.mjs measures the same.
    const drawn = { 'A-1': 7894, 'B-1': 4362, 'C-1': 9221, 'D-1': 12_819, 'E-1': 8875, 'F-1': 17_603 };
    for (const [pattern, metres] of Object.entries(drawn)) {
      expect(Math.abs(routeOf(pattern).metres / metres - 1)).toBeLessThan(0.01);
    }
  });

  it('lead from every stop to every other', () => {
    const { seconds } = routeDeadheads(network.graph, [...network.places.values()], { at });
    expect(seconds.every(Number.isFinite)).toBe(true);
  });

  it('know another way around a closure', () => {
    const [link] = routeOf('C-1').legs[5]?.path.links ?? [];
    const { patterns } = applyClosures(network.graph, {
      patterns: network.patterns,
      places: [],
      situation: { at },
      closures: [{ name: 'The bridge', links: [link ?? ''], from: at, until: epochMs(at + 3_600_000) }],
    });
    const change = patterns.find(({ pattern }) => pattern === 'C-1');
    expect(change?.kind).toBe('detour');
    expect(change?.words).toMatch(/^Line C: .* The bridge closed until 13:00\.$/);
  });
});
