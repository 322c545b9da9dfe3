import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';

import { readEstimate } from './estimate.js';
import { lineGlances } from './line-glances.js';
import { dispatchPlan, minute, override } from './plan.fixture.js';

/** Line A alone, at five past noon. */
const glanceOf = (state: 'active' | 'proposed', estimate: object = {}, added: readonly number[] = []) => {
  const pack = {
    transport: {
      gtfs: 'feed.zip',
      vehicle_types: [{ id: 'bus', seats: 40, standing: 0, accessible: 0, cost_per_hour: 1, cost_per_km: 0 }],
      depots: [{ id: 'depot', name: 'Depot', stop: 'a' }],
      fleet: [{ prefix: 'bus', count: 2, type: 'bus', depot: 'depot' }],
      groups: [{ id: 'visitors', name: 'Visitors', waiting_cost_per_hour: 1, late_cost_per_hour: 0 }],
      prices: { change_cost: 0, missed_cost: 100, left_wait_minutes: 0 },
      layover_s: 0,
      lines: [{ id: 'A', rides: [] }],
      approval: 'automatic' as const,
    },
  };
  const picture = {
    now: epochMs(minute(5)),
    dispatch: { plan: dispatchPlan(state), proposed: undefined, hold: undefined },
    overrides: added.map((at) => override('add', 'A', at)),
    estimate: readEstimate(estimate),
  };
  return lineGlances(pack, picture, () => 'Loop')[0];
};

describe('lineGlances', () => {
  it('shows what the plan in force says of a line', () => {
    expect(glanceOf('active')).toMatchObject({
      name: 'Loop',
      queue: 9,
      mean_wait_seconds: 120,
      unserved_passengers: 3,
    });
  });

  it('promises nothing of a plan that nobody follows', () => {
    expect(glanceOf('proposed')).toMatchObject({ queue: null, mean_wait_seconds: null, unserved_passengers: null });
  });

  it('takes the queue that control counts before the one that the plan expected', () => {
    expect(glanceOf('proposed', { lines: [{ line: 'A', queue: 17 }] })?.queue).toBe(17);
  });

  it('shows six departures, and beyond them what people added', () => {
    const added = [11, 12, 13, 14, 15, 16, 50];
    const departures = glanceOf('active', {}, added)?.next_departures.map(({ departs_ms }) => departs_ms);
    expect(departures).toEqual([10, 11, 12, 13, 14, 15, 16, 50].map(minute));
  });
});
