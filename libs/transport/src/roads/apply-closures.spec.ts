import { describe, expect, it } from '@jest/globals';
import { applyClosures, type RoadPattern } from './apply-closures.js';
import { checkClosure, type Closure } from './closures.js';
import type { RoadGraph } from './graph.js';
import { routePattern } from './route-pattern.js';
import { atNodes, atTime, tinyGraph, tinyLink, tinyRoads } from './tiny-roads.fixture.js';

const at = atTime('12:00');

const street: Closure = { name: 'Main Street', links: ['bc'], from: atTime('11:00'), until: atTime('18:00') };

const pattern = (graph: RoadGraph, line: string, ...stops: readonly string[]): RoadPattern => ({
  line,
  pattern: `${line}-1`,
  stops: atNodes(graph, ...stops),
});

const effect = (graph: RoadGraph, patterns: readonly RoadPattern[], ...closures: readonly Closure[]) =>
  applyClosures(graph, { patterns, places: atNodes(graph, 'a', 'b', 'c'), situation: { at }, closures });

describe('routePattern', () => {
  it('E01 goes from stop to stop, each leg when the vehicle comes to it', () => {
    const speed = [{ from: '12:01', to: '12:30', factor: 0.5 }];
    const graph = tinyGraph(undefined, { speed });
    const routing = routePattern(graph, atNodes(graph, 'a', 'b', 'c'), { at });
    if (routing.kind === 'no_way') throw new Error('There is a way.');
    const { legs, offsets, seconds, metres } = routing.route;
    expect(offsets.map(Math.round)).toEqual([0, 60, 180]);
    expect([Math.round(seconds), metres]).toEqual([180, 2000]);
    expect(legs.map(({ path }) => path.links)).toEqual([['ab'], ['bc']]);
  });

  it('E02 names the gap where there is no way', () => {
    const graph = tinyGraph();
    const routing = routePattern(graph, atNodes(graph, 'a', 'c', 'b'), { at });
    expect(routing.kind === 'no_way' && [routing.gap.from.place.id, routing.gap.to.place.id]).toEqual(['c', 'b']);
  });
});

describe('applyClosures', () => {
  it('F01 says the detour, what it adds and what is closed', () => {
    const graph = tinyGraph();
    const { patterns } = effect(graph, [pattern(graph, 'C', 'a', 'c')], street);
    expect(patterns.map(({ kind, words }) => [kind, words])).toEqual([
      ['detour', 'Line C: +1 min via Hill Road, Main Street closed until 18:00.'],
    ]);
    expect(patterns[0]?.legs.map(({ before, after }) => [before?.links, after.links])).toEqual([
      [
        ['ab', 'bc'],
        ['ad', 'dc'],
      ],
    ]);
  });

  it('F02 says nothing of a pattern that goes as before', () => {
    const graph = tinyGraph();
    expect(effect(graph, [pattern(graph, 'B', 'a', 'b')], street).patterns).toEqual([]);
    expect(effect(graph, [pattern(graph, 'C', 'a', 'c')], { ...street, from: atTime('15:00') }).patterns).toEqual([]);
  });

  it('F03 leaves out a stop that no open road leads on from', () => {
    const graph = tinyGraph();
    const { patterns } = effect(graph, [pattern(graph, 'C', 'a', 'b', 'c')], street);
    expect(patterns.map(({ words, skipped }) => [words, skipped.map(({ place }) => place.id)])).toEqual([
      ['Line C: +1 min via Hill Road without B, Main Street closed until 18:00.', ['b']],
    ]);
  });

  it('F04 cancels only where no way is left', () => {
    const graph = tinyGraph();
    const both = { name: 'Both roads', links: ['bc', 'dc'], from: atTime('11:00') };
    const { patterns } = effect(graph, [pattern(graph, 'C', 'a', 'c'), pattern(graph, 'D', 'a', 'b', 'c')], both);
    expect(patterns.map(({ kind, words }) => [kind, words])).toEqual([
      ['cancelled', 'Line C: cancelled, no way is left, Both roads closed until further notice.'],
      ['detour', 'Line D: -1 min by another way without C, Both roads closed until further notice.'],
    ]);
  });

  it('F05 cancels a loop that would only stay at its terminus', () => {
    const graph = tinyGraph([tinyLink('ab', 'a', 'b', { directed: false }), ...tinyRoads.links.slice(1)]);
    const { patterns } = effect(graph, [pattern(graph, 'L', 'a', 'b', 'a')], { ...street, links: ['ab', 'ad'] });
    expect(patterns.map(({ kind }) => kind)).toEqual(['cancelled']);
  });

  it('F06 gives the day where it is another one', () => {
    const graph = tinyGraph();
    const until = { ...street, until: (at + 86_400_000) as Closure['from'] };
    expect(effect(graph, [pattern(graph, 'C', 'a', 'c')], until).patterns[0]?.words).toBe(
      'Line C: +1 min via Hill Road, Main Street closed until 2026-02-03 12:00.',
    );
  });

  it('F07 changes deadheads, and says which have no way left', () => {
    const { deadheads, travel } = effect(tinyGraph(), [], street);
    expect(
      deadheads.map(({ from, to, before, after }) => [
        `${from.place.id}${to.place.id}`,
        Math.round(before),
        after === undefined ? undefined : Math.round(after),
      ]),
    ).toEqual([
      ['ac', 120, 180],
      ['bc', 60, undefined],
    ]);
    expect([...travel.metres]).toEqual([0, 1000, 3000, Infinity, 0, Infinity, Infinity, Infinity, 0]);
  });
});

describe('checkClosure', () => {
  const graph = tinyGraph();

  it('has nothing to say of one that closes a road for a while', () => {
    expect(checkClosure(graph, street)).toEqual([]);
  });

  it('names links that are not there, an end before the beginning, a bad area, and one that closes nothing', () => {
    expect(checkClosure(graph, { ...street, links: ['bc', 'zz'], until: street.from })).toEqual([
      "The closure of Main Street names zz, which is no link_id and no name of the pack's roads.",
      'The closure of Main Street ends at 2026-02-02 11:00, not after its begin at 2026-02-02 11:00. Perhaps they are the wrong way round.',
    ]);
    expect(checkClosure(graph, { name: 'Square', area: [{ lat: 0, lon: 0 }], from: at })).toEqual([
      'The closed area of Square has 1 corners. Give three or more.',
    ]);
    expect(checkClosure(graph, { name: 'Square', from: at })).toEqual([
      'The closure of Square closes no road. Give the link_id of one, or an area that touches one.',
    ]);
  });
});
