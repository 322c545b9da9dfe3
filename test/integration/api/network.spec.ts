import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningApi } from './running-api.js';

describe('what a map and a closure need to know', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 60_000);
  afterAll(() => api.close());

  it('lists the roads of the pack that have a name, each once, with its links and length', async () => {
    const { roads } = (await (await api.get('/api/v1/roads')).json()) as {
      roads: { name: string; links: string[]; length_m: number }[];
    };
    const links = (api.pack.roads?.links ?? []).filter(({ name }) => name !== undefined);
    expect(roads.length).toBeGreaterThan(0);
    expect(new Set(roads.map(({ name }) => name)).size).toBe(roads.length);
    expect(roads.flatMap((road) => road.links).toSorted()).toEqual(links.map(({ id }) => id).toSorted());
    const metres = links.reduce((sum, { lengthM }) => sum + lengthM, 0);
    expect(roads.reduce((sum, road) => sum + road.length_m, 0)).toBeCloseTo(metres, 3);
  });

  it('has the way of a pattern for every line, and the place of every stop that a pattern calls at', async () => {
    const { lines, patterns, stops } = (await (await api.get('/api/v1/network')).json()) as {
      lines: { id: string; name: string }[];
      patterns: { line: string; way: [number, number][]; stops: string[] }[];
      stops: { id: string; lat: number; lon: number }[];
    };
    expect(lines.map(({ id }) => id)).toEqual(api.pack.transport.lines.map(({ id }) => id));
    for (const { id } of lines) expect(patterns.some(({ line }) => line === id)).toBe(true);
    const known = new Set(stops.map(({ id }) => id));
    for (const { way, stops: calls } of patterns) {
      expect(way.length).toBeGreaterThan(1);
      for (const stop of calls) expect(known.has(stop)).toBe(true);
    }
  });
});
