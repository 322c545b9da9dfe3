import { describe, expect, it } from '@jest/globals';
import { runVenueflow } from '../../recorded-output.fixture.js';

const bench = (...words: string[]) => runVenueflow('bench', 'energy', ...words);

describe('venueflow bench energy', () => {
  it('measures a small day, and says so under the names that others read', async () => {
    const { out, failed } = await bench('--sites', '4', '--slots', '12', '--seed', '3', '--json');
    const figures = JSON.parse(out) as Readonly<Record<string, number>>;
    expect(failed).toBe(false);
    expect(figures).toMatchObject({ sites: 4, slots: 12, seed: 3, findings: [], commitment_sites: 1 });
    for (const key of ['build_ms', 'solve_ms', 'read_ms', 'highs_alone_ms', 'warm_ms', 'commitment_ms', 'rss_mb'])
      expect(figures[key]).toBeGreaterThan(0);
    expect(figures['ratio_to_highs']).toBeGreaterThan(0);
    expect(figures['commitment_gap_ratio']).toBeLessThanOrEqual(0.01);
    expect(figures['growth']).toMatchObject([{ sites: 2 }, { sites: 4 }, { sites: 8 }, { sites: 20 }]);
  });

  it('shows people the figures and how they grow', async () => {
    const { out, failed } = await bench('--sites', '1', '--slots', '4');
    expect(failed).toBe(false);
    expect(out).toMatch(/^ratio_to_highs +[\d.]+$/m);
    expect(out).toMatch(/^sites +build_ms +solve_ms +read_ms/m);
  });

  it.each([
    ['no sites', ['--sites', '0']],
    ['half a slot', ['--slots', '0.5']],
  ])('refuses %s', async (_what, words) => {
    const { err, error } = await bench(...words);
    expect(`${err} ${String(error)}`).toMatch(/whole number/);
  });
});
