import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { unpack } from '../gtfs/archive.js';
import { checkFeed } from '../gtfs/check/check-feed.js';
import type { Feed } from '../gtfs/feed.js';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { zipFeed } from '../gtfs/tiny-feed.fixture.js';
import { writeGtfs } from '../gtfs/write-gtfs.js';
import type { DayTrip } from './day-trip.js';
import { blocksOf } from './blocks.js';
import { dayFeed } from './day-feed.js';
import { type Edition, nextEdition } from './edition.js';
import { openTimetable } from './timetable.js';

/** Friday, 7 February 2020: civil midnight. */
const FRIDAY = Date.UTC(2020, 1, 7);

const read = readGtfs(zipFeed());
if (!read.ok) throw new Error('The feed has faults.');
const timetable = openTimetable(read.value, 'America/New_York');
const edition = nextEdition(
  {
    timetable,
    packVersion: '1',
    now: epochMs(FRIDAY + 11 * HOUR_MS),
    departures: [{ line: 'L', pattern: 'L-1', departs_ms: FRIDAY + 12 * HOUR_MS, vehicle: 'bus-01' }],
  },
  undefined,
);
const schedule = dayFeed(timetable, edition);

describe('dayFeed', () => {
  it('makes each departure of headway service a trip of its own, on its date', () => {
    expect(schedule.trips.get('20200207-L-1-070700')).toMatchObject({
      line: 'L',
      service: '20200207',
      headways: [],
      stops: [
        { stop: 'a', arrivalS: 7 * 3600 + 420, departureS: 7 * 3600 + 420 },
        { stop: 'b', arrivalS: 7 * 3600 + 720 },
        { stop: 'c', arrivalS: 7 * 3600 + 1020 },
        { stop: 'a', arrivalS: 7 * 3600 + 1320 },
      ],
    });
    expect([...schedule.services]).toEqual([
      ['20200207', { calendar: undefined, added: new Set([FRIDAY]), removed: new Set() }],
      ['20200208', { calendar: undefined, added: new Set([FRIDAY + 24 * HOUR_MS]), removed: new Set() }],
    ]);
  });

  it('goes past midnight, and says whose block is planned', () => {
    expect(schedule.trips.get('20200207-N-1-251000')?.stops.map(({ departureS }) => departureS)).toEqual([
      90_600, 91_200,
    ]);
    expect([...schedule.trips.values()].flatMap(({ block }) => block ?? [])).toEqual(['20200207-bus-01']);
  });

  it("has the event's time zone, and says of which days and edition it is", () => {
    expect(schedule.agencies.map(({ agency_timezone }) => agency_timezone)).toEqual(['America/New_York']);
    expect(schedule.info).toEqual({
      feed_publisher_name: 'Tiny',
      feed_publisher_url: 'http://tiny.example',
      feed_lang: 'en',
      feed_start_date: FRIDAY,
      feed_end_date: FRIDAY + 24 * HOUR_MS,
      feed_version: '20200207.1581073200',
    });
  });
});

describe('the schedule as a zip', () => {
  const errorsOf = (schedule: Feed, today: number) => {
    const files = unpack(writeGtfs(schedule));
    if (!files.ok) throw new Error(files.error.message);
    return checkFeed(files.value, { today }).filter(({ severity }) => severity === 'ERROR');
  };

  it('has no error on random days, one edition after the other', () => {
    const planned = fc.array(
      fc.record({
        pattern: fc.constantFrom('L-1', 'N-1'),
        minute: fc.integer({ min: -60, max: 1500 }),
        vehicle: fc.constantFrom('bus-01', 'bus-02'),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(planned, planned, fc.integer({ min: 0, max: 1600 }), (before, after, minute) => {
        const editionAt = (at: number, plan: typeof before, standing?: Edition) =>
          nextEdition(
            {
              timetable,
              packVersion: '1',
              now: epochMs(FRIDAY + 11 * HOUR_MS + at * MINUTE_MS),
              departures: plan.map((one) => ({
                line: one.pattern.slice(0, 1),
                pattern: one.pattern,
                departs_ms: FRIDAY + 11 * HOUR_MS + one.minute * MINUTE_MS,
                vehicle: one.vehicle,
              })),
            },
            standing,
          );
        const edition = editionAt(minute, after, editionAt(0, before));
        expect(errorsOf(dayFeed(timetable, edition), edition.day)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("has no error on a day of the pack's own network, and comes back the same", () => {
    const zip = readFileSync(new URL('../../../../config/campus-replay/gtfs/bullrunner-gtfs.zip', import.meta.url));
    const campus = readGtfs(zip);
    if (!campus.ok) throw new Error('The feed has faults.');
    const day = Date.UTC(2026, 10, 25);
    const open = openTimetable(campus.value, 'America/New_York');
    const inputs = { timetable: open, packVersion: '1', now: epochMs(day + 12 * HOUR_MS), departures: [] };
    const schedule = dayFeed(open, nextEdition(inputs, undefined));
    expect(errorsOf(schedule, day)).toEqual([]);
    const back = readGtfs(writeGtfs(schedule));
    expect(back.ok ? [back.value.trips.size, back.value.shapes.size] : back.error).toEqual([
      schedule.trips.size,
      schedule.shapes.size,
    ]);
    expect(schedule.shapes.size).toBe(6);
  });
});

describe('blocksOf', () => {
  it('leaves out of a block what overlaps in it', () => {
    const trip = (id: string, start_s: number, vehicle?: string): DayTrip => ({
      id,
      line: 'L',
      pattern: 'L-1',
      template: 'l1',
      day: FRIDAY,
      start_s,
      ...(vehicle !== undefined && { vehicle }),
    });
    const trips = [trip('third', 1800, 'bus'), trip('first', 0, 'bus'), trip('second', 899, 'bus'), trip('nobody', 0)];
    expect([...blocksOf(trips, () => 900)]).toEqual([
      ['first', '20200207-bus'],
      ['third', '20200207-bus'],
    ]);
  });
});
