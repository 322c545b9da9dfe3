import { afterAll, describe, expect, it } from '@jest/globals';

import { createSolver } from '#libs/lp';

import { dataFolder } from '../data-folder.fixture.js';
import { twoHouses } from './citylearn.fixture.js';
import { type Foresight, naiveForesight, netOf, perfectForesight } from './foresight.js';
import { type District, readDistrict } from './read-district.js';
import { runDistrict } from './run-district.js';
import { scoreOf, termsOf } from './score.js';

const solver = createSolver('highs');
afterAll(() => solver.close());

const HOURS = 24 * 2;
const run = (district: District, foresight: (of: District) => Foresight) =>
  runDistrict(district, foresight(district), solver, () => undefined);

describe('a district in closed loop', () => {
  it('lowers every term, with perfect and with naive forecasts', async () => {
    const district = await readDistrict(dataFolder(twoHouses(HOURS)));
    const without = termsOf(district, netOf(district));
    for (const foresight of [perfectForesight, naiveForesight]) {
      const score = scoreOf(termsOf(district, await run(district, foresight)), without);
      expect(Math.max(score.price, score.emission, score.grid)).toBeLessThan(0.95);
    }
  });

  it('decides nothing by what comes later', async () => {
    const district = await readDistrict(dataFolder(twoHouses(HOURS)));
    const change = 36;
    const later = (series: readonly number[]): readonly number[] =>
      series.map((value, hour) => (hour < change ? value : value * 3 + 0.1));
    const other: District = {
      ...district,
      houses: district.houses.map((house) => ({ ...house, loadKw: later(house.loadKw), pvKw: later(house.pvKw) })),
      pricePerKwh: later(district.pricePerKwh),
      priceTold: later(district.priceTold),
      carbonKgPerKwh: later(district.carbonKgPerKwh),
    };
    const [flows, otherFlows] = [await run(district, naiveForesight), await run(other, naiveForesight)];
    const battery = (of: District, by: typeof flows): readonly (readonly number[])[] =>
      // The hour of the change is decided before anybody knows of it.
      by.map((own, house) => own.slice(0, change + 1).map((kw, hour) => kw - (netOf(of)[house]?.[hour] ?? 0)));
    const [one, two] = [battery(district, flows).flat(), battery(other, otherFlows).flat()];
    expect(Math.max(...one)).toBeGreaterThan(0.5);
    for (const [at, kw] of one.entries()) expect(two[at]).toBeCloseTo(kw, 9);
  });
});

describe('the folder of a district', () => {
  const files = twoHouses(24);
  it.each([
    { what: 'an empty file', change: { 'carbon.csv': '' }, says: /carbon.csv.*no rows/ },
    {
      what: 'hours that do not agree',
      change: { 'carbon.csv': 'carbon_intensity\n0.1\n' },
      says: /carbon.csv.*1 hours.*24/,
    },
    {
      what: 'a column that is missing',
      change: { 'north.csv': 'load\n1\n' },
      says: /north.csv.*non_shiftable_load.*load/,
    },
    {
      what: 'a cell that is no number',
      change: { 'carbon.csv': 'carbon_intensity\nmuch\n' },
      says: /carbon.csv row 2.*much/,
    },
    { what: 'a schema without buildings', change: { 'schema.json': {} }, says: /schema.json.*buildings/s },
  ])('says clearly: $what', async ({ change, says }) => {
    await expect(readDistrict(dataFolder({ ...files, ...change }))).rejects.toThrow(says);
  });
});
