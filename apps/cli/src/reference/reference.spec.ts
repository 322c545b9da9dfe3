import { describe, expect, it } from '@jest/globals';

import { runVenueflow } from '../recorded-output.fixture.js';
import { twoHouses } from './citylearn/citylearn.fixture.js';
import { dataFolder } from './data-folder.fixture.js';
import { hourly } from './lp-cases/hourly.js';

const caseOf = (objective: number): object => ({
  id: 'one',
  problem: hourly(1, {
    loads: [{ load: 'load', tier: 'normal', power_kw: 2 }],
    supplies: [{ supply: 'wind', available_kw: 5, cost_per_kwh: 3 }],
  }),
  expected: { objective },
});

describe('venueflow reference', () => {
  it('answers with one JSON value on stdout and progress on stderr', async () => {
    const folder = dataFolder({ 'cases.json': [caseOf(6)] });
    const { out, err, failed } = await runVenueflow('reference', 'lp-cases', '--data', folder, '--json');
    expect(JSON.parse(out)).toEqual({
      cases: { one: { objective: 6, expected: 6, ok: true, 'javascript-lp-solver': 6 } },
    });
    expect([err, failed]).toEqual(['one: 1 hours\n', false]);
  });

  it('fails when a case is missed, and still shows it', async () => {
    const folder = dataFolder({ 'cases.json': [caseOf(7)] });
    const { out, err, failed } = await runVenueflow('reference', 'lp-cases', '--data', folder);
    expect(out).toMatch(/one +7.0000 +6.0000 +6.0000 +differs/);
    expect(err).toContain('error: Not at the expected objective: one.');
    expect(failed).toBe(true);
  });

  it('scores houses with both forecasts', async () => {
    const folder = dataFolder(twoHouses(48));
    const { out, failed } = await runVenueflow('reference', 'citylearn', '--data', folder, '--json');
    const score = expect.objectContaining({ price: expect.any(Number), mean: expect.any(Number) }) as unknown;
    expect([JSON.parse(out), failed]).toEqual([{ perfect: score, naive: score }, false]);
  });

  it.each([
    ['lp-cases', 'cases.json'],
    ['pymgrid', 'microgrids.csv'],
    ['citylearn', 'schema.json'],
  ])('%s says which file is missing, and where', async (suite, file) => {
    const folder = dataFolder({});
    const { out, err, failed, error } = await runVenueflow('reference', suite, '--data', folder);
    expect([out, failed, error]).toEqual(['', true, undefined]);
    expect(err).toContain(`error: ${file} is missing in ${folder}`);
  });

  it('wants a folder', async () => {
    const { error, err } = await runVenueflow('reference', 'pymgrid');
    expect(error).toBeDefined();
    expect(err).toContain('--data');
  });
});
