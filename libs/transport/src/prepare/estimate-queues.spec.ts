import { describe, expect, it } from '@jest/globals';
import { slotStart } from '#libs/kernel';
import { tinyProblem } from '../dispatch/tiny-problem.fixture.js';
import type { DispatchProblem } from '../problem.js';
import { estimateQueues } from './estimate-queues.js';

/** Six slots, ten people a slot from P to Q, one bus of 25 seats. */
const problem = (departures: readonly number[]): DispatchProblem =>
  tinyProblem({
    slots: 6,
    fleet: 1,
    patterns: [{ line: 'A', cycle_slots: 2, seats: 25, calls: [['P', 0], ['Q', 1]] }], // prettier-ignore
    demand: [{ line: 'A', from_stop: 'P', to_stop: 'Q', arrivals: [10, 10, 10, 10, 10, 10] }],
    under_way: departures.map((slot) => ({ line: 'A', vehicle: 'bus-1', slot })),
  });
const atSlot4 = slotStart(problem([]).grid, 4);

describe('estimateQueues', () => {
  it('lets the queue grow while nothing leaves', () => {
    const { lines, stops, waiting } = estimateQueues(problem([]), atSlot4);
    expect(lines).toEqual([{ line: 'A', queue: 40 }]);
    expect(stops).toEqual([{ stop: 'P', queue: 40 }]);
    expect(waiting).toEqual([{ line: 'A', from_stop: 'P', to_stop: 'Q', passengers: 60 }]);
  });

  it('takes away as many as the seats of what really left', () => {
    // The bus of slot 3 finds the 30 of the first three slots, and leaves 5 of them.
    expect(estimateQueues(problem([3]), atSlot4).lines).toEqual([{ line: 'A', queue: 15 }]);
  });
});
