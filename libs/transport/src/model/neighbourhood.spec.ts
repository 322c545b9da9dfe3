import { afterAll, expect, it } from '@jest/globals';
import { checkSolution, createSolver, objectiveOf } from '#libs/lp';
import { buildDispatchModel } from './build-model.js';
import { buildSubmodel } from './neighbourhood.js';
import { tinyDispatch } from './tiny-dispatch.fixture.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

/** Two lines from the depot, ten people waiting on each, two buses; to wait a slot costs 10, to drive 1. */
const problem = tinyDispatch({
  slots: 4,
  vehicles: [{}, {}],
  patterns: [
    {
      pattern: 'p',
      calls: [
        ['a', 0],
        ['b', 1],
      ],
    },
    {
      pattern: 'q',
      line: 'M',
      calls: [
        ['c', 0],
        ['d', 1],
      ],
    },
  ],
  rides: [
    { from_stop: 'a', to_stop: 'b', arrivals: [], waiting: 10 },
    { line: 'M', from_stop: 'c', to_stop: 'd', arrivals: [], waiting: 10 },
  ],
});
const built = buildDispatchModel(problem);

/** Nobody drives, everybody waits: 80. */
const still = async (): Promise<Float64Array> => {
  const nobody = buildDispatchModel({
    ...problem,
    patterns: problem.patterns.map((each) => ({ ...each, most: [0, 0, 0, 0] })),
  });
  const outcome = await solver.solve(nobody.model, { deadlineMs: 5_000 });
  if (outcome.status !== 'optimal') throw new Error(outcome.status);
  expect(outcome.objective).toBeCloseTo(80, 6);
  return outcome.values;
};

it.each([
  ['one line', { lines: new Set(['L']), from: 0, until: 4 }, 41],
  ['both', { lines: new Set(['L', 'M']), from: 0, until: 4 }, 2],
  ['both, late', { lines: new Set(['L', 'M']), from: 2, until: 4 }, 42],
])('lets %s change and nothing else', async (_, neighbourhood, cost) => {
  const values = await still();
  const { model, columns } = buildSubmodel(problem, built, values, neighbourhood);
  const start = Float64Array.from(columns, (column) => values[column] ?? 0);
  expect(checkSolution(model, start)).toEqual([]);
  expect(objectiveOf(model, start)).toBeCloseTo(80, 6);
  const outcome = await solver.solve(model, { deadlineMs: 5_000, start });
  if (outcome.status !== 'optimal') throw new Error(outcome.status);
  expect(outcome.objective).toBeCloseTo(cost, 6);
  columns.forEach((column, at) => (values[column] = outcome.values[at] ?? 0));
  expect(checkSolution(built.model, values)).toEqual([]);
  expect(objectiveOf(built.model, values)).toBeCloseTo(cost, 6);
});
