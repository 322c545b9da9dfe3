import { describe, expect, it } from '@jest/globals';

import type { Activity, DispatchPlan, DispatchProblem } from './contract.js';
import type { RidePeople } from './demand-day.js';
import { Roads } from './driving.js';
import { type Planner, rollingPlanner } from './rolling-planner.js';
import { runShuttleDay } from './run-shuttle-day.js';
import type { Breakdown } from './shuttle-day.js';
import { EXACT_DRIVING, tinyDay, tinyShuttles } from './tiny-shuttles.fixture.js';

const roads = new Roads(tinyShuttles, EXACT_DRIVING, 1);
const nobody: RidePeople = { waiting: 0, arrivals: [] };
const twoASlot: RidePeople = { waiting: 0, arrivals: new Array<number>(12).fill(2) };

/** Answers each problem with what bus-1 is to do in it. */
const plannerOf = (activitiesOf: (problem: DispatchProblem, call: number) => readonly Activity[]) => {
  const problems: DispatchProblem[] = [];
  const planner: Planner = (problem) => {
    const activities = activitiesOf(problem, problems.push(problem) - 1);
    const blocks = [{ vehicle: 'bus-1', activities }];
    const cost = { waiting: 0, late: 0, left: 0, driving: 0, call_out: 0, changes: 0, missed: 0, total: 0 };
    const plan: DispatchPlan = { grid: problem.grid, departures: [], blocks, boardings: [], rides: [], cost };
    return Promise.resolve(plan);
  };
  return { planner, problems };
};
const driveTrip = (pattern: string, slot: number): Activity => ({ kind: 'trip', pattern, slot, until_slot: slot + 3 });

const drive = async (
  planner: Planner,
  {
    comes = [[], []],
    rides = [nobody, nobody],
    instance = {},
    breakdowns = [],
  }: {
    readonly comes?: readonly (readonly number[])[];
    readonly rides?: readonly RidePeople[];
    readonly instance?: Partial<DispatchProblem>;
    readonly breakdowns?: readonly Breakdown[];
  } = {},
) => {
  const day = { ...tinyDay(comes, instance), breakdowns };
  const demand = { forecasts: [{ known_s: 0, rides }] };
  const timing = { every_s: 300, frozen_s: 600, horizon_slots: 6 };
  return runShuttleDay(day, rollingPlanner({ instance: day.instance, roads, demand, planner, ...timing }));
};

describe('a plan that rolls', () => {
  it('D01: begins with the whole day, then after what is frozen, and always reaches as far', async () => {
    const { planner, problems } = plannerOf(() => []);
    await drive(planner);
    const startS = problems.map(({ grid }) => grid.start / 1000);
    expect(startS.slice(0, 4)).toEqual([0, 900, 1200, 1500]);
    expect(new Set(problems.map(({ grid }) => grid.count))).toEqual(new Set([6]));
  });

  it('D02: a departure that is frozen leaves though the next plan does not have it, a later one does not', async () => {
    const { planner } = plannerOf((_, call) => (call === 0 ? [driveTrip('out', 2), driveTrip('back', 5)] : []));
    const { departures } = await drive(planner);
    expect(departures.map(({ pattern, left_s }) => [pattern, left_s])).toEqual([['out', 600]]);
  });

  it('D03: a vehicle under way is ready where and when it is expected, and its places are open at later calls', async () => {
    const { planner, problems } = plannerOf((_, call) => (call === 0 ? [driveTrip('out', 1)] : []));
    await drive(planner);
    // At 300 s the bus leaves; the plan begins at 900 s, when it is at its last call. It is ready at 1200 s.
    expect(problems[1]).toMatchObject({
      vehicles: [{ id: 'bus-1', place: 'park', ready_slot: 1 }],
      under_way: [{ pattern: 'out', vehicle: 'bus-1', type: 'bus', slot: -2 }],
    });
    expect(problems[4]).toMatchObject({ vehicles: [{ place: 'park', ready_slot: 0 }], under_way: [] });
  });

  it('D04: who waits when a plan begins is who waits now and comes until then, less whom vehicles take', async () => {
    const { planner, problems } = plannerOf((_, call) => (call === 0 ? [driveTrip('out', 2)] : []));
    await drive(planner, { comes: [[0, 10], []], rides: [twoASlot, nobody] });
    expect(problems[0]?.rides[0]).toMatchObject({ waiting: 1, arrivals: [2, 2, 2, 2, 2, 2] });
    // Two wait at 300 s, two more come until 600 s, all four ride then; two come until 900 s.
    expect(problems[1]?.rides[0]?.waiting).toBeCloseTo(2);
  });

  it('D05: what is announced is what was planned, and the floor counts what was driven', async () => {
    const least = [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2];
    const patterns = tinyShuttles.patterns.map((pattern, index) => (index === 0 ? { ...pattern, least } : pattern));
    const { planner, problems } = plannerOf((_, call) =>
      call === 0 ? [driveTrip('out', 2), driveTrip('back', 5)] : [],
    );
    await drive(planner, { instance: { patterns } });
    expect(problems[0]?.patterns[0]).toMatchObject({ previous: [], least: [0, 0, 1, 1, 1, 1] });
    expect(problems[1]?.patterns).toMatchObject([
      { previous: [0, 0, 0, 0, 0, 0], least: [0, 0, 0, 1, 1, 1] },
      { previous: [0, 0, 1, 0, 0, 0] },
    ]);
    // The way back was taken out again by the second plan.
    expect(problems[2]?.patterns[1]?.previous).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('D06: past the end of the day nobody comes', async () => {
    const { planner, problems } = plannerOf(() => []);
    await drive(planner, { rides: [twoASlot, nobody] });
    expect(problems.at(-1)?.rides[0]?.arrivals).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('D07: who is off duty before he could leave is not planned with', async () => {
    const vehicles = [{ id: 'bus-1', type: 'bus', place: 'hall', ready_slot: 0, until_slot: 5 }];
    const { planner, problems } = plannerOf(() => []);
    await drive(planner, { instance: { vehicles } });
    expect(problems.map((problem) => problem.vehicles[0]?.until_slot).slice(0, 5)).toEqual([
      5,
      2,
      1,
      undefined,
      undefined,
    ]);
  });

  it('D08: what a broken vehicle was told is given up', async () => {
    const { planner, problems } = plannerOf((_, call) => (call === 0 ? [driveTrip('out', 2)] : []));
    const breakdowns = [{ vehicle: 'bus-1', at_s: 60, lasts_s: 1440 }];
    const { departures } = await drive(planner, { breakdowns });
    expect(departures).toEqual([]);
    expect(problems[1]?.vehicles[0]).toMatchObject({ place: 'hall', ready_slot: 2 });
  });
});
