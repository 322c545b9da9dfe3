import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';
import { battery, commitment, generator, hourly, load, site, task } from '../test/one-site.js';
import { planOf, rounded } from '../test/plan-of.js';
import type { EnergyPlan } from './plan.js';
import { type Commitment, type EnergyProblem, type FuelCurve, POWER, type Store, type Unit } from './problem.js';

const highs = createSolver('highs');
afterAll(() => highs.close());
const plan = (problem: EnergyProblem): Promise<EnergyPlan> => planOf(problem, highs);

const running = (of: Partial<Commitment>, changes: Partial<Unit> = {}): Unit => ({
  ...generator,
  ...changes,
  commitment: { ...commitment, ...of },
});
const one = (unit: Unit, load_kw: number | readonly number[] = 5) => site({ load_kw, units: [unit] });
const unitOf = (found: EnergyPlan) => found.sites[0]?.units[0];

describe('the energy planner goes on: generators', () => {
  it('A21 a generator runs where it is cheaper than the grid', async () => {
    const found = await plan(hourly([0.3, 0.5], [one(generator)]));
    expect(unitOf(found)).toMatchObject({ level_kw: [0, 5], on: [false, true] });
    expect(found.cost.generation).toBeCloseTo(2, 6);
    expect(found.setpoints.map(({ asset, value }) => [asset, value])).toEqual([
      ['generator', 0],
      ['generator', 5],
    ]);
  });

  it('A22 its least level is more than it saves', async () => {
    const found = await plan(hourly([0.5], [one(running({ min_kw: 4 }), 2)]));
    expect(unitOf(found)).toMatchObject({ level_kw: [0], on: [false] });
  });

  it('A23 it starts where it saves more than the start costs', async () => {
    const kept = (start_cost: number) => plan(hourly([0.5, 0.5], [one(running({ start_cost }))]));
    expect(unitOf(await kept(1.1))?.on).toEqual([false, false]);
    const found = await kept(0.9);
    expect(unitOf(found)?.on).toEqual([true, true]);
    expect(found.cost.generation).toBeCloseTo(4.9, 6);
  });

  it('A24 once on it stays on for its least time', async () => {
    const found = await plan(hourly([0.1, 1, 0.1], [one(running({ min_kw: 5, min_up_slots: 2 }))]));
    expect(unitOf(found)?.on).toEqual([false, true, true]);
  });

  it('A25 it does not stop when it would be needed before its least time off is over', async () => {
    const kept = (min_down_slots: number) =>
      plan(hourly([0.1, 1], [one(running({ min_kw: 5, min_down_slots, on: true }))]));
    expect(unitOf(await kept(1))?.on).toEqual([false, true]);
    expect(unitOf(await kept(2))?.on).toEqual([true, true]);
  });

  it('A26 what began before the horizon is kept to', async () => {
    const on = running({ min_kw: 5, min_up_slots: 3, on: true, slots_so: 1 });
    expect(unitOf(await plan(hourly([0.1, 0.1, 0.1], [one(on)])))?.on).toEqual([true, true, false]);
    const off = running({ min_down_slots: 3, slots_so: 1 });
    expect(unitOf(await plan(hourly([1, 1, 1], [one(off)])))?.on).toEqual([false, false, true]);
  });

  const fuelled = (curve: FuelCurve, on_hand?: number): Unit => ({
    ...generator,
    cost_per_kwh: 0,
    fuel: { curve, price: 0.1, carbon_kg: 2, ...(on_hand === undefined ? {} : { on_hand }) },
  });
  const line: FuelCurve = [
    [0, 0],
    [10, 10],
  ];

  it('A27 fuel on hand goes to the dearest hours', async () => {
    const found = await plan(hourly([0.5, 1, 0.6], [one(fuelled(line, 8))]));
    expect(rounded(unitOf(found)?.level_kw)).toEqual([0, 5, 3]);
    expect(found.cost.generation).toBeCloseTo(0.8, 6);
    expect(found.carbon_kg).toBeCloseTo(16, 6);
  });

  it('A28 on a convex curve it runs up to where the next kWh is dearer than the grid', async () => {
    const curve: FuelCurve = [
      [0, 0],
      [5, 5],
      [10, 15],
    ];
    expect(rounded(unitOf(await plan(hourly([0.15], [one(fuelled(curve), 10)])))?.level_kw)).toEqual([5]);
    const dear = await plan(hourly([0.25], [one(fuelled(curve), 8)]));
    expect(rounded(unitOf(dear)?.level_kw)).toEqual([8]);
    expect(dear.cost.generation).toBeCloseTo(0.1 * (5 + 2 * 3), 6);
  });

  it('A29 a machine that has no fuel to go on stops before its least time on, and that is listed', async () => {
    const dry = {
      ...fuelled(line, 5),
      ...running({ min_kw: 5, min_up_slots: 3, on: true, slots_so: 0 }, fuelled(line, 5)),
    };
    const found = await plan(hourly([0.2, 0.2, 0.2], [one(dry)]));
    expect(unitOf(found)?.on.filter(Boolean)).toHaveLength(1);
    expect(found.violations.map(({ limit, tier, at }) => [limit, tier, at])).toContainEqual([
      'min_up',
      'comfort',
      'rink generator',
    ]);
    expect(found.violations.find(({ limit }) => limit === 'min_up')?.relief).toMatch(
      /^fuel, capacity or power for \d\.00 hours more, or so much less least time on$/,
    );
  });

  it('A30 what is on at its level 0 is on, what has no commitment is off', async () => {
    const idle = await plan(hourly([0.1], [one(running({ on: true, stop_cost: 1 }))]));
    expect(unitOf(idle)).toMatchObject({ level_kw: [0], on: [true] });
    expect(unitOf(await plan(hourly([0.1], [one(generator)])))).toMatchObject({ level_kw: [0], on: [false] });
  });
});

describe('the energy planner goes on: ice', () => {
  const chiller: Unit = {
    unit: 'chiller',
    capacity_kw: 4,
    outputs: [{ bus: 'cold', per_kw: 3 }],
    inputs: [{ bus: POWER, per_kw: 1 }],
    cost_per_kwh: 0,
  };
  const floor: Store = { ...battery, store: 'floor', bus: 'cold' };
  const ice = load('ice', 6, { bus: 'cold' });

  it('A31 cold is made while it is cheap and stored in the floor', async () => {
    const found = await plan(hourly([0.1, 0.5], [site({ loads: [ice], units: [chiller], stores: [floor] })]));
    expect(rounded(unitOf(found)?.level_kw)).toEqual([3.333, 0.667]);
    expect(rounded(found.sites[0]?.stores[0]?.power_kw)).toEqual([4, -4]);
    expect(rounded(found.sites[0]?.import_kw)).toEqual([3.333, 0.667]);
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([0, 0]);
  });

  it('A32 no further than the band of its quality', async () => {
    const banded = { ...floor, soc_min_ratio: 0.3, soc_max_ratio: 0.7 };
    const found = await plan(hourly([0.1, 0.5], [site({ loads: [ice], units: [chiller], stores: [banded] })]));
    expect(rounded(found.sites[0]?.stores[0]?.power_kw)).toEqual([2, -2]);
  });

  it('A33 cold that cannot be made is missing, as a matter of comfort', async () => {
    const found = await plan(hourly([0.1], [site({ loads: [ice], units: [{ ...chiller, capacity_kw: 1 }] })]));
    expect(found.violations).toMatchObject([
      { limit: 'unserved', tier: 'comfort', at: 'rink ice', worst_kw: expect.closeTo(3, 6) },
    ]);
    expect(rounded(found.sites[0]?.unserved_kw)).toEqual([0]);
  });

  it('A34 heat that nobody asks for goes to the air', async () => {
    const outputs = [
      { bus: POWER, per_kw: 1 },
      { bus: 'heat', per_kw: 1.2 },
    ];
    const found = await plan(
      hourly(
        [0.5],
        [site({ loads: [load('load', 5), load('showers', 2, { bus: 'heat' })], units: [{ ...generator, outputs }] })],
      ),
    );
    expect(rounded(unitOf(found)?.level_kw)).toEqual([5]);
    expect(found.violations).toEqual([]);
  });
});

describe('the energy planner goes on: tasks and shedding', () => {
  const taskOf = (found: EnergyPlan) => rounded(found.sites[0]?.tasks[0]?.power_kw);

  it('A35 a task waits for the cheapest hour of its window', async () => {
    const found = await plan(hourly([0.05, 0.3, 0.1, 0.2], [site({ tasks: [task(4, { from_slot: 1 })] })]));
    expect(taskOf(found)).toEqual([0, 0, 4, 0]);
  });

  it('A36 one that takes no pause runs through its cheapest stretch', async () => {
    const [prices, long] = [[0.1, 0.9, 0.2, 0.3], task(4, { energy_kwh: 8 })];
    expect(taskOf(await plan(hourly(prices, [site({ tasks: [long] })])))).toEqual([4, 0, 4, 0]);
    const whole = site({ tasks: [{ ...long, interruptible: false }] });
    expect(taskOf(await plan(hourly(prices, [whole])))).toEqual([0, 0, 4, 4]);
  });

  it('A37 what does not fit into its window is left, and listed', async () => {
    const found = await plan(hourly([0.1, 0.1, 0.1], [site({ tasks: [task(2, { energy_kwh: 10 })] })]));
    expect(taskOf(found)).toEqual([4, 4, 0]);
    expect(found.violations).toMatchObject([
      { limit: 'task', tier: 'comfort', at: 'rink snow', from_ms: 3_600_000, until_ms: 7_200_000, kwh: 2 },
    ]);
  });

  it('A38 a load with a price is shed where energy is dearer', async () => {
    const found = await plan(hourly([0.3, 0.5], [site({ loads: [load('fountain', 5, { shed_cost_per_kwh: 0.4 })] })]));
    expect(rounded(found.sites[0]?.unserved_kw)).toEqual([0, 5]);
    expect(found.cost.shedding).toBeCloseTo(2, 6);
    expect(found.violations).toEqual([]);
    expect(found.setpoints.map(({ asset, value }) => [asset, value])).toEqual([['fountain', 0]]);
  });

  it('A40 of a task whose window goes on after the horizon its share is due, or what there is no time for afterwards', async () => {
    const doneOf = async (until_slot: number, energy_kwh: number, interruptible = true) => {
      const found = await plan(
        hourly([0.1, 0.3], [site({ tasks: [task(until_slot, { energy_kwh, interruptible })] })]),
      );
      expect(found.violations).toEqual([]);
      return taskOf(found);
    };
    expect(await doneOf(4, 4)).toEqual([2, 0]);
    expect(await doneOf(3, 12)).toEqual([4, 4]);
    // Two hours without a pause: time enough afterwards, time for one of them, none.
    expect(await doneOf(4, 8, false)).toEqual([0, 0]);
    expect(await doneOf(3, 8, false)).toEqual([0, 4]);
    expect(await doneOf(2, 8, false)).toEqual([4, 4]);
    const late = await plan(hourly([0.1, 0.3], [site({ tasks: [task(3, { energy_kwh: 12, from_slot: 1 })] })]));
    expect(late.violations).toMatchObject([{ limit: 'task', kwh: expect.closeTo(4, 6) }]);
  });

  it('A39 a dear load that may be shed keeps no battery from its spread', async () => {
    const pump = load('pump', 5, { shed_cost_per_kwh: 5000 });
    const found = await plan(hourly([0.1, 0.5], [site({ loads: [pump], stores: [battery] })]));
    expect(rounded(found.sites[0]?.battery_kw)).toEqual([4, -4]);
  });
});
