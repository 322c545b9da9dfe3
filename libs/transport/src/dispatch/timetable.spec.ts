import { describe, expect, it } from '@jest/globals';
import { tinyProblem } from './tiny-problem.fixture.js';
import { timetableDepartures } from './timetable.js';

const calls = [['a', 0], ['b', 1]] as const; // prettier-ignore

/** Two lines with a departure every second slot; a vehicle is away for four slots. */
const drive = (fleet: number) =>
  timetableDepartures(
    tinyProblem({
      slots: 9,
      fleet,
      patterns: ['A', 'B'].map((line) => ({ line, cycle_slots: 4, calls, scheduled: [1, 0, 1, 0, 1, 0, 1, 0, 0] })),
      demand: [],
    }),
  );

describe('the timetable without a planner', () => {
  it('is driven as it stands where there are vehicles enough', () => {
    expect(drive(4)).toEqual([
      [1, 0, 1, 0, 1, 0, 1, 0, 0],
      [1, 0, 1, 0, 1, 0, 1, 0, 0],
    ]);
  });

  it('loses departures, not a line, where there are too few', () => {
    // Every second one is cancelled when the next is due. The last one waits for a vehicle: no other is due after it.
    expect(drive(2)).toEqual([
      [1, 0, 0, 0, 1, 0, 0, 0, 1],
      [1, 0, 0, 0, 1, 0, 0, 0, 1],
    ]);
  });

  it('takes lines in turn where one vehicle is all there is', () => {
    expect(drive(1)).toEqual([
      [1, 0, 0, 0, 0, 0, 0, 0, 1],
      [0, 0, 0, 0, 1, 0, 0, 0, 0],
    ]);
  });
});
