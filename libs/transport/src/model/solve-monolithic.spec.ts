import { afterAll, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';
import { type MonolithicPoint, solveMonolithic } from './solve-monolithic.js';
import { tinyDispatch } from './tiny-dispatch.fixture.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const problem = tinyDispatch({
  slots: 4,
  vehicles: [{}],
  patterns: [
    {
      pattern: 'p',
      calls: [
        ['a', 0],
        ['b', 1],
      ],
    },
  ],
  rides: [{ from_stop: 'a', to_stop: 'b', arrivals: [4] }],
});
const now = (): number => performance.now();

it.each([true, false])('finds cost, bound and flow (cuts: %s)', async (cuts) => {
  const heard: MonolithicPoint[] = [];
  const solution = await solveMonolithic(problem, solver, {
    deadlineMs: 5_000,
    now,
    cuts,
    onProgress: (point) => heard.push(point),
  });
  expect(solution).toMatchObject({ status: 'optimal', cost: 3, bound: 3 });
  expect(solution.flow?.trips).toEqual([[[0, 1, 0, 0]]]);
  expect(solution.curve).toEqual(heard);
  expect(solution.curve.at(-1)).toMatchObject({ cost: 3, bound: 3 });
});

it('says when time ended before there was anything', async () => {
  const controller = new AbortController();
  controller.abort();
  const solution = await solveMonolithic(problem, solver, { deadlineMs: 5_000, now, signal: controller.signal });
  expect(solution).toEqual({ status: 'timed_out', curve: [] });
});
