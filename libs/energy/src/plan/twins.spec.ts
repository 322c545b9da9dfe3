import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSolver } from '#libs/lp';
import { commitment, generator, hourly, site } from '../../test/one-site.js';
import { checkEnergyPlan } from '../check-plan.js';
import { buildEnergyModel } from '../model/build-model.js';
import type { EnergyProblem, FuelCurve, Unit } from '../problem.js';
import { solveEnergy } from '../solve-energy.js';
import { runsOf } from './twins.js';

const highs = createSolver('highs');
afterAll(() => highs.close());

describe('runsOf', () => {
  it('ends first who began first, and begins with who has rested longest', () => {
    expect(runsOf([1, 2, 1, 1, 2, 0], { count: 2, wereOn: false })).toEqual([
      [true, true, false, false, true, false],
      [false, true, true, true, true, false],
    ]);
  });

  it('begins with all of them where all were on', () => {
    expect(runsOf([2, 1], { count: 3, wereOn: true })).toEqual([[false, false], [true, false], [true, true]]);
  }); // prettier-ignore
});

/** Three machines of 10 kW against dear hours of the grid. `apart`: each has a tank of its own, so that none is the other's twin. */
const three = (prices: readonly number[], load_kw: readonly number[], times: object, apart: boolean): EnergyProblem => {
  const curve: FuelCurve = [
    [0, 0.1],
    [10, 1],
  ];
  const machine: Unit = {
    ...generator,
    commitment: { ...commitment, min_kw: 4, start_cost: 0.7, stop_cost: 0.1, ...times },
    fuel: { curve, price: 1, carbon_kg: 0, ...(apart ? { on_hand: 1e4 } : {}) },
  };
  const units = [1, 2, 3].map((at) => ({ ...machine, unit: `generator ${at}` }));
  return hourly(prices, [site({ load_kw, units })]);
};

it('machines that differ in name alone are one in the model, and cost what they cost apart', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 5, max: 60 })), { minLength: 6, maxLength: 6 }),
      fc.record({ min_up_slots: fc.integer({ min: 0, max: 3 }), min_down_slots: fc.integer({ min: 0, max: 3 }) }),
      async (hours, times) => {
        const [load, prices] = [hours.map(([kw]) => kw), hours.map(([, cents]) => cents / 100)];
        const [together, apart] = [three(prices, load, times, false), three(prices, load, times, true)];
        expect(buildEnergyModel(together).model.arrays.cost.length).toBeLessThan(
          buildEnergyModel(apart).model.arrays.cost.length,
        );
        const options = { solver: highs, deadlineMs: 20_000, seed: 1, relativeGap: 1e-6 };
        const [one, other] = [await solveEnergy(together, options), await solveEnergy(apart, options)];
        expect(one.solve.objective).toBeCloseTo(other.solve.objective ?? NaN, 4);
        expect(checkEnergyPlan(together, one.plan)).toEqual([]);
      },
    ),
    { seed: 7, numRuns: 40 },
  )); // prettier-ignore
