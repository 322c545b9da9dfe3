import { afterAll, describe, expect, it } from '@jest/globals';
import { type Clock, epochMs } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import type { DispatchProblem } from '../problem.js';
import { checkDispatch } from './check-dispatch.js';
import { solveDispatch } from './solve.js';
import { inSlots, tinyProblem } from './tiny-problem.fixture.js';
import { twoLines12Slots } from './two-lines-12-slots.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const clock: Clock = { now: () => epochMs(performance.now()) };

const solve = async (problem: DispatchProblem) => {
  const { plan, summary } = await solveDispatch(problem, {
    solver,
    clock,
    deadlineMs: 20_000,
    seed: 1,
    maxNodes: 1000,
  });
  expect(checkDispatch(problem, plan)).toEqual([]);
  return { plan, summary, departures: plan.lines.map(({ departures }) => departures) };
};

/** From x to y in one slot, and back in the next. */
const shuttle = {
  line: 'xy',
  cycle_slots: 2,
  calls: [
    ['x', 0],
    ['y', 1],
  ],
} as const;
const ride = { line: 'xy', from_stop: 'x', to_stop: 'y' } as const;

describe('solveDispatch', () => {
  it('A01_one_line_one_bus: those who wait are fetched at once', async () => {
    const { plan, summary, departures } = await solve(
      tinyProblem({ slots: 6, fleet: 1, patterns: [shuttle], demand: [{ ...ride, waiting: 10 }] }),
    );
    expect(departures).toEqual([[1, 0, 0, 0, 0, 0]]);
    expect(plan.departures.map(({ vehicle, departs_ms }) => [vehicle, departs_ms])).toEqual([
      ['bus-1', plan.grid.start],
    ]);
    expect(plan.cost).toMatchObject({ waiting: 0, vehicles: 2, total: 2 });
    expect(summary).toMatchObject({ status: 'optimal', objective: 2, solver: 'highs' });
  });

  it('A02_the_bus_waits_for_them: those who come in a slot board from the next', async () => {
    const { plan, departures } = await solve(
      tinyProblem({ slots: 6, fleet: 1, patterns: [shuttle], demand: [{ ...ride, arrivals: inSlots(6, { 2: 10 }) }] }),
    );
    expect(departures).toEqual([[0, 0, 0, 1, 0, 0]]);
    expect(plan.cost.total).toBeCloseTo(10 / 2 + 2);
    expect(plan.lines[0]?.mean_wait_s).toBeCloseTo(150);
  });

  it('A03_the_bus_is_too_small: ten of thirty wait for it to come back', async () => {
    const { plan, departures } = await solve(
      tinyProblem({ slots: 6, fleet: 1, patterns: [shuttle], demand: [{ ...ride, waiting: 30 }] }),
    );
    expect(departures).toEqual([[1, 0, 1, 0, 0, 0]]);
    expect(plan.lines[0]?.queue).toEqual([10, 10, 0, 0, 0, 0]);
    expect(plan.cost.total).toBeCloseTo(20 + 4);
  });

  it('A04_not_worth_a_bus: one person is left, and the plan says so', async () => {
    const { plan } = await solve(
      tinyProblem({
        slots: 6,
        fleet: 1,
        patterns: [shuttle],
        demand: [{ ...ride, waiting: 1 }],
        vehicle_cost_per_hour: 120,
      }),
    );
    expect(plan.departures).toEqual([]);
    expect(plan.unserved).toEqual([{ ...ride, passengers: 1 }]);
  });

  it('A05_the_floor_of_service: a shuttle that never comes is no shuttle', async () => {
    const { departures } = await solve(
      tinyProblem({
        slots: 6,
        fleet: 1,
        patterns: [{ ...shuttle, least: [0, 0, 0, 1, 1, 1] }],
        demand: [{ ...ride, waiting: 1 }],
        vehicle_cost_per_hour: 120,
      }),
    );
    expect(departures).toEqual([[1, 0, 0, 0, 0, 0]]);
  });

  it('B01_two_lines_one_bus: the longer queue is first', async () => {
    const uv = { line: 'uv', cycle_slots: 3, calls: [['u', 0], ['v', 1]] } as const; // prettier-ignore
    const { plan, departures } = await solve(
      tinyProblem({
        slots: 6,
        fleet: 1,
        patterns: [{ ...shuttle, cycle_slots: 3 }, uv],
        demand: [
          { ...ride, waiting: 4 },
          { line: 'uv', from_stop: 'u', to_stop: 'v', waiting: 10 },
        ],
      }),
    );
    expect(departures).toEqual([
      [0, 0, 0, 1, 0, 0],
      [1, 0, 0, 0, 0, 0],
    ]);
    expect(plan.cost.total).toBeCloseTo(4 * 3 + 6);
  });

  it('B02_the_bus_is_elsewhere: it departs when it is ready', async () => {
    const { departures } = await solve(
      tinyProblem({
        slots: 6,
        fleet: 1,
        patterns: [shuttle],
        demand: [{ ...ride, waiting: 10 }],
        ready_slot: { 'bus-1': 2 },
      }),
    );
    expect(departures).toEqual([[0, 0, 1, 0, 0, 0]]);
  });

  it('C01_around_the_terminus: a ride past the terminus goes on with the next departure', async () => {
    const loop = { line: 'o', cycle_slots: 4, calls: [['t', 0], ['x', 1], ['y', 2], ['t', 3]] } as const; // prettier-ignore
    const { plan, departures } = await solve(
      tinyProblem({
        slots: 8,
        fleet: 1,
        patterns: [loop],
        demand: [{ line: 'o', from_stop: 'y', to_stop: 'x', waiting: 10 }],
      }),
    );
    expect(departures).toEqual([[1, 0, 0, 0, 1, 0, 0, 0]]);
    expect(plan.rides.map(({ from_stop, to_stop }) => [from_stop, to_stop])).toEqual([
      ['y', 't'],
      ['t', 'x'],
    ]);
    // Two slots until the bus is at y, one at the terminus.
    expect(plan.cost.waiting).toBeCloseTo(10 * 3);
    expect(plan.unserved).toEqual([]);
  });

  it('C02_a_seat_twice: who alights leaves a seat for who boards there', async () => {
    const line = { line: 'l', cycle_slots: 3, seats: 10, calls: [['a', 0], ['b', 1], ['c', 2]] } as const; // prettier-ignore
    const { plan } = await solve(
      tinyProblem({
        slots: 6,
        fleet: 2,
        patterns: [line],
        demand: [
          { line: 'l', from_stop: 'a', to_stop: 'b', waiting: 10 },
          { line: 'l', from_stop: 'b', to_stop: 'c', waiting: 10 },
        ],
      }),
    );
    expect(plan.departures).toHaveLength(1);
    expect(plan.unserved).toEqual([]);
  });

  it('D01_one_is_under_way: nobody is sent for those whom it fetches', async () => {
    const line = { line: 'l', cycle_slots: 4, calls: [['a', 0], ['b', 2], ['c', 3]] } as const; // prettier-ignore
    const { plan } = await solve(
      tinyProblem({
        slots: 6,
        fleet: 2,
        patterns: [line],
        demand: [{ line: 'l', from_stop: 'b', to_stop: 'c', waiting: 10 }],
        under_way: [{ line: 'l', vehicle: 'bus-2', slot: -1 }],
        ready_slot: { 'bus-2': 3 },
      }),
    );
    expect(plan.departures).toEqual([]);
    expect(plan.rides[0]?.boarded).toEqual([0, 10, 0, 0, 0, 0]);
    expect(plan.vehicles_used).toEqual([1, 1, 1, 0, 0, 0]);
  });

  it('E01_announced: of two equal plans the announced one stays, and the same problem again changes nothing', async () => {
    // One bus, two queues of ten: whoever is fetched second waits two slots. 20 + 2 rounds of 2.
    const demand = [{ ...ride, waiting: 10 }, { line: 'uv', from_stop: 'u', to_stop: 'v', waiting: 10 }]; // prettier-ignore
    const uv = { line: 'uv', cycle_slots: 2, calls: [['u', 0], ['v', 1]] } as const; // prettier-ignore
    for (const first of ['xy', 'uv']) {
      const previous = (line: string) => inSlots(6, line === first ? { 0: 1 } : { 2: 1 });
      const patterns = [shuttle, uv].map((one) => ({ ...one, previous: previous(one.line) }));
      const { departures, summary } = await solve(tinyProblem({ slots: 6, fleet: 1, patterns, demand }));
      expect(departures).toEqual(patterns.map((one) => one.previous));
      expect(summary).toMatchObject({ status: 'optimal', objective: 24 });
    }
  });

  it('E02_a_change_has_its_price: for three people the announced departure stays, for ten it is moved', async () => {
    // One taken out and one put in, 2 each; a slot of waiting costs 1 for each person.
    const of = (waiting: number) =>
      solve(
        tinyProblem({
          slots: 6,
          fleet: 1,
          patterns: [{ ...shuttle, previous: inSlots(6, { 1: 1 }) }],
          demand: [{ ...ride, waiting }],
        }),
      );
    expect((await of(3)).departures).toEqual([[0, 1, 0, 0, 0, 0]]);
    const { departures, plan, summary } = await of(10);
    expect(departures).toEqual([[1, 0, 0, 0, 0, 0]]);
    expect([plan.cost.total, summary.objective]).toEqual([2, 2 + 2 * 2]);
  });

  it('E03_cancelled: the slot stays empty, and the bus leaves when it may', async () => {
    const { departures } = await solve(
      tinyProblem({
        slots: 6,
        fleet: 1,
        patterns: [{ ...shuttle, most: [0, 0, null, null, null, null], scheduled: [1, 0, 1, 0, 0, 0] }],
        demand: [{ ...ride, waiting: 10 }],
      }),
    );
    expect(departures).toEqual([[0, 0, 1, 0, 0, 0]]);
  });

  it('E04_added: it has its vehicle, and the only bus waits for it rather than be under way', async () => {
    const uv = { line: 'uv', cycle_slots: 3, calls: [['u', 0], ['v', 1]] } as const; // prettier-ignore
    const { plan, departures } = await solve(
      tinyProblem({
        slots: 6,
        fleet: 1,
        patterns: [{ ...shuttle, added: inSlots(6, { 2: 1 }) }, uv],
        demand: [{ line: 'uv', from_stop: 'u', to_stop: 'v', waiting: 10 }],
      }),
    );
    expect(departures).toEqual([inSlots(6, { 2: 1 }), inSlots(6, { 4: 1 })]);
    expect(plan.departures.map(({ line, vehicle }) => [line, vehicle])).toEqual([['xy', 'bus-1'], ['uv', 'bus-1']]); // prettier-ignore
  });

  it('gives the same plan for the same seed and effort, and still a plan when there is no time', async () => {
    const options = { solver, clock, deadlineMs: 20_000, seed: 3, maxNodes: 50 };
    const first = await solveDispatch(twoLines12Slots, options);
    const second = await solveDispatch(twoLines12Slots, options);
    expect(JSON.stringify(second.plan)).toBe(JSON.stringify(first.plan));

    const hurried = await solveDispatch(twoLines12Slots, { solver, clock, deadlineMs: 0, seed: 3 });
    expect(checkDispatch(twoLines12Slots, hurried.plan)).toEqual([]);
    expect(hurried.summary.objective).toBeGreaterThanOrEqual(first.summary.objective - 1e-6);
  });
});
