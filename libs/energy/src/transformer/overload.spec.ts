import { afterAll, describe, expect, it } from '@jest/globals';
import { slotInterval } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import { plainBattery, plainConnection, plainProblem, plainSite } from '../../test/plain-site.js';
import { solveEnergy, type Store, valueAt } from '../index.js';
import { usableKw } from './feeder-rating.js';
import { MOST_CELSIUS } from './hot-spot.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

/** 130 kW for some quarter hours behind 100 kVA, 60 kW else. */
const problem = (busySlots: number, { price = 20_000, ambient = 25 }, stores: readonly Store[] = []) =>
  plainProblem(
    32,
    [{ feeder: 'town', limit_kw: 500, transformer: { rated_kva: 100, ambient_c: ambient, load_before: 0.6, price } }],
    [
      plainSite('hall', {
        connections: [plainConnection('main', 'town')],
        loads: [
          {
            load: 'all',
            tier: 'normal',
            power_kw: Array.from({ length: 32 }, (_, slot) => (slot >= 4 && slot < 4 + busySlots ? 130 : 60)),
          },
        ],
        stores,
      }),
    ],
  );
const plan = async (of: ReturnType<typeof problem>) =>
  (await solveEnergy(of, { solver, deadlineMs: 20_000, seed: 1 })).plan;

describe('transformers and ratings', () => {
  it('T01 carries a short overload without anybody doing anything', async () => {
    const made = await plan(problem(3, {}));
    expect(made.violations).toEqual([]);
    const [{ load_kw, hot_spot_c = [] } = { load_kw: [] }] = made.feeders;
    expect(Math.max(...load_kw)).toBe(130);
    expect(Math.max(...hot_spot_c)).toBeLessThan(MOST_CELSIUS);
  });

  it('T02 says that a long one is too hot on a warm day', async () => {
    const made = await plan(problem(24, { ambient: 35 }));
    expect(made.violations.map(({ limit }) => limit)).toContain('feeder_limit');
    expect(Math.max(...(made.feeders[0]?.hot_spot_c ?? []))).toBeGreaterThan(MOST_CELSIUS);
  });

  it('T06 says how much less behind it would do all that time, which may be more than it is over by', async () => {
    const hot = problem(24, { ambient: 35 });
    const [found, ...others] = (await plan(hot)).violations;
    if (!found) throw new Error('There is one.');
    expect(others).toEqual([]);
    const { least_kw = NaN, worst_kw } = found;
    expect(least_kw).toBeGreaterThan(worst_kw);
    expect(found.relief).toBe(`${least_kw.toFixed(1)} kW more limit, or so much less behind it, all that time`);
    /** With so much less load from the violation's start to its end. */
    const overWith = async (less: number) => {
      const isThen = (slot: number) => {
        const { start } = slotInterval(hot.grid, slot);
        return found.from_ms <= start && start < found.until_ms;
      };
      const sites = hot.sites.map((site) => ({
        ...site,
        loads: site.loads.map((load) => ({
          ...load,
          power_kw: Array.from({ length: 32 }, (_, slot) => valueAt(load.power_kw, slot) - (isThen(slot) ? less : 0)),
        })),
      }));
      return (await plan({ ...hot, sites })).violations;
    };
    expect(await overWith(least_kw + 1e-6)).toEqual([]);
    expect(await overWith(0.9 * least_kw)).not.toEqual([]);
  });

  it('T03 uses a battery so that it is not', async () => {
    const battery = plainBattery({ capacity_kwh: 200, end_value_per_kwh: 0.2 });
    const made = await plan(problem(24, { ambient: 35 }, [battery]));
    expect(made.violations).toEqual([]);
    expect(Math.max(...(made.feeders[0]?.hot_spot_c ?? []))).toBeLessThanOrEqual(MOST_CELSIUS + 0.5);
  });

  it('T04 spares a dear transformer more', async () => {
    const battery = plainBattery({ end_value_per_kwh: 0.3 });
    const [cheap, dear] = await Promise.all([100, 5_000_000].map((price) => plan(problem(8, { price }, [battery]))));
    expect(dear?.feeders[0]?.life_hours).toBeLessThan(0.9 * (cheap?.feeders[0]?.life_hours ?? 0));
  });

  it('T05 leaves for kW what reactive power and the fullest phase leave', () => {
    expect(usableKw(100, { kvar: 60, skew: 0 })).toBe(80);
    // 30 kW on one phase: a third of them would be 10.
    expect(usableKw(100, { kvar: 0, skew: 20 })).toBe(40);
    expect(usableKw(60, { kvar: 100, skew: 5 })).toBe(-95);
  });
});
