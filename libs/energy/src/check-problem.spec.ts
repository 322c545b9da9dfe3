import { describe, expect, it } from '@jest/globals';
import { fiveSites } from '../test/five-sites.js';
import { battery, hourly, site } from '../test/one-site.js';
import { checkEnergyProblem } from './check-problem.js';

describe('checkEnergyProblem', () => {
  it('finds nothing in a good problem', () => {
    expect(checkEnergyProblem(fiveSites())).toEqual([]);
  });

  it.each([
    ['a negative limit', hourly([1], [site(1, { import_limit_kw: -5 })]), 'sites[0].import_limit_kw', 'not_negative'],
    ['a negative load', hourly([1], [site(1, { load_kw: [-1] })]), 'sites[0].load_kw[0]', 'not_negative'],
    ['a load NaN', hourly([1], [site(1, { load_kw: [NaN] })]), 'sites[0].load_kw[0]', 'not_negative'],
    ['a short series', hourly([1, 1], [site(1, { pv_kw: [0, 0] })]), 'sites[0].load_kw.length', 'length'],
    ['an infinite price', hourly([Infinity], [site(1)]), 'import_price_per_kwh[0]', 'finite'],
    [
      'a sale above the purchase',
      hourly([0.1], [site(1)], { export_price_per_kwh: [0.2] }),
      'export_price_per_kwh[0]',
      'below_import_price',
    ],
    [
      'an efficiency over 1',
      hourly([1], [site(1, { battery: { ...battery, charge_efficiency: 1.1 } })]),
      'sites[0].battery.charge_efficiency',
      'ratio',
    ],
    [
      'an efficiency of 0',
      hourly([1], [site(1, { battery: { ...battery, discharge_efficiency: 0 } })]),
      'sites[0].battery.discharge_efficiency',
      'positive',
    ],
    [
      'a crossed band',
      hourly([1], [site(1, { battery: { ...battery, soc_min_ratio: 0.8, soc_max_ratio: 0.7 } })]),
      'sites[0].battery.soc_max_ratio',
      'band',
    ],
    [
      'a charge over 1',
      hourly([1], [site(1, { battery: { ...battery, soc_ratio: 1.2 } })]),
      'sites[0].battery.soc_ratio',
      'ratio',
    ],
    ['an unknown feeder', hourly([1], [site(1, { feeder: 'south' })]), 'sites[0].feeder', 'unknown_feeder'],
    ['a name used twice', hourly([1], [site(1), site(1)]), 'sites[1]', 'unique'],
    ['no slots', hourly([], [site(0)]), 'grid.count', 'positive'],
  ])('names %s, and only that', (_, problem, path, rule) => {
    expect(checkEnergyProblem(problem)).toMatchObject([{ path, rule }]);
  });

  it('names every fault, not only the first', () => {
    const problem = hourly([1], [site(1, { load_kw: [-1], import_limit_kw: NaN })]);
    expect(checkEnergyProblem(problem).map(({ value }) => value)).toEqual(['NaN', '-1']);
  });
});
