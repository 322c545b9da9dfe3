import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';
import { slotStart } from '#libs/kernel';
import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { adviseRelief, sayRelief } from './advise-relief.js';
import { buildDispatchModel } from './build-model.js';
import { listUnserved, waitingHours } from './list-unserved.js';
import { relaxDispatch } from './relax-dispatch.js';
import { listReliefs, withRelief } from './relief.js';
import { tinyDispatch } from './tiny-dispatch.fixture.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

/** Thirty people on one line, one bus of ten that takes two slots; slots of 0.1 h; a booked coach at the depot leaves after the first slot; one bay at b. */
const problem = tinyDispatch({
  slots: 5,
  vehicles: [{}, { until_slot: 2 }],
  patterns: [
    {
      pattern: 'p',
      busy_slots: 2,
      calls: [
        ['a', 0],
        ['b', 1],
      ],
    },
  ],
  bays: [{ stop: 'b', bays: 1 }],
  groups: [{ id: 'fans', longest_wait_slots: 1, late_cost_per_hour: 10 }],
  rides: [{ from_stop: 'a', to_stop: 'b', arrivals: [], waiting: 30 }],
});

/** The optimum, with as much of a plan as is looked at here. */
const planAgain = async (changed: DispatchProblem): Promise<DispatchPlan> => {
  const { model, index } = buildDispatchModel(changed);
  const outcome = await solver.solve(model, { deadlineMs: 5_000, relativeGap: 0 });
  if (outcome.status !== 'optimal') throw new Error(outcome.status);
  const read = (columns: Int32Array | undefined) => Array.from(columns ?? [], (column) => outcome.values[column] ?? 0);
  return {
    grid: changed.grid,
    departures: [],
    blocks: [],
    boardings: [],
    rides: changed.rides.map((_, r) => ({ queue: read(index.queue[r]), late: read(index.late[r]) })),
    cost: { waiting: 0, late: 0, left: 0, driving: 0, call_out: 0, changes: 0, missed: 0, total: outcome.objective },
  };
};

describe('whom a plan does not serve', () => {
  it('is named with stop, group, time, people and hours', async () => {
    const plan = await planAgain(problem);
    // Ten leave in slots 0, 2 and 4; or 0, 1 and 3 where the coach takes the first ten: 20, 10, 10, 0, 0.
    expect(plan.rides[0]?.queue).toEqual([20, 10, 10, 0, 0]);
    expect(listUnserved(problem, plan)).toEqual([
      expect.objectContaining({
        line: 'L',
        group: 'fans',
        from_stop: 'a',
        to_stop: 'b',
        accessible: false,
        reason: 'waits_too_long',
        from_ms: slotStart(problem.grid, 0),
        until_ms: slotStart(problem.grid, 3),
        people: 20,
      }),
    ]);
    expect(listUnserved(problem, plan)[0]?.waiting_hours).toBeCloseTo(4, 9);
    expect(waitingHours(problem, plan)).toBeCloseTo(4, 9);
  });

  it('is late for a session from its last departure on, in stretches', () => {
    const late = { ...problem, rides: problem.rides.map((ride) => ({ ...ride, arrivals: [2], board_by_slot: 3 })) };
    const plan = { grid: late.grid, rides: [{ queue: [3, 3, 0, 1, 1], late: [1, 0.01, 0, 1, 1] }] };
    const full = {
      departures: [],
      blocks: [],
      boardings: [],
      cost: { waiting: 0, late: 0, left: 0, driving: 0, call_out: 0, changes: 0, missed: 0, total: 0 },
    };
    expect(
      listUnserved(late, { ...plan, ...full }).map(({ reason, people, waiting_hours }) => [
        reason,
        people,
        waiting_hours,
      ]),
    ).toEqual([
      ['late_for_session', 1, expect.closeTo(0.2, 9)],
      ['waits_too_long', 1, expect.closeTo(0.1, 9)],
    ]);
    expect(waitingHours(late, { ...plan, ...full })).toBeCloseTo(0.7, 9);
  });
});

describe('what would serve them', () => {
  it('is listed by what the relaxation would pay', async () => {
    const relaxation = await relaxDispatch(problem, solver, { deadlineMs: 5_000, now: () => performance.now() });
    expect(listReliefs(problem, relaxation, 2)).toEqual([
      { kind: 'bay', stop: 'b' },
      { kind: 'longer_duty', vehicle: 'bus-2' },
    ]);
    const wide = { ...problem, bays: [] };
    const priced = await relaxDispatch(wide, solver, { deadlineMs: 5_000, now: () => performance.now() });
    expect(listReliefs(wide, priced, 2)).toEqual([
      { kind: 'vehicle', place: 'depot', type: 'bus' },
      { kind: 'longer_duty', vehicle: 'bus-2' },
    ]);
  });

  it('is put into the problem', () => {
    const more = withRelief(problem, { kind: 'vehicle', place: 'depot', type: 'bus' });
    expect(more.vehicles.at(-1)).toEqual({ id: 'one-more-1', type: 'bus', place: 'depot', ready_slot: 0 });
    expect(withRelief(more, { kind: 'vehicle', place: 'depot', type: 'bus' }).vehicles.at(-1)?.id).toBe('one-more-2');
    expect(withRelief(problem, { kind: 'bay', stop: 'b' }).bays).toEqual([{ stop: 'b', bays: 2 }]);
    const longer = withRelief(problem, { kind: 'longer_duty', vehicle: 'bus-2' });
    expect(longer.vehicles[1]).toEqual({ id: 'bus-2', type: 'bus', place: 'depot', ready_slot: 0 });
  });

  it('is worth what planning again with it saves, in words', async () => {
    const wide = { ...problem, bays: [] };
    const advice = await adviseRelief(
      wide,
      [
        { kind: 'longer_duty', vehicle: 'bus-2' },
        { kind: 'vehicle', place: 'depot', type: 'bus' },
        { kind: 'bay', stop: 'b' },
      ],
      planAgain,
    );
    // 10, 10 wait two slots, late at 20 each; one bus more takes all at once, a longer duty gains nothing by it.
    expect(advice.map(({ relief }) => relief)).toEqual([{ kind: 'vehicle', place: 'depot', type: 'bus' }]);
    expect(advice[0]?.cost_saved).toBeCloseTo(40, 6);
    expect(advice[0]?.waiting_hours_saved).toBeCloseTo(2, 6);
    expect(advice.map((each) => sayRelief(each, () => 'coach'))).toEqual([
      'one more coach at depot is worth 2 waiting-hours',
    ]);
  });

  it('is nothing where nothing is asked', async () => {
    expect(await adviseRelief(problem, [], planAgain)).toEqual([]);
  });
});
