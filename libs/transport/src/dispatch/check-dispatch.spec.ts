import { describe, expect, it } from '@jest/globals';
import type { DispatchPlan } from '../plan.js';
import type { DispatchProblem } from '../problem.js';
import { checkDispatch } from './check-dispatch.js';
import { readDispatchPlan } from './read-plan.js';
import { tinyProblem } from './tiny-problem.fixture.js';

/** Thirty wait, twenty fit: the bus goes twice, in slots 0 and 2, and comes back in slot 4. */
const problem: DispatchProblem = tinyProblem({
  slots: 4,
  fleet: 1,
  patterns: [{ line: 'l', cycle_slots: 2, calls: [['a', 0], ['b', 1]], least: [0, 0, 2, 2] }], // prettier-ignore
  demand: [{ line: 'l', from_stop: 'a', to_stop: 'b', waiting: 30 }],
});
const plan = readDispatchPlan(problem, [[1, 0, 1, 0]]);
const [ride] = plan.rides;
const [line] = plan.lines;
const [first, second] = plan.departures;
if (!ride || !line || !first || !second) throw new Error('The plan has a ride, a line and two departures.');

const wrongs: readonly (readonly [what: string, change: Partial<DispatchPlan>, said: RegExp])[] = [
  ['a vehicle in two places', { departures: [first, { ...second, departs_ms: first.departs_ms + 300_000 }] }, /Vehicle bus-1 leaves/],
  ['an unknown vehicle', { departures: [first, { ...second, vehicle: 'bus-9' }] }, /no vehicle bus-9/],
  ['a departure off the slots', { departures: [first, { ...second, departs_ms: second.departs_ms + 1 }] }, /leaves in slot/],
  ['departures that are not counted', { departures: [first] }, /counts 1 departures in slot 2/],
  ['a floor that is not kept', { lines: [{ ...line, departures: [1, 0, 0, 0] }] }, /at least 2 are due/],
  ['more people than seats', { rides: [{ ...ride, boarded: [30, 0, 0, 0], queue: [0, 0, 0, 0] }] }, /on 20 seats/],
  ['people who board and are not there', { rides: [{ ...ride, boarded: [20, 0, 20, 0] }] }, /20 people board/],
  ['people who are lost', { rides: [{ ...ride, queue: [10, 10, 0, 5] }] }, /shown waiting/],
  ['a stop that hides its queue', { stops: [{ stop: 'a', queue: [0, 0, 0, 0] }] }, /Stop a shows/],
  ['people left who are not named', { unserved: [{ line: 'l', from_stop: 'a', to_stop: 'b', passengers: 9 }] }, /unserved/],
  ['a wrong price', { cost: { ...plan.cost, waiting: 0 } }, /Waiting is priced 0/],
  ['vehicles that are not shown', { vehicles_used: [0, 1, 1, 1] }, /0 vehicles are shown/],
  ['a ride to nowhere', { rides: [{ ...ride, to_stop: 'z' }] }, /not a chain/],
]; // prettier-ignore

describe('checkDispatch', () => {
  it.each([
    ['a cancelled departure that leaves', { most: [0, null, null, null] }, /1 departures of line l leave in slot 0; people allow 0/],
    ['an added departure that does not leave', { added: [0, 1, 0, 0] }, /People added 1 departures of line l in slot 1; 0 leave/],
  ])('finds %s', (_what, words, said) => {
    const patterns = problem.patterns.map((pattern) => ({ ...pattern, ...words }));
    expect(checkDispatch({ ...problem, patterns }, plan).join('\n')).toMatch(said);
  }); // prettier-ignore

  it('says nothing of a good plan', () => {
    expect(checkDispatch(problem, plan)).toEqual([]);
  });

  it.each(wrongs)('finds %s', (_what, change, said) => {
    expect(checkDispatch(problem, { ...plan, ...change }).join('\n')).toMatch(said);
  });
});
