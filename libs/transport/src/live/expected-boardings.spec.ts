import { describe, expect, it } from '@jest/globals';
import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { boardingsAt, expectBoardings } from './expected-boardings.js';

const SLOT = 300_000;
const START = 1_767_700_200_000;
/** A loop that passes `mill` twice: six slots, of which the first begins `minutes` after START. */
const problemAt = (
  minutes: number,
  under_way: DispatchProblem['under_way'] = [],
): Pick<DispatchProblem, 'grid' | 'patterns' | 'rides' | 'under_way'> => ({
  grid: { start: (START + minutes * 60_000) as DispatchProblem['grid']['start'], slotMs: SLOT, count: 6 },
  patterns: [
    {
      line: 'A',
      pattern: 'A-1',
      from_place: 'square',
      to_place: 'square',
      busy_slots: 4,
      km: 6,
      stops: [
        { stop: 'square', offset_slots: 0 },
        { stop: 'mill', offset_slots: 1 },
        { stop: 'hall', offset_slots: 2 },
        { stop: 'mill', offset_slots: 3 },
        { stop: 'square', offset_slots: 4 },
      ],
    },
  ],
  rides: [
    { line: 'A', group: 'visitors', from_stop: 'mill', to_stop: 'square', waiting: 0, arrivals: [] },
    { line: 'A', group: 'visitors', from_stop: 'mill', to_stop: 'hall', waiting: 0, arrivals: [] },
    { line: 'A', group: 'visitors', from_stop: 'hall', to_stop: 'square', waiting: 0, arrivals: [] },
  ],
  under_way,
});
const planOf = (boardings: DispatchPlan['boardings'], ...leaveAt: readonly number[]) => ({
  boardings,
  departures: leaveAt.map((minutes, index) => ({
    line: 'A',
    pattern: 'A-1',
    departs_ms: START + minutes * 60_000,
    vehicle: `bus-${index + 1}`,
  })),
});
const TIMES = ['square', 'mill', 'hall', 'mill', 'square'].map((stop, index) => ({ stop, offsetS: 300 * index }));
const boardings = (expected: ReturnType<typeof expectBoardings>, minutes: number) =>
  TIMES.map((_, call) => boardingsAt(expected, { pattern: 'A-1', departs_ms: START + minutes * 60_000 }, TIMES, call));

describe('expectBoardings', () => {
  it('has people board where their way is shortest, on the call of a loop that takes them there', () => {
    const plan = planOf(
      [
        { ride: 0, pattern: 'A-1', slot: 1, people: 9 },
        { ride: 1, pattern: 'A-1', slot: 1, people: 4 },
      ],
      5,
    );
    expect(boardings(expectBoardings(problemAt(0), plan), 5)).toEqual([0, 4, 0, 9, 0]);
  });

  it('shares the people of a slot out to the vehicles that leave in it, whenever in it they leave', () => {
    const plan = planOf([{ ride: 2, pattern: 'A-1', slot: 0, people: 12 }], 0, 0, 2);
    expect(boardings(expectBoardings(problemAt(0), plan), 2)[2]).toBe(4);
  });

  it('says nothing of trips that no plan knows, and of calls past the horizon', () => {
    const expected = expectBoardings(problemAt(0), planOf([], 20));
    expect(boardings(expected, 10)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(boardings(expected, 20)).toEqual([0, 0, undefined, undefined, undefined]);
  });

  it('keeps of a trip under way what was expected of calls that the next plan takes for made', () => {
    const first = expectBoardings(
      problemAt(0),
      planOf(
        [
          { ride: 1, pattern: 'A-1', slot: 0, people: 7 },
          { ride: 2, pattern: 'A-1', slot: 0, people: 5 },
        ],
        0,
      ),
    );
    const underWay = [{ pattern: 'A-1', vehicle: 'bus-1', type: 'bus', slot: -2 }];
    const people = [{ ride: 2, pattern: 'A-1', slot: -2, people: 8 }];
    const second = expectBoardings(problemAt(10, underWay), planOf(people), first);
    // `mill` was to be called at before the plan begins; `hall` is in its first slot.
    expect(boardings(second, 0)).toEqual([0, 7, 8, 0, 0]);
  });

  it('forgets departures that the next plan takes back, and all that is over', () => {
    const first = expectBoardings(problemAt(0), planOf([{ ride: 1, pattern: 'A-1', slot: 2, people: 7 }], 10));
    expect(boardings(expectBoardings(problemAt(5), planOf([], 20), first), 10)[1]).toBeUndefined();
    expect(expectBoardings(problemAt(6 * 60), planOf([]), first).trips.size).toBe(0);
  });
});
