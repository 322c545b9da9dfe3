import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochMs, type SlotGrid } from '#libs/kernel';
import { assignDemand, type AssignedDemand, type TripDemand } from './assign-demand.js';
import { fourLines, networkOf, patternInMinutes } from './four-lines.fixture.js';
import { listWalks } from './list-walks.js';

const grid: SlotGrid = { start: epochMs(0), slotMs: 300_000, count: 6 };

const demand = (from_stop: string, to_stop: string, ...arrivals: readonly number[]): TripDemand => ({
  group: 'spectators',
  from_stop,
  to_stop,
  arrivals: Array.from({ length: grid.count }, (_, slot) => arrivals[slot] ?? 0),
});

/** `line from-to`, and who comes in each slot. */
const ridesOf = ({ rides }: AssignedDemand) =>
  Object.fromEntries(
    rides.map(({ line, from_stop, to_stop, arrivals }) => [
      `${line} ${from_stop}-${to_stop}`,
      arrivals.map((people) => Math.round(people * 100) / 100),
    ]),
  );

describe('assignDemand', () => {
  it('B01 shares people out to lines, and second rides come later', () => {
    // Line 2 is at Y after a wait of 3 and a ride of 13 minutes: 3.2 slots of five minutes.
    expect(ridesOf(assignDemand(networkOf(fourLines), grid, [demand('A', 'B', 120)]))).toEqual({
      '1 A-B': [60, 0, 0, 0, 0, 0],
      '2 A-Y': [60, 0, 0, 0, 0, 0],
      '3 Y-B': [0, 0, 0, 8, 2, 0],
      '4 Y-B': [0, 0, 0, 40, 10, 0],
    });
  });

  it('B02 adds up demands of a group on one ride, and keeps groups apart', () => {
    const network = networkOf([patternInMinutes('1', 10, ['A', 0], ['B', 4], ['C', 8])]);
    const rides = assignDemand(network, grid, [
      demand('A', 'B', 10),
      demand('A', 'B', 0, 5),
      { ...demand('A', 'B', 1), group: 'media' },
      { ...demand('A', 'B', 2), accessible: true },
    ]).rides;
    expect(rides.map(({ group, accessible, arrivals }) => [group, accessible, arrivals.slice(0, 2)])).toEqual([
      ['spectators', undefined, [10, 5]],
      ['media', undefined, [1, 0]],
      ['spectators', true, [2, 0]],
    ]);
  });

  it('B03 names who walks and who has no way', () => {
    const walks = [{ fromStop: 'A', toStop: 'C', seconds: 60 }];
    const network = networkOf([patternInMinutes('1', 10, ['A', 0], ['B', 4])], walks);
    const [near, back, nowhere] = [demand('A', 'C', 3), demand('B', 'A', 4), demand('A', 'Nowhere', 5)];
    const { rides, walked, unreachable } = assignDemand(network, grid, [near, back, nowhere]);
    expect(rides).toEqual([]);
    expect(walked).toEqual([near]);
    expect(unreachable).toEqual([back, nowhere]);
  });

  it('B04 counts who comes to a ride past the grid', () => {
    const assigned = assignDemand(networkOf(fourLines), grid, [demand('A', 'B', 0, 0, 0, 0, 0, 12)]);
    expect([assigned.firstRides, assigned.firstRidesLater, assigned.transfersLater]).toEqual([12, 0, 6]);
  });

  it('B05 loses and makes up nobody', () => {
    const network = networkOf(
      [...fourLines, patternInMinutes('5', 8, ['D', 0], ['X', 3])],
      [{ fromStop: 'C', toStop: 'A', seconds: 700 }],
    );
    const stop = fc.constantFrom('A', 'B', 'C', 'D', 'X', 'Y', 'Z');
    const demands = fc.array(
      fc.record({
        group: fc.constantFrom('media', 'athletes'),
        from_stop: stop,
        to_stop: stop,
        accessible: fc.boolean(),
        arrivals: fc.array(fc.nat(50), { minLength: grid.count, maxLength: grid.count }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(demands, (drawn) => {
        const assigned = assignDemand(network, grid, drawn);
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        const { walked, unreachable, firstRides, firstRidesLater } = assigned;
        const left = sum([...walked, ...unreachable].flatMap(({ arrivals }) => arrivals));
        expect(firstRides + firstRidesLater + left).toBeCloseTo(sum(drawn.flatMap(({ arrivals }) => arrivals)), 6);
        for (const { arrivals } of assigned.rides)
          for (const people of arrivals) expect(people).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('listWalks', () => {
  it('joins stops in reach, both ways', () => {
    const stops = [
      { id: 'a', lat: 0, lon: 0 },
      { id: 'b', lat: 0, lon: 0.0027 },
      { id: 'c', lat: 0, lon: 0.009 },
    ];
    const walks = listWalks(stops).map(({ fromStop, toStop, seconds }) => [fromStop, toStop, Math.round(seconds)]);
    expect(walks).toEqual([
      ['a', 'b', 325],
      ['b', 'a', 325],
    ]);
  });
});
