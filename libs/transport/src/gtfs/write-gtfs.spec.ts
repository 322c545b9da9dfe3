import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { formatFault } from '#libs/kernel';
import type { Feed } from './feed.js';
import { parsedRows } from './parsed-rows.fixture.js';
import { readGtfs } from './read-gtfs.js';
import { zipFeed } from './tiny-feed.fixture.js';
import { writeGtfs } from './write-gtfs.js';

const read = (zip: Uint8Array): Feed => {
  const result = readGtfs(zip);
  if (!result.ok) throw new Error(result.error.map(formatFault).join('\n'));
  return result.value;
};

const textOf = (zip: Uint8Array, file: string): string => strFromU8(unzipSync(zip)[file] ?? new Uint8Array());

const packFeed = readFileSync(new URL('../../../../config/campus-replay/gtfs/bullrunner-gtfs.zip', import.meta.url));
const sampleFeed = readFileSync(new URL('./samples/google-good-feed.zip', import.meta.url));

describe('writeGtfs', () => {
  it.each([
    ['the feed of the campus', packFeed],
    ['the sample feed', sampleFeed],
  ])('writes %s with the meaning it was read with', (_what, zip) => {
    const written = writeGtfs(read(zip));
    expect(parsedRows(written)).toEqual(parsedRows(zip));
    expect(read(written)).toEqual(read(zip));
  });

  it('writes the same bytes for the same feed', () => {
    expect(Buffer.from(writeGtfs(read(sampleFeed))).equals(writeGtfs(read(sampleFeed)))).toBe(true);
  });

  it('leaves out times that the feed did not have, and writes hours past 24', () => {
    const times = textOf(writeGtfs(read(zipFeed())), 'stop_times.txt');
    expect(times).toContain('\nl1,,,b,2\n');
    expect(times).toContain('\nn1,25:10:00,25:10:00,a,1\n');
  });

  it('keeps columns and files that GTFS does not know, quotes and hostile names', () => {
    const stops = 'stop_id,stop_name,"lift, inside",__proto__\na,"say ""A""",yes,x\nb,,,\nc,C,,\n';
    const written = writeGtfs(read(zipFeed({ 'stops.txt': stops, 'gates.txt': 'gate\n"1\n2"\n' })));
    expect(textOf(written, 'stops.txt')).toBe(
      'stop_id,stop_name,"lift, inside",__proto__\na,"say ""A""",yes,x\nb,,,\nc,C,,\n',
    );
    expect(textOf(written, 'gates.txt')).toBe('gate\n"1\n2"\n');
  });

  it('writes what the day needs of a feed that was made and not read', () => {
    const feed = read(zipFeed());
    const [stops] = [...feed.trips.values()].map((trip) =>
      trip.stops.map(({ stop, arrivalS, departureS }) => ({ stop, arrivalS, departureS })),
    );
    const made: Feed = {
      ...feed,
      trips: new Map([
        ['t', { id: 't', line: 'L', service: '20260214', stops: stops ?? [], headways: [], headsign: 'Loop' }],
      ]),
      services: new Map([
        ['20260214', { calendar: undefined, added: new Set([Date.UTC(2026, 1, 14)]), removed: new Set() }],
      ]),
      otherFiles: new Map([['notes.md', strToU8('made')]]),
    };
    const written = writeGtfs(made);
    expect(textOf(written, 'calendar_dates.txt')).toBe('service_id,date,exception_type\n20260214,20260214,1\n');
    expect(textOf(written, 'trips.txt')).toBe('route_id,service_id,trip_id,trip_headsign\nL,20260214,t,Loop\n');
    expect(textOf(written, 'stop_times.txt')).toContain('t,08:05:00,08:05:00,b,2\n');
    expect(Object.keys(unzipSync(written))).toEqual([
      'agency.txt', 'stops.txt', 'routes.txt', 'calendar_dates.txt', 'trips.txt', 'stop_times.txt', 'notes.md',
    ]); // prettier-ignore
  });
});
