import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { runVenueflow } from '../../recorded-output.fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'venueflow-demand-spec-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bench = (...words: readonly string[]) =>
  runVenueflow('bench', 'dispatch', '--lines', '1', '--slots', '6', '--deadline', '20ms', '--cycle', '30min', ...words);

interface Report {
  readonly days: readonly string[];
  readonly methods: readonly { readonly method: string; readonly people: number }[];
  readonly ratios: readonly { readonly line: string }[];
}

describe('venueflow bench dispatch --demand', () => {
  it('drives days by seed by every method, and the files that it writes again', async () => {
    const made = await bench('--json', '--demand-seeds', '2', '--demand-out', folder);
    const report = JSON.parse(made.out) as Report;
    expect(made.failed).toBe(false);
    expect(report.days).toEqual(['seed 1000', 'seed 1001']);
    expect(report.methods.map(({ method }) => method)).toEqual([
      'planned',
      'timetable',
      'fixed_headways',
      'hourly_headways',
    ]);
    expect(new Set(report.methods.map(({ people }) => people)).size).toBe(1);
    expect(report.ratios.map(({ line }) => line)).toEqual(['line-1']);
    const files = readdirSync(folder).map((file) => join(folder, file));
    const read = await bench('--json', '--demand', ...files);
    expect((JSON.parse(read.out) as Report).methods[0]?.people).toBe(report.methods[0]?.people);
  });

  it('shows people the figures by line, group and session', async () => {
    const { out } = await bench('--demand-seeds', '1');
    expect(out).toMatch(/^mean_wait_min +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+$/m);
    expect(out).toMatch(/^line-1 /m);
    expect(out).toMatch(/^spectators /m);
  });

  it('names the faults of a demand file, and where', async () => {
    const file = join(folder, 'wrong.csv');
    writeFileSync(
      file,
      'time,line,from_stop,to_stop,group,people\n2026-02-14T18:00:00Z,line-9,moon,mars,spectators,1\n',
    );
    const { err, failed } = await bench('--demand', file);
    expect(failed).toBe(true);
    expect(err).toContain('wrong.csv: row 2');
    expect(err).toContain('[unknown_ride]');
  });

  it('refuses a file that is not there', async () => {
    expect((await bench('--demand', 'nowhere.csv')).err).toMatch(/nowhere\.csv cannot be read/);
  });
});
