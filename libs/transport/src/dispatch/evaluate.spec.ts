import { describe, expect, it } from '@jest/globals';
import { evaluateDepartures } from './evaluate.js';
import { inSlots, tinyProblem } from './tiny-problem.fixture.js';

const calls = [['a', 0], ['b', 1], ['c', 2]] as const; // prettier-ignore

describe('evaluateDepartures', () => {
  it('serves those who came first first, and shares the last seats among those who came together', () => {
    const problem = tinyProblem({
      slots: 4,
      fleet: 1,
      patterns: [{ line: 'l', cycle_slots: 3, seats: 10, calls }],
      demand: [
        { line: 'l', from_stop: 'a', to_stop: 'b', waiting: 4, arrivals: inSlots(4, { 0: 3 }) },
        { line: 'l', from_stop: 'a', to_stop: 'c', arrivals: inSlots(4, { 0: 9 }) },
      ],
    });
    const flow = evaluateDepartures(problem, [[0, 1, 0, 0]]).lines[0]?.flow;
    // 4 who waited, then 6 of the 12 who came in slot 0.
    expect(flow?.boarded.map((row) => row[1])).toEqual([5.5, 4.5]);
    expect(flow?.queue.map((row) => row[3])).toEqual([1.5, 4.5]);
  });

  it('refuses a ride that the line does not serve', () => {
    const problem = tinyProblem({
      slots: 2,
      fleet: 1,
      patterns: [{ line: 'l', cycle_slots: 3, calls }],
      demand: [{ line: 'l', from_stop: 'c', to_stop: 'a' }],
    });
    expect(() => evaluateDepartures(problem, [[0, 0]])).toThrow('Line l does not go from stop c to stop a.');
  });
});
