import { describe, expect, it } from '@jest/globals';

import { runVenueflow } from '../../recorded-output.fixture.js';
import type { SimulatedDay } from './simulation-bench.js';
import { findSimulationFault } from './simulation-report.js';

const bench = (...words: string[]) => runVenueflow('bench', 'simulation', ...words);
const campus = ['--pack', 'config/campus-replay', '--day', '2026-11-24', '--hours', '1'];

describe('venueflow bench simulation', () => {
  it('runs an hour at three sizes, and says so under the names that others read', async () => {
    const { out, failed } = await bench(...campus, '--json');
    const { sizes, ...figures } = JSON.parse(out) as { readonly sizes: readonly Readonly<Record<string, number>>[] };
    expect(failed).toBe(false);
    expect(figures).toMatchObject({ day: '2026-11-24', hours: 1, planned_hours: 1 });
    expect(sizes.map(({ size, departures }) => departures && size && departures / size)).toEqual(
      Array.from({ length: 3 }, () => sizes[0]?.['departures']),
    );
    expect(sizes).toMatchObject([{ size: 1, growth: 1 }, { size: 2 }, { size: 4 }]);
    for (const key of ['people', 'events', 'seconds', 'events_per_second', 'ratio_to_real_time', 'rss_mb', 'growth'])
      for (const size of sizes) expect(size[key]).toBeGreaterThan(0);
  });

  it.each([
    ['half an hour', ['--hours', '0.5']],
    ['more than a day', ['--hours', '25']],
    ['a day that is none', ['--day', 'tomorrow']],
    ['a pack that is not there', ['--pack', 'nowhere']],
  ])('refuses %s', async (_what, words) => {
    const { err, error } = await bench(...words);
    expect(`${err} ${String(error)}`).toMatch(/whole number|24 hours|It is a day|games\.yaml/);
  });

  it('tells a larger day that is not as many times the smaller one', () => {
    const day = { size: 1, people: 1000, departures: 100, events: 1, seconds: 1, cpuSeconds: 1, rssMb: 1 };
    const twice: SimulatedDay = { ...day, size: 2, people: 2080, departures: 200 };
    expect(findSimulationFault({ days: [day, twice] })).toBeUndefined();
    expect(findSimulationFault({ days: [day, { ...twice, departures: 190 }] })).toMatch(
      /190 departures, not 2 times 100/,
    );
    expect(findSimulationFault({ days: [day, { ...twice, people: 1000 }] })).toMatch(/1000 people come/);
  });
});
