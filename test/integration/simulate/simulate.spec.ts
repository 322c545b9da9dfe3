import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { parquetReadObjects } from 'hyparquet';

const folder = mkdtempSync(join(tmpdir(), 'venueflow-simulate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scenario = (overlays: string, more = ''): string => `
title: Two rules for batteries
pack: ${resolve('config/campus-replay')}
day: 2026-11-24
seed: 1
replications: 3
overlays: ${overlays}
policies:
  idle: { dispatch: timetable, energy: idle }
  rule: { dispatch: timetable, energy: rule }
baseline: idle
cadence: { energy_minutes: 15, dispatch_minutes: 15 }
effort: { moves: 0 }
${more}`;

const simulate = (overlays: string, ...more: string[]) => {
  writeFileSync(join(folder, 'scenario.yaml'), scenario(overlays));
  return run(more);
};

const run = async (more: readonly string[]) => {
  const args = ['dist/apps/cli/src/main.js', 'simulate', folder, ...more];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
};

/** Up to eighteen days of a few seconds each, on whatever machine. */
jest.setTimeout(180_000);

describe('venueflow simulate', () => {
  it('says the same of the same seed byte for byte, and something else of another', async () => {
    const [one, two] = [await simulate('[]', '--json'), await simulate('[]', '--json')];
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(two.stdout).toBe(one.stdout);
    expect((await simulate('[]', '--json', '--seed', '2')).stdout).not.toBe(one.stdout);
    const report = JSON.parse(one.stdout) as { days: unknown[]; differences: Record<string, unknown> };
    expect(report.days).toHaveLength(6);
    expect(Object.keys(report.differences)).toEqual(['rule']);
  });

  it('compares with the policy that is asked for, and writes a report that asks nobody else', async () => {
    const out = join(folder, 'report');
    const { code, stdout } = await simulate('[]', '--compare', 'rule', '--replications', '2', '--out', out);
    expect(code).toBe(0);
    expect(stdout).toMatch(/indicator +rule +idle +difference/);
    expect(stdout).toMatch(/lower the variance of a difference by/);
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    expect(page).toMatch(/idle less rule/);
    expect(page).toMatch(/<svg[^>]+aria-label="Feeder north, kW: at most \d+, limit 440"/);
    expect(page).not.toMatch(/https?:|src=|href=/);
    expect(page).toMatch(/people who wait, by stop and time/);
    expect(page).toMatch(/map of stops/);
    expect(page).toMatch(/mismatch 0, 2 days.*mismatch 1, 2 days.*mismatch 2, 2 days/);
    expect(stdout).toMatch(/at a mismatch of 0, 1, 2/i);
    const csv = readFileSync(join(out, 'indicators.csv'), 'utf8').trim().split('\n');
    expect(csv[0]).toBe('policy,replication,indicator,value');
    expect(csv.filter((row) => row.startsWith('idle,1,energy_cost,'))).toHaveLength(1);
    const rows = await parquetReadObjects({
      file: new Uint8Array(readFileSync(join(out, 'indicators.parquet'))).buffer,
    });
    expect(rows.map((row) => Object.values(row).join(','))).toEqual(csv.slice(1));
  });

  it('holds bounds against means and differences', async () => {
    writeFileSync(join(folder, 'expected.json'), '{"rule - idle": {"over_limit_kwh": {"min": 0}}}');
    const { code, stdout } = await simulate('[]', '--replications', '1');
    rmSync(join(folder, 'expected.json'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/rule - idle over_limit_kwh is -[\d.]+, expected at least 0\./);
  });

  it.each([
    ['[{ kind: earthquake }]', /scenario.yaml.*overlays/],
    ['[{ kind: attendance, venue: moon, scale: 2 }]', /overlays\[0\].venue.*marshall.*moon/],
    ['[{ kind: attendance, scale: -1 }]', /scale/],
    ['[{ kind: fleet, change: -500 }]', /at least one vehicle/],
  ])('refuses %s within seconds, with place and advice', async (overlays, says) => {
    const { code, stderr } = await simulate(overlays);
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
  });

  it('draws no more days than a half-width takes', async () => {
    const { stdout } = await simulate('[]', '--replications', '20', '--half-width', 'energy_cost=1000000', '--json');
    const { scenario: ran, days } = JSON.parse(stdout) as { scenario: { replications: number }; days: unknown[] };
    expect([ran.replications, days.length]).toEqual([8, 16]);
  });

  it('finds the cheapest candidate that meets a target, and says so where there is none', async () => {
    writeFileSync(
      join(folder, 'scenario.yaml'),
      scenario(
        '[]',
        `
search:
  policy: rule
  target: { indicator: energy_cost, at_most: 3600 }
  candidates:
    - { name: usual, cost: 1, overlays: [] }
    - { name: dear, cost: 0, overlays: [{ kind: tariff, price_scale: 3 }] }
`,
      ),
    );
    const { code, stdout } = await run(['--search', '--replications', '4', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ best: { name: 'usual' }, open: [], judged: [{ name: 'dear', verdict: 'misses' }, { verdict: 'meets', days: 4 }] }); // prettier-ignore
    expect((await simulate('[]', '--search')).stderr).toMatch(/no search/);
  });

  it('varies only packs that are made from figures', async () => {
    expect((await simulate('[]', '--tornado', 'mean_wait_s')).stderr).toMatch(/campus-replay is not made from figures/);
  });

  it('refuses a policy that is not there, and numbers that are none', async () => {
    expect((await simulate('[]', '--compare', 'nobody')).stderr).toMatch(/--compare.*nobody.*idle, rule/);
    expect((await simulate('[]', '--replications', '0')).stderr).toMatch(/whole number from 1 to 1000/);
  });
});
