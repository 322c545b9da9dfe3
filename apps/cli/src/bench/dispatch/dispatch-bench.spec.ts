import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { runVenueflow } from '../../recorded-output.fixture.js';
import { duration } from './flags.js';
import { evaluateMps, readMps } from './mps-reader.fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'venueflow-bench-spec-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string): string => join(folder, name);
const doc = readFileSync(new URL('../../../../../docs/dispatch-instances.md', import.meta.url), 'utf8');
const example: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(doc)?.[1] ?? '');
writeFileSync(inFolder('example.json'), JSON.stringify(example));

const bench = (...words: string[]) => runVenueflow('bench', 'dispatch', '--deadline', '400ms', ...words);
const figuresOf = (out: string) => JSON.parse(out) as Readonly<Record<string, unknown>>;

describe('venueflow bench dispatch', () => {
  it('solves the example of the documentation, and says so under the names that others read', async () => {
    const { out, failed } = await bench('--instance', inFolder('example.json'), '--json');
    const figures = figuresOf(out);
    expect(failed).toBe(false);
    expect(figures).toMatchObject({ feasible: true, findings: [], lines: 1, slots: 9, monolithic_cost: null, monolithic_bound: null });
    for (const key of ['cost', 'first_plan_ms', 'time_ms', 'rss_mb']) expect(figures[key]).toEqual(expect.any(Number));
    for (const key of ['lower_bound', 'gap_ratio']) expect(figures).toHaveProperty(key);
  }); // prettier-ignore

  it.each([
    ['a generated instance', ['--lines', '2', '--slots', '12', '--seed', '3', '--fleet', 'loose']],
    ['the example', ['--instance', inFolder('example.json')]],
    ['a plan after a closure', ['--lines', '2', '--slots', '12', '--disturb', 'closure']],
  ])('writes the model of %s and a solution of it that costs what the plan does', async (_what, words) => {
    const [mps, solution] = [inFolder('model.mps'), inFolder('solution.json')];
    const { out } = await bench(...words, '--json', '--mps', mps, '--solution', solution);
    const model = readMps(readFileSync(mps, 'utf8'));
    const { columns } = JSON.parse(readFileSync(solution, 'utf8')) as { columns: Record<string, number> };
    const { objective, broken } = evaluateMps(model, columns);
    expect(broken).toEqual([]);
    expect(objective).toBeCloseTo(Number(figuresOf(out)['cost']), 2);
    expect(figuresOf(out)).toMatchObject({ feasible: true, columns: model.columns.size });
  });

  it('solves the integer model as a whole beside it, which finds no less than the bound', async () => {
    const { out } = await bench('--instance', inFolder('example.json'), '--monolithic', '10', '--json');
    const figures = figuresOf(out);
    expect(figures['monolithic_status']).toBe('optimal');
    expect(Number(figures['monolithic_cost'])).toBeLessThanOrEqual(Number(figures['cost']) + 1e-3);
    expect(Number(figures['lower_bound'] ?? -Infinity)).toBeLessThanOrEqual(Number(figures['monolithic_cost']) + 1e-3);
    expect(figures['monolithic_bound']).toBeCloseTo(Number(figures['monolithic_cost']), 2);
  });

  it('solves the same once more with longer, where it is asked for', async () => {
    const { out } = await bench('--lines', '2', '--slots', '12', '--disturb', 'breakdown', '--deadline', '300ms', '--before', '500ms', '--reference', '600ms', '--json'); // prettier-ignore
    const { cost, reference_cost, ratio_to_reference } = figuresOf(out);
    expect(Number(reference_cost)).toBeGreaterThan(0);
    expect(ratio_to_reference).toBeCloseTo(Number(cost) / Number(reference_cost), 5);
  });

  it('shows people the figures and how the cost fell', async () => {
    const { out, failed } = await bench('--lines', '1', '--slots', '8');
    expect(failed).toBe(false);
    expect(out).toMatch(/^feasible +true$/m);
    expect(out).toMatch(/^ms +cost +above the bound +found by$/m);
  });

  it('names the faults of an instance, and where', async () => {
    writeFileSync(inFolder('wrong.json'), JSON.stringify({ ...(example as object), bays: [{ stop: 'moon', bays: 1 }] }));
    const { err, out, failed } = await bench('--instance', inFolder('wrong.json'), '--json');
    expect([out, failed]).toEqual(['', true]);
    expect(err).toContain('bays[0].stop: There is no stop of this name. (found "moon") [unknown_stop]');
  }); // prettier-ignore

  it.each([
    ['a file that is not there', ['--instance', 'nowhere.json'], /nowhere\.json cannot be read/],
    ['a time of nothing', ['--deadline', '0'], /a time above zero/],
    ['a fleet of another size', ['--fleet', 'huge'], /tight, loose/],
    ['no lines', ['--lines', '0'], /whole number/],
  ])('refuses %s', async (_what, words, said) => {
    const { err, error } = await bench(...words);
    expect(`${err} ${String(error)}`).toMatch(said);
  });
});

describe('duration', () => {
  it.each([['5', 5000], ['2.5s', 2500], ['50ms', 50], ['10min', 600_000]])('reads %s', (text, ms) => {
    expect(duration(text)).toBe(ms);
  }); // prettier-ignore
});
