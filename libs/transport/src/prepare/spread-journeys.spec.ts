import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochMs, fromCivil, type SlotGrid } from '#libs/kernel';
import type { AssignedDemand } from '../strategies/assign-demand.js';
import { type Pattern, patternsOf } from './patterns.js';
import { spreadJourneys } from './spread-journeys.js';
import { journeyTo, townFeed, townPack, UVW } from './transfer-town.fixture.js';

const grid: SlotGrid = { start: fromCivil('Europe/Rome', Date.UTC(2026, 1, 18, 9)), slotMs: 300_000, count: 12 };

/** Twelve people come out of the gates in the first slot. */
const twelve = () => [12];

/** `line from-to`, and who comes in each of the first six slots. */
const ridesOf = ({ rides }: Pick<AssignedDemand, 'rides'>) =>
  Object.fromEntries(
    rides.map(({ line, from_stop, to_stop, accessible, arrivals }) => [
      `${line} ${from_stop}-${to_stop}${accessible === true ? ' accessible' : ''}`,
      arrivals.slice(0, 6).map((people) => Math.round(people * 100) / 100),
    ]),
  );

const spread = (
  lines = UVW,
  journeys = [journeyTo('c')],
  inputs: Partial<Parameters<typeof spreadJourneys>[0]> = {},
) => spreadJourneys({ pack: townPack(lines, ...journeys), feed: townFeed(lines), plan: grid, grid, countsOf: twelve, ...inputs }); // prettier-ignore

describe('spreadJourneys', () => {
  it('C01 is one ride where a line goes there', () => {
    expect(ridesOf(spread(UVW, [journeyTo('b')]))).toEqual({ 'U a-b': [6, 0, 0, 0, 0, 0] });
  });

  it('C02 is two with a change, the second after the mean wait and ride of the first: 5 and 10 minutes', () => {
    expect(ridesOf(spread())).toEqual({ 'U a-b': [6, 0, 0, 0, 0, 0], 'V b-c': [0, 0, 0, 6, 0, 0] });
  });

  it('C03 walks five minutes to a stop in reach where the next line leaves', () => {
    expect(ridesOf(spread(UVW, [journeyTo('e')]))).toEqual({
      'U a-b': [6, 0, 0, 0, 0, 0],
      'W d-e': [0, 0, 0, 0, 6, 0],
    });
  });

  it('C04 shares people out where two ways are worth boarding, by how often they leave', () => {
    // X goes all the way, half as often: every third boards it. The first vehicle comes after 3 minutes 20 in the mean, so U is there after 13 minutes 20: 2 2/3 slots.
    const withDirect = [...UVW, { id: 'X', from: 'a', to: 'c', headway: 20, ride: 20 }];
    expect(ridesOf(spread(withDirect))).toEqual({
      'U a-b': [4, 0, 0, 0, 0, 0],
      'X a-c': [2, 0, 0, 0, 0, 0],
      'V b-c': [0, 0, 1.33, 2.67, 0, 0],
    });
  });

  it('C05 has no way while nothing leaves', () => {
    const night = { ...grid, start: epochMs(grid.start - 8 * 3_600_000) };
    expect(spread(UVW, undefined, { grid: night })).toMatchObject({ rides: [], unreachable: [{ from_stop: 'a', to_stop: 'c' }] }); // prettier-ignore
  });

  it('C06 has no way where a line is closed, and another one where it calls elsewhere', () => {
    const closed = spread(UVW, undefined, { ways: new Map([['V-1', 'closed']]) });
    expect(closed.rides).toEqual([]);
    expect(closed.unreachable.map(({ from_stop, to_stop, arrivals }) => [from_stop, to_stop, arrivals[0]])).toEqual([['a', 'c', 6]]); // prettier-ignore
    const ways = new Map<string, Pattern | 'closed'>([['V-1', 'closed']]);
    for (const pattern of patternsOf(townFeed(UVW)).filter(({ line }) => line === 'W')) {
      ways.set(pattern.id, { ...pattern, stops: [{ stop: 'd', offsetS: 0 }, { stop: 'c', offsetS: 600 }] }); // prettier-ignore
    }
    expect(ridesOf(spread(UVW, undefined, { ways }))).toEqual({
      'U a-b': [6, 0, 0, 0, 0, 0],
      'W d-c': [0, 0, 0, 0, 6, 0],
    });
  });

  it('C07 keeps those apart who need an accessible place', () => {
    expect(ridesOf(spread(UVW, [journeyTo('c', { accessible_share: 0.5 })]))).toEqual({
      'U a-b': [3, 0, 0, 0, 0, 0],
      'U a-b accessible': [3, 0, 0, 0, 0, 0],
      'V b-c': [0, 0, 0, 3, 0, 0],
      'V b-c accessible': [0, 0, 0, 3, 0, 0],
    });
  });

  it('C08 loses and makes up nobody', () => {
    const journey = fc.record({
      to: fc.constantFrom('b', 'c', 'd', 'e', 'f'),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      accessible_share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const counts = fc.array(fc.nat(50), { minLength: grid.count, maxLength: grid.count });
    fc.assert(
      fc.property(fc.array(journey, { maxLength: 4 }), counts, (drawn, counted) => {
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        const { rides, unreachable } = spread(
          UVW,
          drawn.map(({ to, ...shares }) => journeyTo(to, shares)),
          { countsOf: () => counted },
        );
        // Everybody sets out at a, nobody changes there, and to d the last stretch is a walk.
        const first = rides.filter(({ from_stop }) => from_stop === 'a').flatMap(({ arrivals }) => arrivals);
        const set = sum(drawn.map(({ share }) => share)) * sum(counted);
        expect(sum(first) + sum(unreachable.flatMap(({ arrivals }) => arrivals))).toBeCloseTo(set, 6);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
