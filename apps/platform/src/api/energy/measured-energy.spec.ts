import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';

import { alignMeans, feederMeans } from './measured-energy.js';

const window = { from: epochMs(900_000), stepMs: 900_000, count: 3 };
const step = (ts: number, sum: number, count: number) => ({ ts: epochMs(ts), min: 0, max: 0, last: 0, sum, count });
const site = (name: string, grid_kw: (number | null)[]) => ({
  site: name,
  grid_kw,
  load_kw: [],
  pv_kw: [],
  battery_kw: [],
  soc_ratio: [],
});
const feeder = (sites: string[] | null) => ({ feeder: 'north', parent: null, sites, limit_kw: [], load_kw: [] });

describe('what was measured', () => {
  it('is a mean in each quarter-hour, and a gap stays a gap', () =>
    expect(alignMeans(window, [step(900_000, 30, 3), step(2_700_000, 7, 2)])).toEqual([10, null, 3.5]));

  it('of a feeder is what its sites took together, where all of them are known', () => {
    const sites = [site('a', [1, 2, 3]), site('b', [10, null, -30]), site('c', [5, 5, 5])];
    expect(feederMeans([feeder(['a', 'b'])], sites, window)).toEqual([{ feeder: 'north', load_kw: [11, null, -27] }]);
  });

  it('of a feeder is not known where nobody measures a site on it', () =>
    expect(feederMeans([feeder(['a', 'd'])], [site('a', [1, 2, 3])], window)).toEqual([
      { feeder: 'north', load_kw: [null, null, null] },
    ]));

  it('of a feeder is not there when a site has a part of its power from elsewhere', () =>
    expect(feederMeans([feeder(null)], [], window)).toEqual([{ feeder: 'north', load_kw: [] }]));
});
