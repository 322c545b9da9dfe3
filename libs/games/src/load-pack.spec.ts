import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '#libs/kernel';

import { loadPack } from './load-pack.js';
import { tinyFiles } from './tiny-files.fixture.js';

let folder: string;
let files: Map<string, string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pack-'));
  files = tinyFiles();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Replaces text that is there; a test that changed nothing would prove nothing. */
const change = (file: string, from: string, to: string) => {
  const text = files.get(file) ?? '';
  expect(text).toContain(from);
  files.set(file, text.replace(from, to));
};
const write = () => {
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
};
const faultsOf = async (): Promise<readonly Fault[]> => {
  const loaded = await loadPack(folder);
  return loaded.ok ? [] : loaded.error;
};
const shortFaults = async () => (await faultsOf()).map(({ file, path, rule }) => [file, path, rule]);

describe('a clean pack', () => {
  it('is read whole', async () => {
    write();
    const loaded = await loadPack(folder);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
    const pack = loaded.value;
    expect(pack.directory).toBe(folder);
    expect(pack.venues.map(({ id }) => id)).toEqual(['hall', 'field']);
    expect(pack.recordings.get('week')?.columns.get('load')?.[167]).toBe(167);
    expect(pack.gtfs).toHaveLength(4);
    expect(pack.sessions.entries[0]?.start).toBe('2006-02-07T18:00');
  });

  it('may begin its CSV with a byte order mark and end its lines the way of Windows', async () => {
    files.set('week.csv', `\uFEFF${(files.get('week.csv') ?? '').replaceAll('\n', '\r\n')}`);
    write();
    expect(await faultsOf()).toEqual([]);
  });
});

/** The journey of the tiny files. */
const JOURNEY =
  'journeys:\n  - { from: hall, to: field, group: spectators, count: { venue: hall, point: gates.count_out }, share: 0.2 }';

/** Days of the event up to one. */
const days = (last: string): string => `days: { first: 2006-02-11, last: ${last}, begin: 2006-02-14T09:00 }\n`;

describe('a fault names file, path, value and rule', () => {
  it.each([
    // What a schema of one file can say.
    ['venues.yaml', 'import_limit_kw: 80', 'import_limit_kw: -5', 'venues[1].grid.import_limit_kw', '-5', 'positive'],
    ['venues.yaml', 'limit_kw: 150', 'limit_kw: 150, colour: red', 'feeders[0].colour', '"red"', 'unknown_key'],
    ['venues.yaml', 'soc_max_ratio: 0.9', 'soc_max_ratio: 1.9', 'venues[0].battery.soc_max_ratio', '1.9', 'maximum'],
    ['games.yaml', 'currency: EUR\n', '', 'currency', undefined, 'missing'],
    ['games.yaml', 'Europe/Rome', 'Europe/Roam', 'time_zone', '"Europe/Roam"', 'not_allowed'],
    ['games.yaml', 'history_days: 1', 'history_days: one', 'history_days', '"one"', 'type'],
    ['games.yaml', 'history_days: 1', 'history_days: .inf', 'history_days', 'Infinity', 'type'],
    ['games.yaml', 'id: tiny', `${days('2006-02-30')}id: tiny`, 'days.last', '"2006-02-30"', 'civil_time'],
    ['games.yaml', 'id: tiny', `${days('2006-02-10')}id: tiny`, 'days.last', '"2006-02-10"', 'end_after_start'],
    ['games.yaml', 'id: tiny', `${days('2006-02-13')}id: tiny`, 'days.begin', '"2006-02-14T09:00"', 'event_day'],
    ['games.yaml', 'id: tiny', 'id: Tiny!', 'id', '"Tiny!"', 'format'],
    ['energy.yaml', 'automatic', 'maybe', 'approval', '"maybe"', 'choice'],
    [
      'transport.yaml',
      'lines:\n  - id: A\n',
      'lines:\n  - id: A\n    patterns: [{ id: a-short, kind: detour, calls: [a, b] }]\n',
      'lines[0].patterns[0].kind',
      '"detour"',
      'choice',
    ],
    // What needs more than one value.
    [
      'transport.yaml',
      'lines:\n  - id: A\n',
      `lines:\n  - id: A\n    patterns: [${'{ id: a-short, kind: express, calls: [a, b] },'.repeat(2)}]\n`,
      'lines[0].patterns[1].id',
      '"a-short"',
      'duplicate_id',
    ],
    ['venues.yaml', 'id: field', 'id: hall', 'venues[1].id', '"hall"', 'duplicate_id'],
    ['venues.yaml', 'feeder: north', 'feeder: west', 'venues[0].grid.feeder', '"west"', 'unknown_feeder'],
    ['venues.yaml', 'soc_min_ratio: 0.1', 'soc_min_ratio: 0.9', 'venues[0].battery.soc_min_ratio', '0.9', 'soc_band'],
    [
      'venues.yaml',
      'initial_soc_ratio: 0.5',
      'initial_soc_ratio: 0',
      'venues[0].battery.initial_soc_ratio',
      '0',
      'soc_band',
    ],
    ['devices.yaml', 'venue: field', 'venue: lake', 'gateways[1].venue', '"lake"', 'unknown_venue'],
    ['devices.yaml', 'max: 50', 'max: 0', 'gateways[0].points[1].min', '0', 'min_below_max'],
    [
      'devices.yaml',
      'id: pv.active_power',
      'id: load.active_power',
      'gateways[0].points[1].id',
      '"load.active_power"',
      'duplicate_point',
    ],
    [
      'devices.yaml',
      'battery_soc, unit: ratio',
      'battery_soc, unit: kW',
      'gateways[0].points[3].unit',
      '"kW"',
      'unit_of_kind',
    ],
    [
      'devices.yaml',
      'scale: 1, rule: hold',
      'scale: 1, rule: spread',
      'gateways[1].points[0].recorded.rule',
      '"spread"',
      'rule_of_kind',
    ],
    [
      'devices.yaml',
      ', recorded: { series: week.load, scale: 1, rule: hold }',
      '',
      'gateways[1].points[0].id',
      '"load.active_power"',
      'not_recorded',
    ],
    ['devices.yaml', 'kind: battery_power', 'kind: grid_power', 'venues[0].id', '"hall"', 'unmeasured'],
    [
      'devices.yaml',
      'series: week.load',
      'series: month.load',
      'gateways[0].points[0].recorded.series',
      '"month.load"',
      'unknown_recording',
    ],
    ['energy.yaml', 'week.price', 'week.prize', 'import_price_per_kwh', '"week.prize"', 'unknown_column'],
    ['transport.yaml', 'to: field', 'to: lake', 'lines[0].rides[0].to', '"lake"', 'unknown_venue'],
    ['transport.yaml', 'to: field', 'to: hall', 'lines[0].rides[0].to', '"hall"', 'other_venue'],
    [
      'transport.yaml',
      'gates.count_in',
      'gates.count_on',
      'lines[0].rides[1].count.point',
      '"gates.count_on"',
      'unknown_count',
    ],
    [
      'transport.yaml',
      'gates.count_in',
      'gates.count_out',
      'lines[0].rides[1].count.venue',
      '"hall"',
      'count_direction',
    ],
    ...(
      [
        ['from: hall', 'from: lake', 'from', '"lake"', 'unknown_venue'],
        ['to: field', 'to: lake', 'to', '"lake"', 'unknown_venue'],
        ['to: field', 'to: hall', 'to', '"hall"', 'other_venue'],
        ['group: spectators', 'group: vips', 'group', '"vips"', 'unknown_group'],
        ['venue: hall', 'venue: lake', 'count.venue', '"lake"', 'unknown_venue'],
        ['venue: hall', 'venue: field', 'count.point', '"gates.count_out"', 'unknown_count'],
        ['gates.count_out', 'gates.count_in', 'count.venue', '"hall"', 'count_direction'],
        ['share: 0.2', 'share: 1.2', 'share', '1.2', 'maximum'],
        ['share: 0.2', 'share: -0.2', 'share', '-0.2', 'minimum'],
        ['share: 0.2', 'share: 0.2, accessible_share: 2', 'accessible_share', '2', 'maximum'],
        ['share: 0.2', 'share: 0.2, line: A', 'line', '"A"', 'unknown_key'],
      ] as const
    ).map(([from, to, key, value, rule]) => {
      // The same words stand in the rides above.
      const of = JOURNEY.slice(0, JOURNEY.indexOf(from));
      return ['transport.yaml', of + from, of + to, `journeys[0].${key}`, value, rule] as const;
    }),
    ['sessions.yaml', 'venue: hall', 'venue: lake', 'sessions[0].venue', '"lake"', 'unknown_venue'],
    ['sessions.yaml', 'recording: week', 'recording: month', 'recording', '"month"', 'unknown_recording'],
    [
      'sessions.yaml',
      'end: 2006-02-07T20:00',
      'end: 2006-02-07T18:00',
      'sessions[0].end',
      '"2006-02-07T18:00"',
      'end_after_start',
    ],
    ['sessions.yaml', 'end: 2006-02-07', 'end: 2006-02-30', 'sessions[0].end', '"2006-02-30T20:00"', 'civil_time'],
    ['recordings.yaml', 'rows: 168', 'rows: 100', 'recordings[0].rows', '100', 'whole_weeks'],
    ['week.csv', '2006-02-05T01:00,1,1', '2006-02-05T01:00,1.5.1,1', 'row 3, load', '"1.5.1"', 'number'],
    ['week.csv', '2006-02-05T01:00,1,1', '2006-02-05T01:00,Infinity,1', 'row 3, load', '"Infinity"', 'number'],
    ['week.csv', '2006-02-05T01:00,1,1', '2006-02-05T01:00,,1', 'row 3, load', '""', 'number'],
    [
      'week.csv',
      '2006-02-05T01:00,1,1',
      '2006-02-05T01:00,1,1,7',
      'row 3',
      '"2006-02-05T01:00,1,1,7,0.25,0.2"',
      'cell_count',
    ],
    ['week.csv', '2006-02-05T01:00,1,1,0.25,0.2\n', '', '', '"167"', 'row_count'],
    ['week.csv', '2006-02-05T01:00,1,1,0.25,0.2\n', '', 'row 3, time', '"2006-02-05T02:00"', 'equidistant'],
    ['week.csv', 'time,load', 'hour,load', 'row 1', '"hour,load,people,price,carbon"', 'header'],
    ['week.csv', 'time,load,people', 'time,people,people', 'row 1', '"time,people,people,price,carbon"', 'header'],
  ])('%s: %j to %j', async (file, from, to, path, value, rule) => {
    change(file, from, to);
    write();
    const faults = await faultsOf();
    const named = expect.objectContaining({ path, rule, ...(value === undefined ? {} : { value }) });
    expect(faults).toContainEqual(named);
    for (const { message } of faults) expect(message).toMatch(/\.$/);
  });
});

describe('faults do not hide one another', () => {
  it('names several in several files, and a reference beside an unknown key of the same file', async () => {
    change('venues.yaml', 'feeder: north', 'feeder: west, phases: 3');
    change('energy.yaml', 'week.carbon', 'week.coal');
    change('sessions.yaml', 'venue: hall', 'venue: lake');
    change('week.csv', '2006-02-05T01:00,1,1', '2006-02-05T01:00,x,y');
    files.delete('feed.zip');
    write();
    expect(await shortFaults()).toEqual([
      ['sessions.yaml', 'sessions[0].venue', 'unknown_venue'],
      ['transport.yaml', 'gtfs', 'missing_file'],
      ['venues.yaml', 'venues[0].grid.phases', 'unknown_key'],
      ['venues.yaml', 'venues[0].grid.feeder', 'unknown_feeder'],
      ['week.csv', 'row 3, load', 'number'],
      ['week.csv', 'row 3, people', 'number'],
    ]);
  });

  it('sums the shares of one counter over all lines and journeys', async () => {
    change('transport.yaml', 'share: 0.7 }', 'share: 0.9 }');
    write();
    expect(await shortFaults()).toEqual([['transport.yaml', 'journeys[0].share', 'shares']]);
  });

  it('does not hold a file that cannot be read against those that refer to it', async () => {
    change('venues.yaml', 'feeders:', 'feeders: [');
    write();
    const faults = await shortFaults();
    expect(faults.every(([file, , rule]) => file === 'venues.yaml' && rule === 'yaml_syntax')).toBe(true);
    expect(faults[0]?.[1]).toMatch(/^line \d+, column \d+$/);
  });

  it('names twenty faults of a data file and counts the rest', async () => {
    files.set('week.csv', (files.get('week.csv') ?? '').replaceAll('0.25', 'much'));
    write();
    const faults = await faultsOf();
    expect(faults).toHaveLength(21);
    expect(faults.at(-1)?.message).toBe('148 more faults in this file.');
  });
});

describe('files of a pack', () => {
  it('are in a folder that exists', async () => {
    const loaded = await loadPack(join(folder, 'nowhere'));
    expect(loaded.ok ? [] : loaded.error.map(({ rule }) => rule)).toEqual(['missing_folder']);
  });

  it('are all there', async () => {
    files.delete('games.yaml');
    write();
    expect(await shortFaults()).toEqual([['games.yaml', '', 'missing_file']]);
  });

  it.each(['../week.csv', '/etc/hostname', 'more/../../week.csv', '.'])('do not lie outside: %s', async (path) => {
    change('recordings.yaml', 'file: week.csv', `file: ${path}`);
    write();
    expect(await shortFaults()).toEqual([['recordings.yaml', 'recordings[0].file', 'outside_pack']]);
  });

  it('do not lie outside behind a link', async () => {
    files.delete('feed.zip');
    write();
    symlinkSync('/etc/hostname', join(folder, 'feed.zip'));
    expect(await shortFaults()).toEqual([['transport.yaml', 'gtfs', 'outside_pack']]);
  });

  it('are plain files, zips where a zip is due, and no larger than 64 MiB', async () => {
    files.set('feed.zip', 'route_id,trip_id');
    files.delete('week.csv');
    write();
    mkdirSync(join(folder, 'week.csv'));
    writeFileSync(join(folder, 'games.yaml'), '');
    truncateSync(join(folder, 'games.yaml'), 64 * 1024 * 1024 + 1);
    expect(await shortFaults()).toEqual([
      ['games.yaml', '', 'too_large'],
      ['recordings.yaml', 'recordings[0].file', 'not_a_file'],
      ['transport.yaml', 'gtfs', 'not_a_zip'],
    ]);
  });

  it('may be anything that is no pack', async () => {
    for (const name of files.keys()) files.set(name, name.endsWith('.yaml') ? '- 1\n- a: {b: [2]}\n' : '"');
    write();
    expect((await shortFaults()).map(([, , rule]) => rule)).toEqual(Array(7).fill('type'));
  });
});
