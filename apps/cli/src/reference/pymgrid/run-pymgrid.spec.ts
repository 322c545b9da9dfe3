import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { createSolver } from '#libs/lp';

import { dataFolder } from '../data-folder.fixture.js';
import { microgridOf, twoMicrogrids } from './microgrid.fixture.js';
import { readMicrogrids } from './read-microgrids.js';
import { findPymgridFault } from './report-pymgrid.js';
import { greedy, naive, perfect, runMicrogrid } from './run-microgrid.js';
import { runPymgrid } from './run-pymgrid.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const WINDOW = { from: 48, until: 78 };

describe('a microgrid in closed loop', () => {
  it('buys in the cheap hour for the dear one', async () => {
    const microgrid = microgridOf({
      grid: { importKw: 10, exportKw: 10 },
      battery: { soc: 0 },
      hours: { importPrice: [0.1, 0.5, 0.5], gridAvailable: [1, 1, 1] },
    });
    const window = { from: 0, until: 3 };
    const { cost, flows } = await runMicrogrid(microgrid, window, perfect(microgrid, solver));
    expect(flows.map((flow) => flow.import)).toEqual([
      expect.closeTo(6, 5),
      expect.closeTo(0, 5),
      expect.closeTo(0, 5),
    ]);
    expect(cost).toBeCloseTo(0.6 + 8 * 0.01, 5);
  });

  it('knows of an outage in time, and of load only what yesterday had', async () => {
    const day = (value: number): readonly number[] => new Array<number>(24).fill(value);
    const microgrid = microgridOf({
      grid: { importKw: 10, exportKw: 10 },
      battery: { soc: 0 },
      hours: {
        loadKw: [...day(2), ...day(3)],
        importPrice: [...day(0.1), ...day(0.1)],
        gridAvailable: [...day(1), ...day(1).map((_, hour) => (hour === 1 ? 0 : 1))],
      },
    });
    const { flows } = await runMicrogrid(microgrid, { from: 24, until: 26 }, naive(microgrid, solver));
    // It stores the 2 kWh that yesterday used in the hour of the outage; today uses 3.
    expect(flows[0]).toMatchObject({ charge: expect.closeTo(2, 5), import: expect.closeTo(5, 5) });
    expect(flows[1]).toMatchObject({ import: 0, unmet: expect.closeTo(1, 5) });
  });

  it('off the grid is as good as the greedy rule', async () => {
    const [, island] = await readMicrogrids(dataFolder(twoMicrogrids(102)), WINDOW.until);
    if (!island) throw new Error('The second microgrid is missing.');
    const planned = await runMicrogrid(island, WINDOW, perfect(island, solver));
    expect(planned.cost).toBeCloseTo((await runMicrogrid(island, WINDOW, greedy(island))).cost, 4);
  });
});

describe('the pymgrid suite', () => {
  it('writes hourly flows from which the cost can be found again', async () => {
    const folder = dataFolder(twoMicrogrids(102));
    const out = join(folder, 'flows');
    const [first] = await runPymgrid(folder, WINDOW, solver, () => undefined, out);
    const [header, ...rows] = readFileSync(join(out, 'mg00.csv'), 'utf8').trimEnd().split('\n');
    expect(header).toBe('hour,import,export,generator,charge,discharge,soc,unmet,curtailed');
    expect(rows).toHaveLength(30);
    const cost = rows.reduce((sum, row) => {
      const [hour = 0, bought = 0, , , charge = 0, discharge = 0] = row.split(',').map(Number);
      return sum + bought * ((hour % 24 > 15 ? 0.5 : 0.1) + 0.1 * 0.2) + 0.02 * (charge + discharge);
    }, 0);
    expect(first?.perfect.cost).toBeCloseTo(cost, 6);
    expect(first?.perfect.cost).toBeLessThanOrEqual((first?.naive.cost ?? 0) + 1e-6);
    expect(first?.perfect.cost).toBeLessThan(first?.greedy.cost ?? 0);
  });

  it('names a microgrid that does worse than published', () => {
    const run = (cost: number) => ({ cost, flows: [] });
    const result = (cost: number, grid: boolean) => ({
      microgrid: microgridOf({ publishedMpc: 100, ...(grid ? { grid: { importKw: 1, exportKw: 1 } } : {}) }),
      perfect: run(cost),
      naive: run(cost),
      greedy: run(100),
    });
    expect(findPymgridFault([result(100.09, true), result(100, false)])).toBeUndefined();
    expect(findPymgridFault([result(100.2, true)])).toContain('microgrid 0');
    expect(findPymgridFault([result(99.9, false)])).toContain('microgrid 0');
  });

  const files = twoMicrogrids(102);
  it.each([
    {
      what: 'too few hours',
      change: { 'mg07.csv': files['mg07.csv']?.split('\n').slice(0, 20).join('\n') ?? '' },
      says: /mg07.csv.*19 hours.*78/,
    },
    {
      what: 'a column that is missing',
      change: { 'microgrids.csv': 'microgrid,Grid\n0,1\n' },
      says: /microgrids.csv has no column/,
    },
    {
      what: 'a cell that is no number',
      change: { 'mg00.csv': files['mg00.csv']?.replace('\n0,3,', '\n0,x,') ?? '' },
      says: /mg00.csv row 2, load_kw.*"x"/,
    },
  ])('says clearly: $what', async ({ change, says }) => {
    await expect(readMicrogrids(dataFolder({ ...files, ...change }), 78)).rejects.toThrow(says);
  });
});
