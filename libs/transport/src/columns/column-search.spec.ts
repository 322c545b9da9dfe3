import { afterAll, describe, expect, it } from '@jest/globals';
import { createSolver } from '#libs/lp';
import { seededRandom } from '#libs/kernel';
import { checkDispatch } from '../check/check-dispatch.js';
import { generateInstance } from '../instances/generate.js';
import { compileProblem } from '../search/compile.js';
import { cycleTo } from '../search/cycle-to.js';
import { Descent } from '../search/descent.js';
import { readPlan } from '../search/read-plan.js';
import { DispatchSearch } from '../search/search.js';
import { Schedule } from '../search/schedule.js';
import { snapshotOf } from '../search/snapshot.js';
import { chooseColumns } from './choose-columns.js';
import { ColumnPool } from './column-pool.js';
import { hasVehiclesToSpare } from './column-search.js';
import { freePartOf } from './free-part.js';
import { PriceSearch } from './price-search.js';
import { StrandPricer } from './strand-pricer.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const searched = (fleet: 'tight' | 'loose', kicks: number) => {
  const problem = generateInstance({ lines: 4, slots: 18, seed: 1, fleet });
  const compiled = compileProblem(problem);
  const search = new DispatchSearch(compiled, seededRandom(1));
  const steps = search.run();
  while (!search.isDescended) steps.next();
  for (let kick = 0; kick < kicks; kick += 1) steps.next();
  search.finish();
  return { problem, compiled, search };
};

describe('columns', () => {
  it('are chosen such that the fleet can drive them, for less than the search had found', async () => {
    const { problem, compiled, search } = searched('loose', 0);
    const part = freePartOf(compiled, search.best);
    const pool = new ColumnPool();
    const pricer = new StrandPricer(part, pool);
    const prices = new PriceSearch(part, pricer);
    for (let step = 0; step < 30; step += 1) prices.step();
    prices.finish();
    const now = (): number => performance.now();
    const chosen = await chooseColumns(part, pool, pricer, prices, { solver, now, endsAt: now() + 20_000 });
    if (!chosen) throw new Error('Nothing was chosen.');

    const schedule = new Schedule(compiled);
    const open = new Set(part.fleets.map(({ vehicles }) => vehicles));
    const cycles = compiled.network.classes.map((_, vehicles) => {
      const from = open.has(vehicles) ? chosen : search.best;
      const row = (key: 'trips' | 'deadheads' | 'calls'): Int32Array =>
        (from[key][vehicles] ?? new Int32Array()).subarray(0, schedule[key][vehicles]?.length ?? 0);
      return cycleTo(schedule, vehicles, { trips: row('trips'), deadheads: row('deadheads'), calls: row('calls') });
    });
    expect(new Descent(schedule).goTo(cycles)).toBe(true);
    for (const [vehicles, charges] of search.best.charges.entries()) schedule.charges[vehicles] = charges;
    const plan = readPlan(compiled, snapshotOf(schedule));
    expect(checkDispatch(problem, plan)).toEqual([]);
    expect(plan.cost.total).toBeCloseTo(schedule.cost, 6);
    expect(plan.cost.total).toBeLessThan(search.best.cost);
  });

  it('are for fleets with vehicles to spare', () => {
    expect(hasVehiclesToSpare(searched('loose', 0).search.schedule)).toBe(true);
    expect(hasVehiclesToSpare(searched('tight', 0).search.schedule)).toBe(false);
  });

  it('are offered to a search, which goes on from them', () => {
    const { search } = searched('loose', 400);
    const better = search.best;
    const { search: other } = searched('loose', 0);
    expect(other.best.cost).toBeGreaterThan(better.cost);
    other.offered = new Map(
      better.trips.map((trips, vehicles) => [
        vehicles,
        {
          trips,
          deadheads: better.deadheads[vehicles] ?? new Int32Array(),
          calls: better.calls[vehicles] ?? new Int32Array(),
        },
      ]),
    );
    const steps = other.run();
    const isTaken = (): boolean => other.isDescended && other.offered === undefined;
    while (!isTaken()) steps.next();
    for (let step = 0; step < 200; step += 1) steps.next();
    expect(other.best.cost).toBeLessThanOrEqual(better.cost + 1e-6);
  });
});
