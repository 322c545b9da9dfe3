import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { DispatchProblem } from '#libs/transport';
import { estimateQueues } from './queues.js';

const slotMs = 5 * MINUTE_MS;
/** Six slots, ten people a slot from P to Q, one bus of 25 seats. */
const problem = (departures: readonly number[]): DispatchProblem => ({
  grid: { start: epochMs(0), slotMs, count: 6 },
  currency: 'EUR',
  patterns: [
    {
      line: 'A',
      pattern: 'A-1',
      seats: 25,
      cycle_slots: 2,
      stops: [
        { stop: 'P', offset_slots: 0 },
        { stop: 'Q', offset_slots: 1 },
      ],
      scheduled: [0, 0, 0, 0, 0, 0],
      least: [0, 0, 0, 0, 0, 0],
    },
  ],
  demand: [{ line: 'A', from_stop: 'P', to_stop: 'Q', waiting: 0, arrivals: [10, 10, 10, 10, 10, 10] }],
  vehicles: ['bus-1'],
  ready_slot: {},
  under_way: departures.map((slot) => ({ line: 'A', vehicle: 'bus-1', slot })),
  waiting_cost_per_hour: 20,
  vehicle_cost_per_hour: 45,
});

describe('estimateQueues', () => {
  it('lets the queue grow while nothing leaves', () => {
    const { lines, stops, waiting } = estimateQueues(problem([]), epochMs(4 * slotMs));
    expect(lines).toEqual([{ line: 'A', queue: 40 }]);
    expect(stops).toEqual([{ stop: 'P', queue: 40 }]);
    expect(waiting).toEqual([{ line: 'A', from_stop: 'P', to_stop: 'Q', passengers: 60 }]);
  });

  it('takes away as many as the seats of what really left', () => {
    // The bus of slot 3 finds the 30 of the first three slots, and leaves 5 of them.
    expect(estimateQueues(problem([3]), epochMs(4 * slotMs)).lines).toEqual([{ line: 'A', queue: 15 }]);
  });
});
