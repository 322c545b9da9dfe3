import { describe, expect, it } from '@jest/globals';
import { inSlots, tinyProblem } from '../dispatch/tiny-problem.fixture.js';
import { type DepartureWord, withAnnounced } from './announced.js';

/** A bus every second slot, there and back in two. */
const problem = tinyProblem({
  slots: 8,
  fleet: 1,
  patterns: [{ line: 'l', cycle_slots: 2, calls: [['a', 0], ['b', 1]], scheduled: [1, 0, 1, 0, 1, 0, 1, 0] }], // prettier-ignore
  demand: [],
});
const at = (slot: number): number => problem.grid.start + slot * problem.grid.slotMs;
const word = (action: DepartureWord['action'], slot: number): DepartureWord => ({
  line: 'l',
  departs_ms: at(slot),
  action,
});
const leaving = (...slots: readonly number[]) => slots.map((slot) => ({ line: 'l', departs_ms: at(slot) }));

describe('withAnnounced', () => {
  it('counts what is announced, as far as the plan in force reaches', () => {
    const [pattern] = withAnnounced(problem, { departures: leaving(-1, 0, 4), until: at(6) }, []).patterns;
    expect(pattern?.previous).toEqual([1, 0, 0, 0, 1, 0]);
  });

  it('closes a headway around a cancelled departure, but for what is announced there', () => {
    const [pattern] = withAnnounced(problem, { departures: leaving(0, 3, 4), until: at(8) }, [
      word('cancel', 4),
    ]).patterns;
    expect(pattern?.most).toEqual([null, null, null, 1, 0, 0, null, null]);
  });

  it('closes the slots after a cancelled departure that is before the horizon', () => {
    const [pattern] = withAnnounced(problem, undefined, [word('cancel', -1)]).patterns;
    expect(pattern?.most?.slice(0, 2)).toEqual([0, null]);
    expect(pattern?.previous).toBeUndefined();
  });

  it('fixes added departures that a vehicle can make, and opens their slot', () => {
    const words = [word('add', 3), word('add', 4), word('add', 5), word('cancel', 2), word('add', 6.5)];
    const [pattern] = withAnnounced(problem, undefined, words).patterns;
    expect(pattern?.added).toEqual(inSlots(8, { 3: 1, 5: 1 }));
    expect(pattern?.most).toEqual([null, 0, 0, 1, null, null, null, null]);
  });
});
