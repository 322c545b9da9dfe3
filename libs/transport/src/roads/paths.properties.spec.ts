import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RoadTables } from '#libs/games';
import { epochMs } from '#libs/kernel';
import { type Conditions, conditionsOf, arcSeconds, isOpen } from './conditions.js';
import type { Closure } from './closures.js';
import { routeDeadheads } from './deadheads.js';
import { buildRoadGraph, type RoadGraph } from './graph.js';
import { at } from './node-queue.js';
import { shortestPath } from './shortest-path.js';
import { atNodes, atTime, tinyLink, tinyNode } from './tiny-roads.fixture.js';

/** Six nodes that lie on no common line, so that each is joined at itself. */
const nodes = Array.from({ length: 6 }, (_, index) => tinyNode(`${index}`, index, index * index));

const clock = fc.nat(1439).map((minute) => {
  const text = (value: number) => String(value).padStart(2, '0');
  return `${text(Math.floor(minute / 60))}:${text(minute % 60)}`;
});

/** Roads between them with speeds that change a few times a day, so that ways change under way. */
const roads = fc.record({
  links: fc.array(
    fc.record({
      from: fc.nat(5),
      to: fc.nat(5),
      lengthM: fc.integer({ min: 1, max: 60_000 }),
      directed: fc.boolean(),
      name: fc.constantFrom('Main Street', 'Hill Road', undefined),
    }),
    { minLength: 3, maxLength: 14 },
  ),
  speed: fc.array(
    fc.record(
      {
        from: clock,
        to: clock,
        factor: fc.double({ min: 0.1, max: 1.5, noNaN: true }),
        names: fc.constant<string[]>(['Main Street']),
      },
      { requiredKeys: ['from', 'to', 'factor'] },
    ),
    { maxLength: 4 },
  ),
});

const graphOf = ({ links, speed }: typeof roads extends fc.Arbitrary<infer T> ? T : never): RoadGraph => {
  const tables: RoadTables = {
    nodes,
    links: links.map(({ from, to, ...rest }, index) => tinyLink(`l${index}`, `${from}`, `${to}`, rest)),
  };
  return buildRoadGraph({ roads: tables, settings: { speed }, timeZone: 'Europe/Rome' });
};

const closures = fc.array(
  fc.record({ links: fc.uniqueArray(fc.nat(13)), from: fc.integer({ min: -120, max: 120 }), minutes: fc.nat(120) }),
  { maxLength: 3 },
);

const closuresAt = (
  start: number,
  drawn: typeof closures extends fc.Arbitrary<infer T> ? T : never,
): readonly Closure[] =>
  drawn.map(({ links, from, minutes }) => ({
    name: 'Closed',
    links: links.map((link) => `l${link}`),
    from: epochMs(start + from * 60_000),
    until: epochMs(start + (from + minutes) * 60_000),
  }));

/** Bellman and Ford on earliest arrivals from a node. */
const bellmanFord = (conditions: Conditions, source: number): readonly number[] => {
  const { graph } = conditions;
  const arrivals: number[] = nodes.map((_, node) => (node === source ? 0 : Infinity));
  nodes.forEach(() => {
    graph.arcFrom.forEach((from, arc) => {
      const now = arrivals[from] ?? Infinity;
      if (now === Infinity || !isOpen(conditions, arc, now)) return;
      const to = at(graph.arcTo, arc);
      arrivals[to] = Math.min(arrivals[to] ?? Infinity, now + arcSeconds(conditions, arc, 1, now));
    });
  });
  return arrivals;
};

/** The earliest arrival over every way that passes no node twice and enters no link while it is closed. */
const everyWay = (
  conditions: Conditions,
  node: number,
  target: number,
  now: number,
  seen: readonly number[],
): number => {
  if (node === target) return now;
  const { graph } = conditions;
  let best = Infinity;
  for (let arc = at(graph.firstArc, node); arc < at(graph.firstArc, node + 1); arc++) {
    const to = at(graph.arcTo, arc);
    if (seen.includes(to) || !isOpen(conditions, arc, now)) continue;
    best = Math.min(best, everyWay(conditions, to, target, now + arcSeconds(conditions, arc, 1, now), [...seen, to]));
  }
  return best;
};

const ids = nodes.map(({ id }) => id);

describe('ways on random roads', () => {
  it('take as long as Bellman and Ford find, at every time of day', () => {
    fc.assert(
      fc.property(roads, clock, (drawn, time) => {
        const graph = graphOf(drawn);
        const situation = { at: atTime(time) };
        const conditions = conditionsOf(graph, situation);
        const places = joinedOf(graph);
        const matrix = routeDeadheads(graph, places, situation);
        places.forEach((place, i) => {
          const arrivals = bellmanFord(conditions, Number(place.place.id));
          places.forEach((other, j) => {
            const expected = arrivals[Number(other.place.id)] ?? Infinity;
            const found = at(matrix.seconds, i * places.length + j);
            if (expected === Infinity) expect(found).toBe(Infinity);
            else expect(Math.abs(found - expected)).toBeLessThan(1e-6 * (1 + expected));
          });
        });
      }),
      { numRuns: 100 },
    );
  });

  it('let nobody who leaves later arrive earlier', () => {
    fc.assert(
      fc.property(roads, clock, fc.integer({ min: 0, max: 7200 }), (drawn, time, laterS) => {
        const graph = graphOf(drawn);
        const places = joinedOf(graph);
        const now = routeDeadheads(graph, places, { at: atTime(time) });
        const later = routeDeadheads(graph, places, { at: epochMs(atTime(time) + laterS * 1000) });
        now.seconds.forEach((seconds, index) => {
          if (seconds === Infinity) return;
          expect(at(later.seconds, index) + laterS).toBeGreaterThan(seconds - 1e-6 * (1 + seconds));
        });
      }),
      { numRuns: 50 },
    );
  });

  it('are as long as their links, and enter none that is closed', () => {
    fc.assert(
      fc.property(roads, clock, closures, (drawn, time, drawnClosures) => {
        const graph = graphOf(drawn);
        const start = atTime(time);
        const situation = { at: start, closures: closuresAt(start, drawnClosures) };
        const conditions = conditionsOf(graph, situation);
        const places = joinedOf(graph);
        for (const from of places) {
          for (const to of places) {
            const path = shortestPath(graph, from, to, situation);
            if (!path) continue;
            let [node, now] = [Number(from.place.id), 0];
            for (const id of path.links) {
              const arc = graph.arcFrom.findIndex(
                (tail, index) => tail === node && graph.links[at(graph.arcLink, index)]?.id === id,
              );
              expect(arc).toBeGreaterThanOrEqual(0);
              expect(isOpen(conditions, arc, now)).toBe(true);
              now += arcSeconds(conditions, arc, 1, now);
              node = at(graph.arcTo, arc);
            }
            expect(node).toBe(Number(to.place.id));
            expect(Math.abs(now - path.seconds)).toBeLessThan(1e-6 * (1 + now));
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('with links that stay closed are the best of every way that is open, and cancelled only without one', () => {
    fc.assert(
      fc.property(roads, clock, fc.uniqueArray(fc.nat(13)), (drawn, time, closed) => {
        const graph = graphOf(drawn);
        const situation = {
          at: atTime(time),
          closures: [{ name: 'Closed', links: closed.map((link) => `l${link}`), from: epochMs(0) }],
        };
        const conditions = conditionsOf(graph, situation);
        const places = joinedOf(graph);
        for (const from of places) {
          for (const to of places) {
            const [a, b] = [Number(from.place.id), Number(to.place.id)];
            const expected = everyWay(conditions, a, b, 0, [a]);
            const found = shortestPath(graph, from, to, situation)?.seconds ?? Infinity;
            if (expected === Infinity) expect(found).toBe(Infinity);
            else expect(Math.abs(found - expected)).toBeLessThan(1e-6 * (1 + expected));
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

/** Nodes without a link are not joined. */
function joinedOf(graph: RoadGraph) {
  const linked = new Set(graph.links.flatMap(({ from, to }) => [from, to]));
  return atNodes(graph, ...ids.filter((id) => linked.has(id)));
}
