import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seededRandom } from '#libs/kernel';
import { anyDispatch } from '../check/any-dispatch.fixture.js';
import { checkDispatch } from '../check/check-dispatch.js';
import { generateInstance } from '../instances/generate.js';
import { compileProblem } from './compile.js';
import { CycleSearch } from './cycle-search.js';
import { Descent } from './descent.js';
import { readPlan } from './read-plan.js';
import { Schedule } from './schedule.js';
import { DispatchSearch } from './search.js';
import { snapshotOf } from './snapshot.js';

describe('the search', () => {
  it('keeps the same cost as the plan that is read from it, after any number of steps', () => {
    fc.assert(
      fc.property(anyDispatch, fc.nat(60), fc.nat(9), (problem, steps, seed) => {
        const compiled = compileProblem(problem);
        const search = new DispatchSearch(compiled, seededRandom(seed));
        const run = search.run();
        for (let step = 0; step < steps; step += 1) run.next();
        search.finish();
        const plan = readPlan(compiled, search.best);
        expect(checkDispatch(problem, plan)).toEqual([]);
        // A vehicle that is called and then not needed costs nothing once it is known who drives.
        expect(plan.cost.total).toBeLessThanOrEqual(search.best.cost + 1e-6);
        if (plan.cost.call_out === 0) expect(plan.cost.total).toBeCloseTo(search.best.cost, 6);
      }),
      { numRuns: 150, seed: 6 },
    );
  });

  it('ends its descent where the labels prove that no cycle saves anything', () => {
    const compiled = compileProblem(generateInstance({ lines: 6, slots: 18, seed: 2, fleet: 'tight' }));
    const schedule = new Schedule(compiled);
    schedule.refresh();
    const descent = new Descent(schedule);
    for (const step of descent.run()) expect(step).toBeUndefined();
    for (const { vehicles } of descent.searches) expect(new CycleSearch(schedule, vehicles).find()).toBeUndefined();
  });

  it('takes back what a kick has made worse, to the last number', () => {
    const compiled = compileProblem(generateInstance({ lines: 6, slots: 18, seed: 2, fleet: 'loose' }));
    const schedule = new Schedule(compiled);
    schedule.refresh();
    const descent = new Descent(schedule);
    const [steps, again] = [descent.run(), descent.run()];
    for (let step = 0; step < 20; step += 1) steps.next();
    descent.keep();
    const before = snapshotOf(schedule);
    const more = schedule.more.map((row) => [...row]);
    for (let step = 0; step < 5; step += 1) again.next();
    expect(schedule.cost).toBeLessThan(before.cost);
    descent.takeBack();
    expect(snapshotOf(schedule).trips).toEqual(before.trips);
    expect(schedule.cost).toBeCloseTo(before.cost, 6);
    expect(schedule.more.map((row) => [...row])).toEqual(more);
  });
});
