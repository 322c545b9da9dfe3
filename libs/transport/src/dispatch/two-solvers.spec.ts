import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';
import { evaluateDepartures } from './evaluate.js';
import { buildDispatchModel, readDepartures } from './model.js';
import { twoLines12Slots } from './two-lines-12-slots.js';

const solvers = [createSolver('highs'), createSolver('javascript-lp-solver')];
afterAll(() => Promise.all(solvers.map((solver) => solver.close())));

describe('the dispatch model of two lines and 12 slots', () => {
  it('has the same objective with both solvers, which the simulation of its departures confirms', async () => {
    const { model, index } = buildDispatchModel(twoLines12Slots);
    const objectives: number[] = [];
    for (const solver of solvers) {
      const outcome = await solver.solve(model, { deadlineMs: 50_000, relativeGap: 0 });
      if (outcome.status !== 'optimal') throw new Error(`${solver.name} ended as ${outcome.status}.`);
      objectives.push(outcome.objective);
      const departures = readDepartures(index, outcome.values);
      expect(evaluateDepartures(twoLines12Slots, departures).total).toBeCloseTo(outcome.objective, 5);
    }
    expect(objectives[0]).toBeCloseTo(objectives[1] ?? NaN, 5);
    expect(objectives[0]).toBeGreaterThan(0);
  });
});
