import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { formatFault } from '#libs/kernel';
import type { Feed } from './feed.js';
import { readGtfs } from './read-gtfs.js';
import { tinyFeed, zipFeed } from './tiny-feed.fixture.js';

const read = (zip: Uint8Array): Feed => {
  const result = readGtfs(zip);
  if (!result.ok) throw new Error(result.error.map(formatFault).join('\n'));
  return result.value;
};

const faultsOf = (changes: Readonly<Record<string, string | undefined>>) => {
  const result = readGtfs(zipFeed(changes));
  return result.ok ? [] : result.error;
};

describe('readGtfs', () => {
  it('joins the tables, past a byte-order mark, quotes, spaces after commas and hours past 24', () => {
    const feed = read(zipFeed());
    expect(feed.stops.get('b')?.stop_name).toBe('B, the upper');
    expect(feed.trips.get('l1')?.headways).toEqual([{ startS: 25_200, endS: 28_800, headwayS: 420, exact: false }]);
    expect(feed.trips.get('n1')?.stops[0]?.departureS).toBe(25 * 3600 + 600);
    expect(feed.agencies).toEqual([
      { agency_name: 'Tiny', agency_url: 'http://tiny.example', agency_timezone: 'Europe/Rome' },
    ]);
  });

  it('spaces stops without times evenly between those around them', () => {
    const times = read(zipFeed())
      .trips.get('l1')
      ?.stops.map(({ arrivalS }) => arrivalS - 8 * 3600);
    expect(times).toEqual([0, 300, 600, 900]);
  });

  it("reads the pack's own feed", () => {
    const zip = readFileSync(new URL('../../../../config/campus-replay/gtfs/bullrunner-gtfs.zip', import.meta.url));
    const feed = read(zip);
    expect([feed.stops.size, feed.lines.size, feed.trips.size]).toEqual([125, 6, 15]);
    expect(feed.trips.get('1')?.headways).toEqual([{ startS: 25_200, endS: 86_400, headwayS: 600, exact: false }]);
    expect(feed.trips.get('1')?.stops).toHaveLength(25);
  });

  it.each([
    ['a file that is missing', { 'stops.txt': undefined }, 'stops.txt', '', 'missing_required_file'],
    ['no calendar at all', { 'calendar.txt': undefined }, 'calendar.txt', '', 'missing_calendar_and_calendar_date_files'],
    ['a column that is missing', { 'routes.txt': 'route_id\nL\nN\n' }, 'routes.txt', 'row 1, route_type', 'missing_required_column'],
    ['a field that is missing', { 'routes.txt': 'route_id,route_type\nL,\nN,3\n' }, 'routes.txt', 'row 2, route_type', 'missing_required_field'],
    ['a wrong time', { 'frequencies.txt': 'trip_id,start_time,end_time,headway_secs\nl1,7:00,8:00:00,60' }, 'frequencies.txt', 'row 2, start_time', 'invalid_time'],
    ['a headway of zero', { 'frequencies.txt': 'trip_id,start_time,end_time,headway_secs\nl1,7:00:00,8:00:00,0' }, 'frequencies.txt', 'row 2, headway_secs', 'number_out_of_range'],
    ['an id twice', { 'routes.txt': 'route_id,route_type\nL,3\nN,3\nL,3' }, 'routes.txt', 'row 4, route_id', 'duplicate_key'],
    ['a stop that is unknown', { 'stops.txt': 'stop_id\na\nb\n' }, 'stop_times.txt', 'row 4, stop_id', 'foreign_key_violation'],
    ['time that goes back', { 'trips.txt': 'route_id,service_id,trip_id\nL,weekdays,l1', 'frequencies.txt': undefined, 'stop_times.txt': 'trip_id,arrival_time,departure_time,stop_id,stop_sequence\nl1,8:00:00,8:00:00,a,1\nl1,7:00:00,7:00:00,b,2' }, 'stop_times.txt', 'row 3, arrival_time', 'stop_time_with_arrival_before_previous_departure_time'],
    ['a quote that does not end', { 'agency.txt': 'agency_name,agency_url,agency_timezone\n"Tiny,Europe/Rome' }, 'agency.txt', 'row 2', 'csv_parsing_failed'],
  ] as const)('names %s', (_what, changes, file, path, rule) => {
    expect(faultsOf(changes)).toContainEqual(expect.objectContaining({ file, path, rule }));
  }); // prettier-ignore

  it('names every fault with its value, and not only the first', () => {
    const faults = faultsOf({ 'stops.txt': 'stop_id,stop_lat,stop_lon\na,95,12\nb,46,east\nc,,\n' });
    expect(faults.map(({ path, value, rule }) => [path, value, rule])).toEqual([
      ['row 2, stop_lat', '"95"', 'number_out_of_range'],
      ['row 3, stop_lon', '"east"', 'invalid_float'],
    ]);
  });

  it('stops a feed that unpacks to too much', () => {
    const zip = zipSync({
      ...Object.fromEntries(Object.entries(tinyFeed).map(([name, text]) => [name, strToU8(text)])),
      'trips.txt': new Uint8Array(2_000_000),
    });
    const result = readGtfs(zip, { maxUnpackedBytes: 1_000_000, maxFiles: 20 });
    expect(result.ok ? [] : result.error.map(({ rule }) => rule)).toEqual(['unpacked_size']);
  });

  it('says when it is no zip', () => {
    const result = readGtfs(strToU8('agency_name\n'));
    expect(result.ok ? [] : result.error.map(({ rule }) => rule)).toEqual(['zip']);
  });
});
