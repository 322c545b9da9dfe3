import { describe, expect, it } from '@jest/globals';
import { checkStrategies } from './check-strategies.js';
import { findStrategy } from './find-strategy.js';
import { fourLines, networkOf, patternInMinutes } from './four-lines.fixture.js';
import { loadStrategy } from './load-strategy.js';
import { splitTrip } from './split-trip.js';
import { buildTransitNetwork, type TransitNetwork } from './transit-network.js';

const indexOf = (network: TransitNetwork, stop: string): number => {
  const index = network.stopIndex.get(stop);
  if (index === undefined) throw new Error(`There is no stop ${stop}.`);
  return index;
};

/** Minutes to a stop in the mean, from each stop. */
const minutesTo = (network: TransitNetwork, stop: string) => {
  const { seconds } = findStrategy(network, indexOf(network, stop));
  return Object.fromEntries(network.stops.map((from, index) => [from, round((seconds[index] ?? 0) / 60)]));
};

const tripBetween = (network: TransitNetwork, from: string, to: string) =>
  splitTrip(network, findStrategy(network, indexOf(network, to)), indexOf(network, from));

/** `line from-to share @minutes`. */
const legsOf = (network: TransitNetwork, from: string, to: string) => {
  const trip = tripBetween(network, from, to);
  if (trip.kind !== 'ride') return trip.kind;
  return trip.legs.map(
    ({ line, fromStop, toStop, share, comesS }) =>
      `${line} ${fromStop}-${toStop} ${round(share)} @${round(comesS / 60)}`,
  );
};

const round = (value: number): number => Math.round(value * 1000) / 1000;

describe('findStrategy', () => {
  it('A01 waits half a headway and rides', () => {
    const network = networkOf([patternInMinutes('1', 10, ['A', 0], ['B', 7])]);
    expect(minutesTo(network, 'B')).toEqual({ A: 12, B: 0 });
    expect(legsOf(network, 'A', 'B')).toEqual(['1 A-B 1 @0']);
  });

  it('A02 boards whichever of two equal lines comes first', () => {
    const line = (id: string, headway: number) => patternInMinutes(id, headway, ['A', 0], ['B', 7]);
    const network = networkOf([line('1', 10), line('2', 30)]);
    expect(minutesTo(network, 'B')['A']).toBe(10.75);
    expect(legsOf(network, 'A', 'B')).toEqual(['1 A-B 0.75 @0', '2 A-B 0.25 @0']);
  });

  it('A03 lets a line pass that is slower than to wait for the other (common lines)', () => {
    const slow = (ride: number) =>
      networkOf([
        patternInMinutes('fast', 10, ['A', 0], ['B', 10]),
        patternInMinutes('slow', 10, ['A', 0], ['B', ride]),
      ]);
    expect(legsOf(slow(14), 'A', 'B')).toEqual(['fast A-B 0.5 @0', 'slow A-B 0.5 @0']);
    expect(minutesTo(slow(14), 'B')['A']).toBe(14.5);
    expect(legsOf(slow(16), 'A', 'B')).toEqual(['fast A-B 1 @0']);
  });

  it('A04 finds the strategy of Spiess and Florian: 27.75 minutes', () => {
    const network = networkOf(fourLines);
    expect(minutesTo(network, 'B')).toEqual({ A: 27.75, X: 19.071, Y: 11.5, B: 0 });
    expect(legsOf(network, 'A', 'B')).toEqual(['1 A-B 0.5 @0', '2 A-Y 0.5 @0', '3 Y-B 0.083 @16', '4 Y-B 0.417 @16']);
  });

  it('A05 passes its own check there, with volumes that the paper gives', () => {
    const network = networkOf(fourLines);
    const strategy = findStrategy(network, indexOf(network, 'B'));
    const demand = Float64Array.from(network.stops, (stop) => (stop === 'A' ? 1 : 0));
    const volumes = loadStrategy(network, strategy, demand);
    expect(checkStrategies(network, { ...strategy, demand, volumes })).toEqual([]);
    expect([...volumes.ride].map(round)).toEqual([0.5, 0, 0.5, 0.5, 0, 0, 0.083, 0, 0.417, 0]);
    expect([...volumes.wait].map(round)).toEqual([180, 0, 0, 75]);
  });

  it('A06 takes no line that does not run', () => {
    const network = networkOf([patternInMinutes('1', 0, ['A', 0], ['B', 7])]);
    expect(minutesTo(network, 'B')).toEqual({ A: Infinity, B: 0 });
    expect(legsOf(network, 'A', 'B')).toBe('unreachable');
  });

  it('A07 walks where that is sooner than to wait, and to a better line', () => {
    const walks = [
      { fromStop: 'A', toStop: 'B', seconds: 900 },
      { fromStop: 'A', toStop: 'C', seconds: 60 },
    ];
    const slow = patternInMinutes('1', 20, ['A', 0], ['B', 6]);
    expect(legsOf(networkOf([slow], walks), 'A', 'B')).toBe('walk');
    expect(minutesTo(networkOf([slow], walks), 'B')['A']).toBe(15);
    const { boards, rate } = findStrategy(networkOf([slow], walks), 1);
    expect([...boards, rate[0]]).toEqual([0, 0, 0]);
    const quick = patternInMinutes('2', 4, ['C', 0], ['B', 3]);
    expect(legsOf(networkOf([slow, quick], walks), 'A', 'B')).toEqual(['2 C-B 1 @1']);
    expect(minutesTo(networkOf([slow, quick], walks), 'B')['A']).toBe(6);
  });

  it('A08 is there in no time', () => {
    expect(tripBetween(networkOf(fourLines), 'B', 'B')).toEqual({ kind: 'walk', seconds: 0 });
  });

  it('A09 changes at the terminus of a loop', () => {
    const loop = patternInMinutes('L', 10, ['T', 0], ['P', 4], ['Q', 8], ['T', 12]);
    expect(legsOf(networkOf([loop]), 'Q', 'P')).toEqual(['L Q-T 1 @0', 'L T-P 1 @9']);
  });
});

describe('buildTransitNetwork', () => {
  it('refuses times that fall, frequencies below 0 and waits of nothing, with place and value', () => {
    expect(() => networkOf([patternInMinutes('1', 10, ['A', 5], ['B', 3])])).toThrow(
      'Found -120 for pattern 1 from A to B. It must be 0 or more.',
    );
    expect(() => networkOf([patternInMinutes('1', -10, ['A', 0], ['B', 3])])).toThrow('the frequency of pattern 1');
    expect(() => networkOf([], [{ fromStop: 'A', toStop: 'B', seconds: -1 }])).toThrow('the walk from A to B');
    expect(() => buildTransitNetwork({ patterns: [], walks: [], waitInHeadways: 0 })).toThrow('more than 0 headways');
  });
});
