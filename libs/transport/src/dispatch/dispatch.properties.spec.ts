import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Clock, epochMs } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import type { DispatchProblem } from '../problem.js';
import { checkDispatch } from './check-dispatch.js';
import { evaluateDepartures } from './evaluate.js';
import { readDispatchPlan } from './read-plan.js';
import { solveDispatch } from './solve.js';
import { timetableDepartures } from './timetable.js';
import { tinyProblem } from './tiny-problem.fixture.js';

const solver = createSolver('highs');
afterAll(() => solver.close());
const clock: Clock = { now: () => epochMs(performance.now()) };

const SLOTS = 10;
const people = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: SLOTS, maxLength: SLOTS });
const timetable = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: SLOTS, maxLength: SLOTS });

const loop = [['a', 0], ['b', 1], ['c', 2], ['a', 3]] as const; // prettier-ignore
const there = [['a', 0], ['c', 2]] as const; // prettier-ignore

const problems: fc.Arbitrary<DispatchProblem> = fc
  .record({
    fleet: fc.integer({ min: 1, max: 6 }),
    seats: fc.integer({ min: 3, max: 20 }),
    scheduled: fc.tuple(timetable, timetable),
    arrivals: fc.tuple(people, people, people),
    waiting: fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })),
    readySlot: fc.integer({ min: 0, max: 4 }),
    vehicleCost: fc.integer({ min: 1, max: 200 }),
  })
  .map(({ fleet, seats, scheduled, arrivals, waiting, readySlot, vehicleCost }) =>
    tinyProblem({
      slots: SLOTS,
      fleet,
      patterns: [
        { line: 'loop', cycle_slots: 4, seats, calls: loop, scheduled: scheduled[0] },
        { line: 'there', cycle_slots: 5, seats, calls: there, scheduled: scheduled[1] },
      ],
      demand: [
        { line: 'loop', from_stop: 'c', to_stop: 'b', waiting: waiting[0], arrivals: arrivals[0] },
        { line: 'loop', from_stop: 'b', to_stop: 'a', arrivals: arrivals[1] },
        { line: 'there', from_stop: 'a', to_stop: 'c', waiting: waiting[1], arrivals: arrivals[2] },
      ],
      ready_slot: { 'bus-1': readySlot },
      under_way: readySlot > 0 ? [{ line: 'loop', vehicle: 'bus-1', slot: readySlot - 4 }] : [],
      vehicle_cost_per_hour: vehicleCost,
    }),
  );

describe('dispatch, on any problem', () => {
  it('a plan made in a hurry holds every limit and costs no more than the timetable', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        const { plan, summary } = await solveDispatch(problem, { solver, clock, deadlineMs: 40, seed: 1 });
        expect(checkDispatch(problem, plan)).toEqual([]);
        expect(plan.cost.total).toBeLessThanOrEqual(plan.cost.timetable + 1e-6);
        expect(summary.bound ?? -Infinity).toBeLessThanOrEqual(plan.cost.total + 1e-4 * Math.max(1, plan.cost.total));
      }),
      { numRuns: 15, seed: 7 },
    );
  });

  it('the simulation of the timetable loses nobody, and one more vehicle never makes anybody wait longer', () => {
    fc.assert(
      fc.property(problems, fc.nat(SLOTS - 1), (problem, slot) => {
        const plan = readDispatchPlan(problem, timetableDepartures(problem));
        expect(checkDispatch(problem, plan)).toEqual([]);
        const counts = plan.lines.map(({ departures }) => [...departures]);
        const more = counts.map((row) => row.map((count, at) => count + (at === slot ? 1 : 0)));
        const [before, after] = [evaluateDepartures(problem, counts), evaluateDepartures(problem, more)];
        expect(after.lines[1]?.waitingCost).toBeLessThanOrEqual((before.lines[1]?.waitingCost ?? 0) + 1e-6);
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});
