import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ModelBuilder } from './builder.js';
import { checkSolution } from './check.js';
import { createSolver } from './create-solver.js';
import type { LinearModel } from './model.js';
import type { SolveProgress, SolverName } from './solver.js';
import { toSparse } from './sparse.js';

const solvers = { highs: createSolver('highs'), 'javascript-lp-solver': createSolver('javascript-lp-solver') };
afterAll(async () => {
  await Promise.all(Object.values(solvers).map((solver) => solver.close()));
});

const build = (fill: (builder: ModelBuilder) => void): LinearModel => {
  const builder = new ModelBuilder('fixture');
  fill(builder);
  return builder.build();
};

/** At most 4 tonnes by truck, at least 7 in all; the truck earns 3 a tonne, the train costs 2. */
const freight = build((b) => {
  const truck = b.addVariable('truck', { upper: 4, cost: -3 });
  const train = b.addVariable('train', { cost: 2 });
  b.addConstraint('demand', { lower: 7 }, [
    [truck, 1],
    [train, 1],
  ]);
});

/** x <= -1 without a lower bound, y free: x + y >= 2 is cheapest at x = -1, y = 3. */
const belowZero = build((b) => {
  const x = b.addVariable('x', { lower: -Infinity, upper: -1, cost: 1 });
  const y = b.addVariable('y', { lower: -Infinity, cost: 2 });
  b.addConstraint('sum', { lower: 2, upper: 9 }, [
    [x, 1],
    [y, 1],
  ]);
  b.addConstraint('floor', { lower: -1 }, [[x, 1]]);
});

/** 17 passengers, buses of 5 for 4 and of 3 for 3: three of 5 and one of 3 cost 15. */
const buses = build((b) => {
  const five = b.addVariable('five', { lower: 0.5, upper: 3.7, cost: 4, integer: true });
  const three = b.addVariable('three', { upper: 9, cost: 3, integer: true });
  b.addConstraint('seats', { lower: 17 }, [
    [five, 5],
    [three, 3],
  ]);
});

/** Two tanks of at most 5 cannot hold 12; the third limit has no part in it. */
const tanks = build((b) => {
  const first = b.addVariable('first', { upper: 5 });
  const second = b.addVariable('second', { upper: 5 });
  b.addConstraint('easy', { upper: 100 }, [[first, 1]]);
  b.addConstraint('total', { lower: 12 }, [
    [first, 1],
    [second, 1],
  ]);
});

/** Pairs never make three. */
const pairs = build((b) => {
  const first = b.addVariable('first', { upper: 5, integer: true });
  const second = b.addVariable('second', { upper: 5, integer: true });
  b.addConstraint('easy', { upper: 100 }, [[first, 1]]);
  b.addConstraint('three', { equal: 3 }, [
    [first, 2],
    [second, 2],
  ]);
});

const noLimit = build((b) => {
  const x = b.addVariable('x', { cost: -1 });
  const y = b.addVariable('y', { cost: 0.5 });
  b.addConstraint('lead', { upper: 3 }, [
    [x, 1],
    [y, -1],
  ]);
});

const nothing = build((b) => b.addConstant(3));

interface HangFixture {
  readonly profit: readonly number[];
  readonly upper: readonly number[];
  readonly constraints: readonly { name: string; min?: number; max?: number; coefficients: readonly number[] }[];
}

const readHang = (): LinearModel => {
  const fixture = JSON.parse(
    readFileSync(new URL('../test/jslp-1.0.3-hang.json', import.meta.url), 'utf8'),
  ) as HangFixture;
  return build((b) => {
    fixture.profit.forEach((profit, j) => b.addVariable(`x${j}`, { cost: -profit, upper: fixture.upper[j] ?? 0 }));
    for (const { name, min = -Infinity, max = Infinity, coefficients } of fixture.constraints) {
      b.addConstraint(
        name,
        { lower: min, upper: max },
        coefficients.map((coefficient, j) => [j, coefficient] as const),
      );
    }
  });
};

describe.each<[SolverName]>([['highs'], ['javascript-lp-solver']])('%s', (name) => {
  const solver = solvers[name];
  const options = { deadlineMs: 10_000 };

  it.each([
    ['a linear model', freight, -6, [4, 3]],
    ['free variables and negative bounds', belowZero, 5, [-1, 3]],
    ['integers between fractional bounds', buses, 15, [3, 1]],
    ['a model of nothing but a constant', nothing, 3, []],
  ])('solves %s', async (_, model, objective, values) => {
    const outcome = await solver.solve(model, options);
    expect(outcome).toMatchObject({ status: 'optimal' });
    if (outcome.status !== 'optimal') return;
    expect(outcome.objective).toBeCloseTo(objective, 6);
    expect(outcome.bound).toBeCloseTo(objective, 6);
    expect(outcome.gap).toBeLessThanOrEqual(1e-4);
    expect([...outcome.values].map((value) => Math.round(value * 1e6) / 1e6)).toEqual(values);
    expect(checkSolution(model, outcome.values)).toEqual([]);
  });

  it('says which limits are in conflict, and no other', async () => {
    const outcome = await solver.solve(tanks, options);
    expect(outcome).toMatchObject({ status: 'infeasible', conflict: ['total', 'first <= 5', 'second <= 5'] });
  });

  it('knows that there is no optimum', async () => {
    expect(await solver.solve(noLimit, options)).toMatchObject({ status: 'unbounded' });
  });

  it('finds integers infeasible where fractions are not', async () => {
    expect(await solver.solve(pairs, options)).toMatchObject({ status: 'infeasible', conflict: ['three'] });
  });
});

describe('the model on which javascript-lp-solver never returns', () => {
  const hang = readHang();

  it('is solved by highs', async () => {
    const outcome = await solvers.highs.solve(hang, { deadlineMs: 5_000 });
    expect(outcome).toMatchObject({ status: 'optimal', objective: expect.closeTo(-478.893543, 6) });
  });

  it('ends as timed out within a second of the deadline, and the next call works', async () => {
    const solver = solvers['javascript-lp-solver'];
    const before = performance.now();
    expect(await solver.solve(hang, { deadlineMs: 700 })).toMatchObject({ status: 'timed_out' });
    expect(performance.now() - before).toBeLessThan(1_700);
    expect(await solver.solve(freight, { deadlineMs: 10_000 })).toMatchObject({ status: 'optimal' });
  });
});

describe('highs', () => {
  it('gives shadow prices: one more tonne of demand costs 2', async () => {
    const outcome = await solvers.highs.solve(freight, { deadlineMs: 5_000 });
    expect(outcome).toMatchObject({ duals: Float64Array.of(2) });
  });

  it('tells of an integer model under way: a bound from below, a solution from above', async () => {
    // Twenty-four parcels on six scales, one below the other's limit: a few nodes of branching.
    const parcels = build((b) => {
      const taken = Array.from({ length: 24 }, (_, i) =>
        b.addVariable(`parcel-${i}`, { upper: 1, cost: -(10 + ((i * 7) % 11)), integer: true }),
      );
      for (let scale = 0; scale < 6; scale += 1) {
        const weights = taken.map((parcel, i) => [parcel, 5 + ((i * (scale + 3)) % 13)] as const);
        b.addConstraint(`scale-${scale}`, { upper: 60 }, weights);
      }
    });
    const heard: SolveProgress[] = [];
    const outcome = await solvers.highs.solve(parcels, { deadlineMs: 5_000, onProgress: (news) => heard.push(news) });
    if (outcome.status !== 'optimal') throw new Error(`It ended ${outcome.status}.`);
    expect(heard.length).toBeGreaterThan(0);
    for (const { objective, bound } of heard) {
      expect(bound).toBeLessThanOrEqual(outcome.objective + 1e-6);
      expect(objective).toBeGreaterThanOrEqual(outcome.objective - 1e-6);
    }
  });

  it('solves many models in one turn, and again at other costs', async () => {
    const models = [freight, belowZero].map(toSparse);
    const costs = [Float64Array.from([3, 2]), Float64Array.from([2, 1])];
    const once = await solvers.highs.solveEach(models, { deadlineMs: 5_000 });
    expect(once.map((vertex) => [...(vertex?.values ?? [])])).toEqual([
      [4, 3],
      [-1, 3],
    ]);
    expect([...(once[0]?.duals ?? [])]).toEqual([2]);
    const again = await solvers.highs.solveEachAgain(costs, { deadlineMs: 5_000 });
    expect([...(again[0]?.values ?? [])]).toEqual([0, 7]);
    expect(await solvers.highs.solveEach(models, { deadlineMs: -1 })).not.toContainEqual(expect.anything());
    expect(await solvers['javascript-lp-solver'].solveEach(models, { deadlineMs: 5_000 })).toEqual([]);
  });

  it('does not take presolve at its word that an unbounded model is infeasible', async () => {
    const model = build((b) => {
      const x = b.addVariable('x', { cost: -1 });
      const y = b.addVariable('y', { lower: -Infinity, upper: 0 });
      const fixed = b.addVariable('fixed', { lower: -1, upper: -1 });
      const z = b.addVariable('z', { upper: 1, cost: -1 });
      b.addConstraint('first', { lower: 0 }, [
        [x, 4],
        [y, 1],
        [fixed, -6],
      ]);
      b.addConstraint('second', { lower: 0 }, [
        [x, -5],
        [y, -2],
        [z, -1],
      ]);
    });
    expect(await solvers.highs.solve(model, { deadlineMs: 5_000 })).toMatchObject({ status: 'unbounded' });
  });
});
