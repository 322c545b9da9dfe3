import { describe, expect, it } from '@jest/globals';
import type { Venue } from '#libs/games';
import { epochMs } from '#libs/kernel';

import type { MeasuredSite } from './energy.schema.js';
import { alignMeans, feederMeans } from './measured-energy.js';

const window = { from: epochMs(900_000), stepMs: 900_000, count: 3 };
const step = (ts: number, sum: number, count: number) => ({ ts: epochMs(ts), min: 0, max: 0, last: 0, sum, count });
const site = (name: string, grid_kw: (number | null)[], position?: (number | null)[]): MeasuredSite => ({
  ...{ site: name, grid_kw, load_kw: [], pv_kw: [], battery_kw: [], soc_ratio: [], stores: [], units: [] },
  switches: position ? [{ switch: 'transfer', position }] : [],
});
const terms = { import_limit_kw: 100, export_limit_kw: 0 };
const venue = (id: string, feeder: string): Venue => ({ id, name: id, stop: '1', grid: { feeder, ...terms } });
const feeders = ['north', 'south'].map((id) => ({ id, name: id, limit_kw: 100 }));
const loads = (venues: readonly Venue[], sites: readonly MeasuredSite[]) =>
  Object.fromEntries(
    feederMeans({ feeders, venues: [...venues] }, sites, window).map(({ feeder, load_kw }) => [feeder, load_kw]),
  );

describe('what was measured', () => {
  it('is a mean in each quarter-hour, and a gap stays a gap', () =>
    expect(alignMeans(window, [step(900_000, 30, 3), step(2_700_000, 7, 2)])).toEqual([10, null, 3.5]));

  it('of a feeder is what its sites took together, where all of them are known', () => {
    const sites = [site('a', [1, 2, 3]), site('b', [10, null, -30]), site('c', [5, 5, 5])];
    const venues = [venue('a', 'north'), venue('b', 'north'), venue('c', 'south')];
    expect(loads(venues, sites)).toEqual({ north: [11, null, -27], south: [5, 5, 5] });
  });

  it('of a feeder is not known where nobody measures a site on it', () =>
    expect(loads([venue('a', 'north'), venue('d', 'north')], [site('a', [1, 2, 3])])['north']).toEqual([
      null,
      null,
      null,
    ]));

  it('of a feeder has a site while its switch stands there, and on its first while nobody knows', () => {
    const switched: Venue = {
      ...venue('a', 'north'),
      connections: [{ id: 'a-b', feeder: 'south', ...terms }],
      switches: [
        { ...{ id: 'transfer', connections: ['a', 'a-b'], point: 'x.y' }, operation_cost: 0, most_operations: 1 },
      ],
    };
    expect(loads([switched], [site('a', [7, 8, 9], [1, 2, null])])).toEqual({ north: [7, 0, 9], south: [0, 8, 0] });
  });
});
