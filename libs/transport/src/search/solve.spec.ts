import { describe, expect, it } from '@jest/globals';
import { type Clock, epochMs } from '#libs/kernel';
import { checkDispatch } from '../check/check-dispatch.js';
import { generateInstance } from '../instances/generate.js';
import { tinyDispatch, type TinyDispatch } from '../model/tiny-dispatch.fixture.js';
import { driveTimetable } from '../prepare/timetable.js';
import { planOfBlocks } from '../prepare/plan-of-blocks.js';
import { solveDispatch } from './solve.js';

const clock: Clock = { now: () => epochMs(performance.now()) };
const solve = async (tiny: TinyDispatch, effort = 300) => {
  const problem = tinyDispatch(tiny);
  const { plan } = await solveDispatch(problem, { clock, deadlineMs: Infinity, seed: 1, effort });
  expect(checkDispatch(problem, plan)).toEqual([]);
  return plan;
};
const slotsOf = (plan: Awaited<ReturnType<typeof solve>>): readonly (readonly [string, string, number])[] =>
  plan.blocks.flatMap(({ vehicle, activities }) =>
    activities.map((activity) => [vehicle, activity.kind, activity.slot] as const),
  );

const calls = [['a', 0], ['b', 1]] as const; // prettier-ignore
const line = { pattern: 'out', calls };
const ride = { from_stop: 'a', to_stop: 'b' };

describe('dispatch by hand', () => {
  it('D01: nothing to drive with, nobody to drive: an empty plan', async () => {
    const plan = await solve({ slots: 3, patterns: [], rides: [], vehicles: [] });
    expect(plan).toMatchObject({ departures: [], blocks: [], boardings: [], cost: { total: 0 } });
  });

  it('D02: one bus, people who came in slot 0: it leaves in slot 1', async () => {
    const plan = await solve({
      slots: 3,
      patterns: [line],
      rides: [{ ...ride, arrivals: [8, 0, 0] }],
      vehicles: [{}],
    });
    expect(slotsOf(plan)).toEqual([['bus-1', 'trip', 1]]);
    // Half a slot of waiting for 8, and one slot of driving.
    expect(plan.cost).toMatchObject({ waiting: 4, driving: 1, total: 5 });
  });

  it('D03: two people at ten slots of driving: nobody drives', async () => {
    const plan = await solve({
      slots: 3,
      patterns: [{ ...line, busy_slots: 10 }],
      rides: [{ ...ride, arrivals: [2, 0, 0] }],
      vehicles: [{}],
    });
    expect(plan.departures).toEqual([]);
    expect(plan.cost.total).toBe(5);
  });

  it('D04: the bus stands elsewhere: it comes empty first', async () => {
    const plan = await solve({
      slots: 6,
      places: [{ id: 'depot' }, { id: 'yard' }],
      deadheads: [{ from_place: 'yard', to_place: 'depot', slots: 1, km: 1 }],
      patterns: [line],
      rides: [{ ...ride, arrivals: [0, 9, 0, 0, 0, 0] }],
      vehicles: [{ place: 'yard' }],
    });
    expect(slotsOf(plan).map(([, kind]) => kind)).toEqual(['deadhead', 'trip']);
    expect(plan.departures[0]?.departs_ms).toBe(plan.grid.start + 2 * plan.grid.slotMs);
  });

  it('D05: of two groups the one whose waiting costs more takes the places', async () => {
    const plan = await solve({
      slots: 2,
      patterns: [line],
      groups: [{ id: 'fans' }, { id: 'press', waiting_cost_per_hour: 50 }],
      rides: [
        { ...ride, arrivals: [0, 0], waiting: 8 },
        { ...ride, group: 'press', arrivals: [0, 0], waiting: 6 },
      ],
      vehicles: [{}],
    });
    expect(plan.boardings.filter(({ slot }) => slot === 0)).toEqual([
      { ride: 1, pattern: 'out', slot: 0, people: 6 },
      { ride: 0, pattern: 'out', slot: 0, people: 4 },
    ]);
  });

  it('D06: a reserve bus is called where it saves more than its price, and not where it saves less', async () => {
    const reserve = (call_out_cost: number): TinyDispatch => ({
      slots: 4,
      patterns: [line],
      rides: [{ ...ride, arrivals: [0, 0, 0, 0], waiting: 10 }],
      vehicles: [{ call_out_cost }],
    });
    // To wait costs 40 in four slots, to drive 1.
    expect((await solve(reserve(38))).cost).toMatchObject({ call_out: 38, total: 39 });
    expect((await solve(reserve(40))).cost).toMatchObject({ call_out: 0, total: 40 });
  });

  it('D07: a battery for one trip is charged before the second', async () => {
    const plan = await solve({
      slots: 8,
      places: [{ id: 'depot', chargers: 1 }],
      vehicle_types: [{ id: 'bus', battery: { capacity_kwh: 12, reserve_kwh: 2, kwh_per_km: 1, charging_kw: 50 } }],
      patterns: [{ ...line, km: 10 }],
      rides: [{ ...ride, arrivals: [10, 0, 0, 0, 10, 0, 0, 0] }],
      vehicles: [{}],
    });
    expect(plan.departures).toHaveLength(2);
    const charged = plan.blocks[0]?.activities.reduce((sum, each) => sum + (each.kind === 'charge' ? each.kwh : 0), 0);
    expect(charged).toBeGreaterThanOrEqual(10);
  });

  it('D08: one bay: two lines leave one after the other', async () => {
    const plan = await solve({
      slots: 3,
      patterns: [line, { ...line, pattern: 'other', line: 'M', calls: [['a', 0], ['c', 1]] }], // prettier-ignore
      bays: [{ stop: 'a', bays: 1 }],
      rides: [
        { ...ride, arrivals: [0, 0, 0], waiting: 5 },
        { from_stop: 'a', to_stop: 'c', line: 'M', arrivals: [0, 0, 0], waiting: 9 },
      ],
      vehicles: [{}, {}],
    });
    expect(plan.departures.map(({ pattern }) => pattern)).toEqual(['other', 'out']);
  });

  it('D09: what is announced is kept where a change costs more than it saves', async () => {
    const announced = (change_cost: number): TinyDispatch => ({
      slots: 4,
      vehicle_types: [{ id: 'bus', cost_per_hour: 30 }],
      patterns: [{ ...line, previous: [0, 0, 1, 0] }],
      rides: [{ ...ride, arrivals: [4, 0, 0, 0] }],
      vehicles: [{}],
      prices: { change_cost },
    });
    const leaves = async (tiny: TinyDispatch) => slotsOf(await solve(tiny)).map(([, , slot]) => slot);
    // A slot earlier saves 4 and is two changes.
    expect(await leaves(announced(1))).toEqual([1]);
    expect(await leaves(announced(3))).toEqual([2]);
  });

  it('D10: people who go on around the terminus take the next departure', async () => {
    const plan = await solve({
      slots: 6,
      patterns: [{ ...line, busy_slots: 2, calls: [['a', 0], ['b', 1], ['a', 2]] }], // prettier-ignore
      rides: [
        { from_stop: 'b', to_stop: 'a', arrivals: [9, 0, 0, 0, 0, 0], then: 1 },
        { from_stop: 'a', to_stop: 'b', arrivals: [0, 0, 0, 0, 0, 0] },
      ],
      vehicles: [{}],
      prices: { left_wait_slots: 10 },
    });
    expect(plan.boardings.map(({ ride: index, slot, people }) => [index, slot, people])).toEqual([
      [0, 0, 9],
      [1, 2, 9],
    ]);
  });
});

describe('dispatch of an evening', () => {
  const problem = generateInstance({ lines: 6, slots: 24, seed: 5, fleet: 'tight' });

  it('is the same for the same seed and effort, and better for more effort', async () => {
    const run = (effort: number) => solveDispatch(problem, { clock, deadlineMs: Infinity, seed: 2, effort });
    const [little, again, much] = [await run(400), await run(400), await run(4_000)];
    expect(JSON.stringify(little.plan)).toBe(JSON.stringify(again.plan));
    expect(much.plan.cost.total).toBeLessThan(little.plan.cost.total);
    expect(checkDispatch(problem, much.plan)).toEqual([]);
  });

  it('ends at once when it is told to, with a plan', async () => {
    const stop = new AbortController();
    stop.abort();
    const { plan } = await solveDispatch(problem, { clock, deadlineMs: 60_000, seed: 1, signal: stop.signal });
    expect(checkDispatch(problem, plan)).toEqual([]);
  });

  it('has a plan without any effort, no worse than the timetable', async () => {
    const timetable = planOfBlocks(problem, driveTimetable(problem));
    const { plan } = await solveDispatch(problem, { clock, deadlineMs: Infinity, seed: 1, effort: 0 });
    expect(plan.departures.length).toBeGreaterThan(0);
    expect(plan.cost.total).toBeLessThanOrEqual(timetable.cost.total + 1e-6);
    expect(checkDispatch(problem, plan)).toEqual([]);
  });

  it('begins with what it is given: from a good plan nothing is lost', async () => {
    const options = { clock, deadlineMs: Infinity, seed: 1 };
    const { plan } = await solveDispatch(problem, { ...options, effort: 3_000 });
    const again = await solveDispatch(problem, { ...options, effort: 0, start: plan.blocks });
    expect(again.plan.cost.total).toBeLessThanOrEqual(plan.cost.total + 1e-6);
    expect(checkDispatch(problem, again.plan)).toEqual([]);
  });

  it('tells of each better plan', async () => {
    const costs: number[] = [];
    const { summary } = await solveDispatch(problem, {
      clock,
      deadlineMs: Infinity,
      seed: 1,
      effort: 1_000,
      onProgress: ({ cost }) => costs.push(cost),
    });
    expect(costs).toEqual(summary.curve.map(({ cost }) => cost));
    expect(costs).toEqual([...costs].sort((a, b) => b - a));
    expect(costs.at(-1)).toBeCloseTo(summary.objective, 6);
  });
});
