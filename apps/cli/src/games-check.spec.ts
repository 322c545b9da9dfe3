import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';

import { formatTable } from './output.js';
import { runVenueflow } from './recorded-output.fixture.js';

const pack = fileURLToPath(new URL('../../../config/campus-replay', import.meta.url));

describe('venueflow games check', () => {
  it('finds the default pack clean', async () => {
    const { out, failed } = await runVenueflow('games', 'check', pack);
    expect(out).toMatch(/is clean: .*venues 5/);
    expect(failed).toBe(false);
  });

  it('writes one JSON value for machines', async () => {
    const { out } = await runVenueflow('games', 'check', pack, '--json');
    expect(JSON.parse(out)).toMatchObject({ ok: true, pack: { venues: 5, lines: 6, points: 30 } });
  });

  it('fails with the faults, as a table or as JSON', async () => {
    const table = await runVenueflow('games', 'check', '/nowhere');
    expect(table.out).toContain('missing_folder');
    expect(table.failed).toBe(true);
    const json = await runVenueflow('games', 'check', '/nowhere', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, faults: [{ rule: 'missing_folder' }] });
    expect(json.failed).toBe(true);
  });

  it('knows formats, topics and units of devices', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pack-'));
    cpSync(pack, folder, { recursive: true });
    appendFileSync(
      join(folder, 'devices.yaml'),
      `devices:
  - id: meter
    venue: marshall
    profile: morse
    topic: 'meter/#'
    points:
      - { id: kitchen.power, kind: sub_power, unit: kW, min: 0, max: 9, interval_s: 60, from: power, source_unit: Wh }
`,
    );
    const { out, failed } = await runVenueflow('games', 'check', folder, '--json');
    rmSync(folder, { recursive: true });
    expect(failed).toBe(true);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      faults: [{ rule: 'unknown_profile' }, { rule: 'source_unit' }],
    });
  });

  it.each([
    [['games', 'chek', pack], "error: unknown command 'chek' (Did you mean check?)\n"],
    [['games', 'check'], "error: missing required argument 'dir'\n"],
    [['games', 'check', pack, '--yaml'], "error: unknown option '--yaml'\n"],
    [['game'], "error: unknown command 'game' (Did you mean games?)\n"],
  ])('complains in one line of a faulty command line: %j', async (words, line) => {
    const { out, err, error } = await runVenueflow(...words);
    expect([out, err]).toEqual(['', line]);
    expect(error).toMatchObject({ exitCode: 1 });
  });
});

it('aligns a table: text to the left, numbers to the right', () => {
  expect(
    formatTable(
      ['venue', 'kW'],
      [
        ['hall', '7'],
        ['field', '12.5'],
      ],
    ),
  ).toBe('venue  kW\n-----  ----\nhall      7\nfield  12.5');
});
