import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync, zipSync } from 'fflate';

import { runVenueflow } from '../recorded-output.fixture.js';

const pack = fileURLToPath(new URL('../../../../config/campus-replay', import.meta.url));
const campusFeed = join(pack, 'gtfs/bullrunner-gtfs.zip');
const campusFiles = unzipSync(readFileSync(campusFeed));

/** The campus feed with some files as other text; undefined leaves one out. */
const feedWith = (changes: Readonly<Record<string, string | undefined>>): Record<string, Uint8Array> => {
  const files = { ...campusFiles };
  for (const [file, text] of Object.entries(changes)) {
    if (text === undefined) Reflect.deleteProperty(files, file);
    else files[file] = new TextEncoder().encode(text);
  }
  return files;
};

const textOf = (file: string): string => strFromU8(campusFiles[file] ?? new Uint8Array());

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gtfs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const writeZip = (name: string, files: Record<string, Uint8Array>): string => {
  const path = join(folder, name);
  writeFileSync(path, zipSync(files));
  return path;
};

describe('venueflow gtfs check', () => {
  it('finds no error in the feed of the campus, and says what could be better', async () => {
    const { out, failed } = await runVenueflow('gtfs', 'check', campusFeed, '--today', '2020-06-01');
    expect(failed).toBe(false);
    expect(out).toContain('missing_recommended_file');
    expect(out).toContain('ERROR 0');
  });

  it('names file, row, field, value and rule of an error for machines, and fails', async () => {
    const routes = textOf('routes.txt').replace(',3,', ',bus,');
    const feed = writeZip('bad.zip', feedWith({ 'routes.txt': routes }));
    const { out, failed } = await runVenueflow('gtfs', 'check', feed, '--json', '--today', '2020-06-01');
    expect(failed).toBe(true);
    const said = JSON.parse(out) as { ok: boolean; today: string; findings: unknown[] };
    expect(said).toMatchObject({ ok: false, today: '2020-06-01', counts: { error: 1 } });
    expect(said.findings[0]).toMatchObject({
      rule: 'invalid_integer',
      severity: 'ERROR',
      count: 1,
      notices: [{ file: 'routes.txt', row: 2, field: 'route_type', value: 'bus' }],
    });
  });

  it('reads a folder as it reads a zip', async () => {
    for (const [name, bytes] of Object.entries(campusFiles)) writeFileSync(join(folder, name), bytes);
    const inFolder = await runVenueflow('gtfs', 'check', folder, '--json', '--today', '2020-06-01');
    const inZip = await runVenueflow('gtfs', 'check', campusFeed, '--json', '--today', '2020-06-01');
    const findings = (out: string) => (JSON.parse(out) as { findings: unknown }).findings;
    expect(findings(inFolder.out)).toEqual(findings(inZip.out));
  });

  it('says clearly when the files lie in a sub folder', async () => {
    const nested = Object.fromEntries(Object.entries(campusFiles).map(([name, bytes]) => [`feed/${name}`, bytes]));
    const { out, failed } = await runVenueflow('gtfs', 'check', writeZip('nested.zip', nested));
    expect(failed).toBe(true);
    expect(out).toContain('invalid_input_files_in_subfolder');
  });

  it.each([
    ['not a zip', Buffer.from('stop_id\n')],
    ['a zip cut in two', readFileSync(campusFeed).subarray(0, 20_000)],
    ['an empty file', Buffer.alloc(0)],
  ])('refuses %s in one line', async (_what, bytes) => {
    const path = join(folder, 'feed.zip');
    writeFileSync(path, bytes);
    const { out, err, failed, error } = await runVenueflow('gtfs', 'check', path);
    expect([out, failed, error]).toEqual(['', true, undefined]);
    expect(err).toMatch(/^error: .*The feed must be a whole zip file.*\n$/);
  });

  it('refuses what is not there, and a day that is none', async () => {
    expect((await runVenueflow('gtfs', 'check', join(folder, 'none'))).err).toContain('ENOENT');
    expect((await runVenueflow('gtfs', 'check', campusFeed, '--today', 'soon')).error).toBeDefined();
  });
});

interface Said {
  readonly ok: boolean;
  readonly summary: unknown;
  readonly files: readonly {
    readonly file: string;
    readonly rows: number;
    readonly imported: number;
    readonly refused: number;
  }[];
  readonly refused: readonly { readonly file: string; readonly row: number }[];
  readonly refused_file: string | null;
  readonly written: string;
  readonly previous: string | null;
}

const importFeed = async (...words: string[]) => {
  const { out, failed } = await runVenueflow('gtfs', 'import', ...words, '--home', folder, '--json');
  return { said: JSON.parse(out) as Said, failed };
};

describe('venueflow gtfs import', () => {
  it('imports the feed of the campus whole', async () => {
    const { said, failed } = await importFeed(campusFeed);
    expect(failed).toBe(false);
    expect(said).toMatchObject({
      ok: true,
      summary: { routes: 6, trips: 15, trips_by_headway: 15, stops: 125, time_zone: 'America/New_York', first_service_day: '2015-01-01', last_service_day: '2020-12-31' },
      refused: [],
      refused_file: null,
      written: join(folder, 'gtfs/bullrunner-gtfs.zip'),
    }); // prettier-ignore
    expect(said.files.every(({ rows, imported }) => rows === imported)).toBe(true);
  });

  it('refuses what cannot be used, with every row counted, and writes the rest clean', async () => {
    const stops = textOf('stops.txt').replace('28.0591746914', 'north');
    const feed = writeZip('cut.zip', feedWith({ 'stops.txt': stops }));
    const { said, failed } = await importFeed(feed);
    expect(failed).toBe(false);
    expect(said.refused).toContainEqual(
      expect.objectContaining({ file: 'stops.txt', row: 2, field: 'stop_lat', value: 'north', rule: 'invalid_float' }),
    );
    for (const { file, rows, imported, refused } of said.files) {
      expect([file, imported + refused]).toEqual([file, rows]);
      expect(said.refused.filter((row) => row.file === file)).toHaveLength(refused);
    }
    const csv = readFileSync(said.refused_file ?? '', 'utf8')
      .trimEnd()
      .split('\n');
    expect(csv).toHaveLength(said.refused.length + 1);
    const again = await importFeed(said.written);
    expect(again.said.refused).toEqual([]);
  });

  it('fails, and writes no feed, when nothing can be used', async () => {
    const feed = writeZip('none.zip', feedWith({ 'stops.txt': undefined }));
    const { said, failed } = await importFeed(feed);
    expect(failed).toBe(true);
    expect(said).toMatchObject({ ok: false, faults: [{ file: 'stops.txt', rule: 'missing_required_file' }] });
    expect(existsSync(join(folder, 'gtfs/none.zip'))).toBe(false);
  });

  it("takes the place of a pack's own feed and keeps the one before", async () => {
    const copy = join(folder, 'pack');
    cpSync(pack, copy, { recursive: true });
    const { said } = await importFeed(campusFeed, '--games', copy);
    expect(said).toMatchObject({ ok: true, written: join(copy, 'gtfs/bullrunner-gtfs.zip') });
    expect(readFileSync(said.previous ?? '').equals(readFileSync(campusFeed))).toBe(true);
    expect((await runVenueflow('games', 'check', copy)).failed).toBe(false);
  });

  it('leaves a pack alone whose network is not in the feed', async () => {
    const copy = join(folder, 'pack');
    mkdirSync(copy);
    cpSync(pack, copy, { recursive: true });
    const routes = textOf('routes.txt').replace('\nA,A,', '\nZ,A,');
    const feed = writeZip('other.zip', feedWith({ 'routes.txt': routes }));
    const { said, failed } = await importFeed(feed, '--games', copy);
    expect([failed, said.ok]).toEqual([true, false]);
    expect(readFileSync(join(copy, 'gtfs/bullrunner-gtfs.zip')).equals(readFileSync(campusFeed))).toBe(true);
    expect(existsSync(join(copy, 'gtfs/bullrunner-gtfs.previous.zip'))).toBe(false);
  });
});
