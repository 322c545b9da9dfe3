import { afterAll, describe, expect, it } from '@jest/globals';
import { checkSolution, createSolver, objectiveOf } from '#libs/lp';
import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import { buildDispatchModel } from './build-model.js';
import { columnsOf, valuesOf } from './columns-of.js';
import { readFlow } from './read-flow.js';
import { tinyDispatch } from './tiny-dispatch.fixture.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

/** The optimum of the integer model, and its departures as `class pattern slot`. */
const solve = async (
  problem: DispatchProblem,
): Promise<{ readonly cost: number; readonly trips: readonly string[] }> => {
  const { model, index } = buildDispatchModel(problem);
  const outcome = await solver.solve(model, { deadlineMs: 20_000, relativeGap: 0 });
  if (outcome.status !== 'optimal') throw new Error(`The model ended ${outcome.status}.`);
  const trips = readFlow(index, outcome.values).trips.flatMap((patterns, k) =>
    patterns.flatMap((slots, p) => slots.flatMap((made, t) => (made > 0 ? [`${made}x ${k} ${p} ${t}`] : []))),
  );
  return { cost: Math.round(outcome.objective * 1e6) / 1e6, trips };
};

const there = { pattern: 'there', calls: [['a', 0] as const, ['b', 1] as const] };
const ride = { from_stop: 'a', to_stop: 'b' };

describe('the dispatch model', () => {
  it('01 fetches who came in the slot before: half a slot of waiting and one of driving', async () => {
    const problem = tinyDispatch({ slots: 4, vehicles: [{}], patterns: [there], rides: [{ ...ride, arrivals: [4] }] });
    expect(await solve(problem)).toEqual({ cost: 2 + 1, trips: ['1x 0 0 1'] });
  });

  it('02 lets people wait who are not worth a bus', async () => {
    const problem = tinyDispatch({
      slots: 4,
      vehicles: [{}],
      patterns: [{ ...there, km: 30 }],
      vehicle_types: [{ id: 'bus', cost_per_km: 1 }],
      rides: [{ ...ride, arrivals: [4] }],
    });
    expect(await solve(problem)).toEqual({ cost: 2 + 3 * 4, trips: [] });
  });

  it('03 counts seats: the eleventh waits for the second bus', async () => {
    const problem = tinyDispatch({
      slots: 4,
      vehicles: [{}],
      patterns: [there],
      rides: [{ ...ride, arrivals: [], waiting: 11 }],
    });
    expect(await solve(problem)).toEqual({ cost: 1 + 1 + 1, trips: ['1x 0 0 0', '1x 0 0 1'] });
  });

  it('04 gives a place to another on the next segment', async () => {
    const problem = tinyDispatch({
      slots: 3,
      vehicles: [{}],
      patterns: [
        {
          pattern: 'p',
          calls: [
            ['a', 0],
            ['b', 1],
            ['c', 2],
          ],
        },
      ],
      rides: [
        { ...ride, arrivals: [], waiting: 10 },
        { from_stop: 'b', to_stop: 'c', arrivals: [], waiting: 10 },
      ],
    });
    expect(await solve(problem)).toEqual({ cost: 1 + 10, trips: ['1x 0 0 0'] });
  });

  it('05 goes empty to where it is needed', async () => {
    const problem = tinyDispatch({
      slots: 5,
      places: [{ id: 'depot' }, { id: 'hall' }],
      deadheads: [{ from_place: 'depot', to_place: 'hall', slots: 2, km: 0 }],
      vehicles: [{}],
      patterns: [{ ...there, from_place: 'hall' }],
      rides: [{ ...ride, arrivals: [], waiting: 10 }],
    });
    expect(await solve(problem)).toEqual({ cost: 2 + 20 + 1, trips: ['1x 0 0 2'] });
  });

  it('06 calls a reserve out where it saves more than it costs, once it is ready', async () => {
    const problem = (callOut: number) =>
      tinyDispatch({
        slots: 5,
        vehicles: [{ ready_slot: 1, call_out_cost: callOut }],
        patterns: [there],
        rides: [{ ...ride, arrivals: [], waiting: 10 }],
      });
    expect(await solve(problem(38))).toEqual({ cost: 10 + 1 + 38, trips: ['1x 0 0 1'] });
    expect(await solve(problem(40))).toEqual({ cost: 50, trips: [] });
  });

  it('07 ends duty in time, layover included', async () => {
    const problem = (until: number) =>
      tinyDispatch({
        slots: 4,
        vehicles: [{ until_slot: until }],
        patterns: [{ ...there, busy_slots: 2 }],
        rides: [{ ...ride, arrivals: [10] }],
      });
    expect((await solve(problem(3))).trips).toEqual(['1x 0 0 1']);
    expect((await solve(problem(2))).trips).toEqual([]);
  });

  it('08 drives on energy, and charges first where that is enough', async () => {
    const problem = (charging_kw: number) =>
      tinyDispatch({
        slots: 4,
        places: [{ id: 'depot', chargers: 1 }],
        vehicle_types: [{ id: 'bus', battery: { capacity_kwh: 60, reserve_kwh: 5, kwh_per_km: 1, charging_kw } }],
        vehicles: [{ charge_kwh: 10 }],
        patterns: [{ ...there, km: 10 }],
        rides: [{ ...ride, arrivals: [], waiting: 10 }],
      });
    // 5 kWh are missing: one slot at 50 kW, two at 25.
    expect((await solve(problem(50))).trips).toEqual(['1x 0 0 1']);
    expect((await solve(problem(25))).trips).toEqual(['1x 0 0 2']);
    expect((await solve(problem(10))).trips).toEqual([]);
  });

  it('09 charges one at a time at one charger', async () => {
    const problem = tinyDispatch({
      slots: 4,
      places: [{ id: 'depot', chargers: 1 }],
      vehicle_types: [{ id: 'bus', battery: { capacity_kwh: 60, reserve_kwh: 5, kwh_per_km: 1, charging_kw: 50 } }],
      vehicles: [{ charge_kwh: 10 }, { charge_kwh: 10 }],
      patterns: [{ ...there, km: 10 }],
      rides: [{ ...ride, arrivals: [], waiting: 20 }],
    });
    expect((await solve(problem)).cost).toBe(20 + 1 + 10 + 1);
  });

  it('10 keeps to bays, and those under way have theirs', async () => {
    const problem = (under_way: DispatchProblem['under_way']) =>
      tinyDispatch({
        slots: 4,
        vehicles: [{}, {}],
        patterns: [there],
        bays: [{ stop: 'b', bays: 1 }],
        rides: [{ ...ride, arrivals: [], waiting: 20 }],
        under_way,
      });
    expect((await solve(problem([]))).trips).toEqual(['1x 0 0 0', '1x 0 0 1']);
    const busy = await solve(problem([{ pattern: 'there', vehicle: 'bus-9', type: 'bus', slot: 0 }]));
    // It takes ten of them along, and the bay at b in slot 1.
    expect(busy).toEqual({ cost: 10 + 1, trips: ['1x 0 0 1'] });
  });

  it('11 takes people along with who is under way', async () => {
    const problem = tinyDispatch({
      slots: 3,
      vehicles: [],
      patterns: [
        {
          pattern: 'p',
          calls: [
            ['z', 0],
            ['a', 2],
            ['b', 3],
          ],
        },
      ],
      under_way: [{ pattern: 'p', vehicle: 'bus-9', type: 'bus', slot: -1 }],
      rides: [{ ...ride, arrivals: [], waiting: 12 }],
    });
    expect((await solve(problem)).cost).toBe(12 + 2 + 2);
  });

  it('12 keeps accessible places for those who need them', async () => {
    const problem = tinyDispatch({
      slots: 3,
      vehicles: [{}],
      vehicle_types: [{ id: 'bus', accessible: 1 }],
      patterns: [there],
      rides: [{ ...ride, arrivals: [], waiting: 2, accessible: true }],
    });
    expect(await solve(problem)).toEqual({ cost: 1 + 2, trips: ['1x 0 0 0', '1x 0 0 1'] });
  });

  it('13 keeps types from patterns that they may not drive', async () => {
    const problem = tinyDispatch({
      slots: 3,
      vehicle_types: [{ id: 'bus' }, { id: 'coach' }],
      vehicles: [{}, { type: 'coach' }],
      patterns: [{ ...there, types: ['coach'] }],
      rides: [{ ...ride, arrivals: [], waiting: 20 }],
    });
    expect((await solve(problem)).trips).toEqual(['1x 1 0 0', '1x 1 0 1']);
  });

  it('14 lets people from a loop go on with the next departure', async () => {
    const problem = tinyDispatch({
      slots: 5,
      vehicles: [{}],
      patterns: [
        {
          pattern: 'loop',
          busy_slots: 2,
          calls: [
            ['t', 0],
            ['x', 1],
            ['t', 2],
          ],
        },
      ],
      rides: [
        { from_stop: 'x', to_stop: 't', arrivals: [], waiting: 10, then: 1 },
        { from_stop: 't', to_stop: 'x', arrivals: [] },
      ],
    });
    // Fetched at x in slot 1, at t in slot 2 and off again at once.
    expect(await solve(problem)).toEqual({ cost: 10 + 2 + 2, trips: ['1x 0 0 0', '1x 0 0 2'] });
  });

  it('15 prices who waits too long, who is late for a session, and who is left', async () => {
    const waits = (rest: object, group: object, prices: object) =>
      solve(
        tinyDispatch({
          slots: 3,
          vehicles: [],
          patterns: [there],
          groups: [{ id: 'fans', late_cost_per_hour: 100, ...group }],
          rides: [{ ...ride, arrivals: [0, 1], waiting: 1, ...rest }],
          prices,
        }),
      );
    const waiting = 3 + 0.5 + 1;
    expect((await waits({}, {}, {})).cost).toBe(waiting);
    // With one slot allowed: the first from slot 0, the second from slot 2.
    expect((await waits({}, { longest_wait_slots: 1 }, {})).cost).toBe(waiting + 10 * (3 + 1));
    expect((await waits({}, { longest_wait_slots: 2 }, {})).cost).toBe(waiting + 10 * 2);
    expect((await waits({ board_by_slot: 1 }, {}, {})).cost).toBe(waiting + 10 * (2 + 2));
    expect((await waits({}, {}, { left_wait_slots: 5 })).cost).toBe(waiting + 2 * 5);
  });

  it('16 is asked for departures at a price, and changes what is announced at another', async () => {
    const asked = (pattern: object, prices: object) =>
      solve(tinyDispatch({ slots: 3, vehicles: [{}], patterns: [{ ...there, ...pattern }], rides: [], prices }));
    expect(await asked({ least: [0, 0, 2] }, { missed_cost: 5 })).toMatchObject({ cost: 2 });
    expect(await asked({ least: [0, 2, 2] }, { missed_cost: 0.2 })).toEqual({ cost: 0.8, trips: [] });
    expect(await asked({ added: [0, 1] }, { missed_cost: 5 })).toEqual({ cost: 1, trips: ['1x 0 0 1'] });
    expect(await asked({ added: [2] }, { missed_cost: 5 })).toEqual({ cost: 1 + 5, trips: ['1x 0 0 0'] });
    expect(await asked({ previous: [1, 1] }, { change_cost: 3 })).toMatchObject({ cost: 2 });
    expect(await asked({ previous: [1, 1], most: [0] }, { change_cost: 3 })).toEqual({ cost: 4, trips: ['1x 0 0 1'] });
  });
});

/** Every term of the objective, by a plan made by hand. Slots cost 1 a person and 1 a vehicle; press counts double. */
const everything = tinyDispatch({
  slots: 6,
  places: [{ id: 'depot', chargers: 1, charging_kw: 50 }, { id: 'hall' }],
  deadheads: [{ from_place: 'hall', to_place: 'depot', slots: 1, km: 2 }],
  vehicle_types: [
    { id: 'bus', cost_per_km: 0.5 },
    {
      id: 'ebus',
      accessible: 1,
      battery: { capacity_kwh: 20, reserve_kwh: 5, kwh_per_km: 1, charging_kw: 100 },
    },
  ],
  vehicles: [{}, { type: 'ebus', charge_kwh: 9 }, { place: 'hall', ready_slot: 1, call_out_cost: 7 }],
  patterns: [
    { ...there, to_place: 'hall', km: 3, previous: [0, 0, 1], least: [0, 0, 0, 0, 0, 3] },
    {
      pattern: 'back',
      from_place: 'hall',
      km: 3,
      calls: [
        ['b', 0],
        ['a', 1],
      ],
      added: [0, 0, 1],
    },
    {
      pattern: 'loop',
      line: 'M',
      busy_slots: 2,
      calls: [
        ['t', 0],
        ['x', 1],
        ['t', 2],
      ],
    },
  ],
  bays: [{ stop: 'a', bays: 1 }],
  under_way: [{ pattern: 'loop', vehicle: 'bus-9', type: 'bus', slot: -1 }],
  groups: [{ id: 'fans' }, { id: 'press', waiting_cost_per_hour: 20, late_cost_per_hour: 30, longest_wait_slots: 1 }],
  rides: [
    { ...ride, arrivals: [6] },
    { from_stop: 'b', to_stop: 'a', arrivals: [], waiting: 1, accessible: true },
    { ...ride, group: 'press', arrivals: [], waiting: 2 },
    { line: 'M', from_stop: 'x', to_stop: 't', arrivals: [], waiting: 3, then: 4 },
    { line: 'M', from_stop: 't', to_stop: 'x', arrivals: [] },
  ],
  prices: { change_cost: 0.25, missed_cost: 4, left_wait_slots: 2 },
});

const nobody = [0, 0, 0, 0, 0, 0];
const plan: DispatchPlan = {
  grid: everything.grid,
  departures: [],
  blocks: [
    { vehicle: 'bus-1', activities: [{ kind: 'trip', pattern: 'there', slot: 1, until_slot: 2 }] },
    {
      vehicle: 'bus-2',
      activities: [
        { kind: 'charge', place: 'depot', slot: 0, until_slot: 2, kwh: 4 },
        { kind: 'trip', pattern: 'there', slot: 2, until_slot: 3 },
        { kind: 'trip', pattern: 'back', slot: 3, until_slot: 4 },
      ],
    },
    {
      vehicle: 'bus-3',
      activities: [{ kind: 'deadhead', from_place: 'hall', to_place: 'depot', slot: 2, until_slot: 3 }],
    },
  ],
  boardings: [
    { ride: 0, pattern: 'there', slot: 1, people: 6 },
    { ride: 2, pattern: 'there', slot: 1, people: 2 },
    { ride: 1, pattern: 'back', slot: 3, people: 1 },
    { ride: 3, pattern: 'loop', slot: -1, people: 3 },
  ],
  rides: [
    { queue: [6, 0, 0, 0, 0, 0], late: nobody },
    { queue: [1, 1, 1, 0, 0, 0], late: nobody },
    { queue: [2, 0, 0, 0, 0, 0], late: [2, 0, 0, 0, 0, 0] },
    { queue: nobody, late: nobody },
    { queue: [0, 3, 3, 3, 3, 3], late: nobody },
  ],
  cost: {
    waiting: 3 + 3 + 2 * 2 + 15,
    late: 2 * 3,
    left: 2 * 3,
    driving: 1 + 1.5 + 1 + 1 + 1 + 1,
    call_out: 7,
    changes: 0.25,
    missed: 4 + 4,
    total: 25 + 6 + 6 + 6.5 + 7 + 0.25 + 8,
  },
};

describe('a plan as a solution of the model', () => {
  it('breaks no row and costs what the plan says', () => {
    const built = buildDispatchModel(everything);
    const values = valuesOf(everything, plan, built);
    expect(checkSolution(built.model, values)).toEqual([]);
    expect(objectiveOf(built.model, values)).toBeCloseTo(plan.cost.total, 9);
  });

  it('costs at least the optimum', async () => {
    expect((await solve(everything)).cost).toBeLessThanOrEqual(plan.cost.total);
  });

  it('has its columns by name, and its flow back', () => {
    const built = buildDispatchModel(everything);
    expect(columnsOf(everything, plan)).toMatchObject({
      'trip[0,0,1]': 1,
      'trip[1,1,3]': 1,
      'dead[2,0,2]': 1,
      'call[2,1,2]': 1,
      'stand[2,0,3]': 1,
      'charge[1,0,1]': 2,
      'energy[1,5]': 7,
      'board[3,2,-1]': 3,
      'queue[4,5]': 3,
      'late[2,0]': 2,
      'short[0,5]': 1,
      'lack[1,2]': 1,
      'in[0,1]': 1,
    });
    const flow = readFlow(built.index, valuesOf(everything, plan, built));
    expect(flow.trips[1]?.[1]).toEqual([0, 0, 0, 1, 0, 0]);
    expect(flow.deadheads[2]?.[0]).toEqual([0, 0, 1, 0, 0, 0]);
    expect(flow.callOuts[2]?.[1]).toEqual([0, 0, 1, 0, 0, 0]);
    expect(flow.charged[1]?.[0]).toEqual([2, 2, 0, 0, 0, 0]);
  });

  it('throws on what the model does not have', () => {
    const blocks = [
      { vehicle: 'bus-1', activities: [{ kind: 'trip' as const, pattern: 'away', slot: 0, until_slot: 1 }] },
    ];
    expect(() => valuesOf(everything, { ...plan, blocks }, buildDispatchModel(everything))).toThrow(
      'no column for a trip of bus-1 in slot 0',
    );
  });
});
