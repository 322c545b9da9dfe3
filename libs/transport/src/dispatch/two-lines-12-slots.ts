import type { DispatchProblem } from '../problem.js';
import { inSlots, tinyProblem } from './tiny-problem.fixture.js';

/** Two lines, an hour, three small buses between them: a loop with a ride past its terminus, and a line to a stadium whose crowd needs more than one bus. */
export const twoLines12Slots: DispatchProblem = tinyProblem({
  slots: 12,
  fleet: 3,
  patterns: [
    {
      line: 'loop',
      cycle_slots: 4,
      seats: 12,
      calls: [
        ['station', 0],
        ['library', 1],
        ['clinic', 2],
        ['station', 3],
      ],
    },
    {
      line: 'stadium',
      cycle_slots: 3,
      seats: 12,
      calls: [
        ['square', 0],
        ['stadium', 1],
      ],
    },
  ],
  demand: [
    { line: 'loop', from_stop: 'clinic', to_stop: 'library', arrivals: inSlots(12, { 0: 6, 4: 2 }) },
    { line: 'loop', from_stop: 'station', to_stop: 'clinic', waiting: 3, arrivals: inSlots(12, { 5: 4 }) },
    { line: 'stadium', from_stop: 'square', to_stop: 'stadium', waiting: 4, arrivals: inSlots(12, { 3: 16, 4: 8 }) },
  ],
});
