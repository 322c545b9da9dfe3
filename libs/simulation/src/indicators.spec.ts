import { expect, it } from '@jest/globals';

import { expectedFile, findMisses, type Indicators } from './indicators.js';

const day: Indicators = {
  energy_cost: 100,
  peak_import_kw: 50,
  over_limit_kwh: 0,
  carbon_kg: 20,
  unserved_passengers: 3,
  mean_wait_s: 240,
  vehicle_hours: 12,
};

it('names indicators outside their bounds, which are themselves allowed', () => {
  const expected = expectedFile.parse({
    planned: { energy_cost: { min: 100, max: 100 }, mean_wait_s: { max: 200 } },
    without_plan: { unserved_passengers: { min: 4 } },
  });
  expect(findMisses(expected, { planned: day, without_plan: day })).toMatchObject([
    { run: 'planned', indicator: 'mean_wait_s', value: 240, max: 200 },
    { run: 'without_plan', indicator: 'unserved_passengers', value: 3, min: 4 },
  ]);
});
