import { describe, expect, it } from '@jest/globals';
import { strToU8 } from 'fflate';
import fc from 'fast-check';
import { splitCsv } from '../csv/split-csv.js';
import { csvLine } from '../csv/write-csv.js';
import { checkFeed } from '../check/check-feed.js';
import { readGtfs } from '../read-gtfs.js';
import { tinyFeed } from '../tiny-feed.fixture.js';
import { writeGtfs } from '../write-gtfs.js';
import { importFeed } from './import-feed.js';

const filesOf = (changes: Readonly<Record<string, string | undefined>>) => ({
  files: new Map(
    Object.entries({ ...tinyFeed, ...changes }).flatMap(([file, text]) =>
      text === undefined ? [] : [[file, strToU8(text)] as const],
    ),
  ),
  nested: [],
});

const refusedOf = (changes: Readonly<Record<string, string | undefined>>) =>
  importFeed(filesOf(changes)).report.refused.map(({ file, row, field, rule, follows }) => [
    file,
    row,
    field,
    rule,
    follows,
  ]);

describe('importFeed', () => {
  it('refuses a trip whole when one of its stop times is refused', () => {
    const times = tinyFeed['stop_times.txt']?.replace('l2,09:06:00', 'l2,9:6:00') ?? '';
    expect(refusedOf({ 'stop_times.txt': times })).toEqual([
      ['stop_times.txt', 7, 'arrival_time', 'invalid_time', false],
      ['trips.txt', 3, 'trip_id', 'foreign_key_violation', true],
      ['stop_times.txt', 6, 'trip_id', 'foreign_key_violation', true],
      ['stop_times.txt', 8, 'trip_id', 'foreign_key_violation', true],
      ['stop_times.txt', 9, 'trip_id', 'foreign_key_violation', true],
    ]);
  });

  it('refuses what names a refused row, and says that it follows', () => {
    expect(refusedOf({ 'routes.txt': 'route_id,route_type\nL,bus\nN,3\n' })).toEqual(
      expect.arrayContaining([
        ['routes.txt', 2, 'route_type', 'invalid_integer', false],
        ['trips.txt', 2, 'route_id', 'foreign_key_violation', true],
        ['frequencies.txt', 2, 'trip_id', 'foreign_key_violation', true],
      ]),
    );
  });

  it('refuses stations in a circle', () => {
    const stops =
      'stop_id,stop_lat,stop_lon,location_type,parent_station\na,46,12,,\nb,46,12,,\nc,46,12,,\nx,46,12,1,y\ny,46,12,1,x\np,46,12,,x\n';
    expect(refusedOf({ 'stops.txt': stops })).toEqual([
      ['stops.txt', 5, 'parent_station', 'station_with_parent_station', false],
      ['stops.txt', 6, 'parent_station', 'station_with_parent_station', false],
      ['stops.txt', 7, 'parent_station', 'foreign_key_violation', true],
    ]);
  });

  it('carries what dispatch does not read, although it is wrong', () => {
    const routes = 'route_id,route_type,route_url,route_color\nL,701,no address,green\nN,3,,\n';
    const { feed, report } = importFeed(filesOf({ 'routes.txt': routes }));
    expect(report.refused).toEqual([]);
    expect(feed.lines.get('L')).toMatchObject({ route_type: 701, route_url: 'no address', route_color: 'green' });
  });

  it('refuses every row of a file without a column that must be there', () => {
    const { report } = importFeed(filesOf({ 'calendar.txt': 'service_id,monday\nweekdays,1\n' }));
    expect(report.files.find(({ file }) => file === 'calendar.txt')).toEqual({
      file: 'calendar.txt',
      rows: 1,
      imported: 0,
      refused: 1,
    });
  });

  it('takes hostile ids as ids', () => {
    const feed = Object.fromEntries(
      Object.entries(tinyFeed).map(([file, text]) => [
        file,
        text.replaceAll(/\bl1\b/g, '__proto__').replaceAll('weekdays', 'constructor'),
      ]),
    );
    const imported = importFeed(filesOf(feed));
    expect(imported.report.refused).toEqual([]);
    expect(imported.feed.trips.get('__proto__')?.service).toBe('constructor');
  });

  it('reads headers only, and nothing at all', () => {
    const headers = Object.fromEntries(
      Object.entries(tinyFeed).map(([file, text]) => [file, text.split('\n')[0] ?? '']),
    );
    expect(importFeed(filesOf(headers)).feed.trips.size).toBe(0);
    expect(importFeed({ files: new Map(), nested: [] }).report.notices.length).toBeGreaterThan(4);
  });

  it('accounts for every row of a feed with any mistakes, and what it keeps is a feed', () => {
    const mistake = fc.record({
      file: fc.constantFrom(...Object.keys(tinyFeed)),
      place: fc.nat(200),
      text: fc.oneof(
        fc.constantFrom(
          '',
          ',',
          '"',
          '\n',
          '\r\n',
          '-1',
          '0',
          'a',
          '99:99:99',
          '25:00:00',
          '__proto__',
          '\uFFFD',
          '20200230',
          ' ',
        ),
        fc.string({ maxLength: 6 }),
      ),
      cut: fc.nat(8),
    });
    fc.assert(
      fc.property(
        fc.array(mistake, { minLength: 1, maxLength: 5 }),
        fc.option(fc.constantFrom(...Object.keys(tinyFeed))),
        (mistakes, missing) => {
          const texts: Record<string, string | undefined> = { ...tinyFeed };
          for (const { file, place, text, cut } of mistakes) {
            const before = texts[file] ?? '';
            const at = place % (before.length + 1);
            texts[file] = before.slice(0, at) + text + before.slice(at + cut);
          }
          if (missing !== null) texts[missing] = undefined;
          const files = filesOf(texts);
          checkFeed(files, { today: Date.UTC(2020, 5, 1) });
          const { feed, report } = importFeed(files);
          for (const { file, rows, imported, refused } of report.files) {
            expect([file, rows]).toEqual([file, rowsIn(texts[file] ?? '')]);
            expect([file, imported + refused, imported >= 0]).toEqual([file, rows, true]);
            const refusedRows = report.refused.filter((row) => row.file === file).map(({ row }) => row);
            expect([file, new Set(refusedRows).size]).toEqual([file, refused]);
          }
          if (feed.agencies.length === 0 || feed.trips.size === 0) return;
          const again = readGtfs(writeGtfs(feed));
          expect(again.ok ? [] : again.error).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** Records below the header, by the same splitter; records of spaces only are none. */
const rowsIn = (text: string): number => {
  let records = 0;
  splitCsv(text.replace(/^\uFEFF/, ''), (cells) => {
    if (cells.length > 1 || cells[0]?.trim() !== '' || records === 0) records += 1;
  });
  return Math.max(0, records - 1);
};

describe('a large feed', () => {
  it('is imported whole and written as it was, stop time by stop time', () => {
    const trips = 400;
    const calls = 40;
    const at = (trip: number, call: number) => {
      const second = 18_000 + trip * 60 + call * 90;
      return [second / 3600, (second / 60) % 60, second % 60]
        .map((part) => String(Math.floor(part)).padStart(2, '0'))
        .join(':');
    };
    const ids = Array.from({ length: trips }, (_, trip) => trip);
    const stopTimes = ids.flatMap((trip) =>
      Array.from({ length: calls }, (_, call) =>
        csvLine([`t${trip}`, at(trip, call), at(trip, call), 'abc'[call % 3] ?? 'a', String(call + 1)]),
      ),
    );
    const header = 'trip_id,arrival_time,departure_time,stop_id,stop_sequence\n';
    const files = filesOf({
      'frequencies.txt': undefined,
      'trips.txt': `route_id,service_id,trip_id\n${ids.map((trip) => `L,weekdays,t${trip}\n`).join('')}`,
      'stop_times.txt': header + stopTimes.join(''),
    });
    const { feed, report } = importFeed(files);
    expect(report.files.find(({ file }) => file === 'stop_times.txt')).toMatchObject({
      rows: trips * calls,
      refused: 0,
    });
    const again = readGtfs(writeGtfs(feed));
    expect(again.ok && again.value.trips).toEqual(feed.trips);
  });
});
