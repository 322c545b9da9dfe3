import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ModelBuilder } from './builder.js';
import { checkSolution, objectiveOf } from './check.js';
import { createSolver } from './create-solver.js';
import type { LinearModel } from './model.js';

const highs = createSolver('highs');
const jslp = createSolver('javascript-lp-solver');
afterAll(async () => {
  await Promise.all([highs.close(), jslp.close()]);
});

const small = fc.integer({ min: -6, max: 6 });
const positive = fc.integer({ min: 0, max: 8 });

const variable = (integer: fc.Arbitrary<boolean>, free: boolean) =>
  fc
    .record({
      lower: small,
      width: positive,
      open: fc.constantFrom('none', 'lower', 'upper', 'both'),
      cost: small,
      integer,
    })
    .map(({ lower, width, open, cost, integer: whole }) => ({
      lower: free && (open === 'lower' || open === 'both') ? -Infinity : lower,
      upper: free && (open === 'upper' || open === 'both') ? Infinity : lower + width,
      cost,
      integer: whole,
    }));

/** Up to five variables and five constraints in small whole numbers; constraints may be one-sided, ranges or equalities. */
const models = (integer: fc.Arbitrary<boolean>, free: boolean): fc.Arbitrary<LinearModel> =>
  fc
    .record({
      variables: fc.array(variable(integer, free), { minLength: 1, maxLength: 5 }),
      constraints: fc.array(
        fc.record({
          coefficients: fc.array(small, { minLength: 5, maxLength: 5 }),
          lower: small,
          width: positive,
          side: fc.constantFrom('lower', 'upper', 'range', 'equal'),
        }),
        { maxLength: 5 },
      ),
    })
    .map(({ variables, constraints }) => {
      const builder = new ModelBuilder('random');
      variables.forEach((options, j) => builder.addVariable(`x${j}`, options));
      constraints.forEach(({ coefficients, lower, width, side }, i) =>
        builder.addConstraint(
          `c${i}`,
          {
            lower: side === 'upper' ? -Infinity : lower,
            upper: side === 'lower' ? Infinity : side === 'equal' ? lower : lower + width,
          },
          variables.map((_, j) => [j, coefficients[j] ?? 0] as const),
        ),
      );
      return builder.build();
    });

const agree = async (model: LinearModel): Promise<void> => {
  const options = { deadlineMs: 5_000, relativeGap: 0 };
  const [ours, other] = await Promise.all([highs.solve(model, options), jslp.solve(model, options)]);
  expect(other.status).toBe(ours.status);
  if (ours.status !== 'optimal' || other.status !== 'optimal') return;
  expect(checkSolution(model, ours.values)).toEqual([]);
  expect(checkSolution(model, other.values)).toEqual([]);
  expect(Math.abs(ours.objective - other.objective)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(ours.objective)));
  expect(objectiveOf(model, ours.values)).toBeCloseTo(ours.objective, 6);
};

/** A fixed seed: javascript-lp-solver has models on which it never returns. */
const runs = { seed: 20260206, numRuns: 120 };

describe('the two solvers agree on status and objective', () => {
  it('of linear models with every kind of bound', () =>
    fc.assert(fc.asyncProperty(models(fc.constant(false), true), agree), runs));
  it('of integer models with finite bounds', () =>
    fc.assert(fc.asyncProperty(models(fc.boolean(), false), agree), runs));
});
