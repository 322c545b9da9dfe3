import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { readGtfs } from '../gtfs/read-gtfs.js';
import { zipFeed } from '../gtfs/tiny-feed.fixture.js';
import type { Departure } from '../problem/plan.js';
import type { DayTrip } from './day-trip.js';
import { type Edition, nextEdition } from './edition.js';
import { matchDepartures } from './match-departures.js';
import { planTrips } from './plan-trips.js';
import { formatTime, serviceDayOf } from './service-time.js';
import { openTimetable, type Timetable } from './timetable.js';
import { timetableTrips } from './timetable-trips.js';

const open = (zip: Uint8Array, timeZone: string): Timetable => {
  const feed = readGtfs(zip);
  if (!feed.ok) throw new Error('The feed has faults.');
  return openTimetable(feed.value, timeZone);
};

/** Loop L leaves at 7:00, 7:20, ... 8:20 on weekdays; N at 25:10. */
const tiny = open(
  zipFeed({ 'frequencies.txt': 'trip_id,start_time,end_time,headway_secs\nl1,7:00:00,8:40:00,1200\n' }),
  'Europe/Rome',
);
/** Friday, 7 February 2020: civil midnight. */
const FRIDAY = Date.UTC(2020, 1, 7);
/** Minutes after 7 o'clock in Rome on that Friday. */
const at = (minutes: number): number => FRIDAY + 6 * HOUR_MS + minutes * MINUTE_MS;
const departure = (minutes: number, vehicle = 'bus-01', pattern = 'L-1'): Departure => ({
  line: pattern.slice(0, 1),
  pattern,
  departs_ms: at(minutes),
  vehicle,
});

describe('timetableTrips', () => {
  it('makes a trip of each departure, with ids of day, pattern and time', () => {
    const trips = timetableTrips(tiny, FRIDAY);
    expect(trips.map(({ id }) => id)).toEqual([
      ...['070000', '072000', '074000', '080000', '082000'].map((time) => `20200207-L-1-${time}`),
      '20200207-N-1-251000',
    ]);
    expect(trips[0]).toEqual({
      id: '20200207-L-1-070000',
      line: 'L',
      pattern: 'L-1',
      template: 'l1',
      day: FRIDAY,
      start_s: 25_200,
    });
  });

  it('tells two departures in one second apart', () => {
    const row = (trip: string, stop: string, time: string, sequence: number) =>
      `${trip},${time},${time},${stop},${sequence}\n`;
    const trip = (id: string) => row(id, 'a', '07:00:00', 1) + row(id, 'b', '07:05:00', 2);
    const twice = open(
      zipFeed({
        'trips.txt': 'route_id,service_id,trip_id\nL,weekdays,l1\nL,weekdays,l3\n',
        'stop_times.txt': `trip_id,arrival_time,departure_time,stop_id,stop_sequence\n${trip('l1')}${trip('l3')}`,
        'frequencies.txt': undefined,
      }),
      'Europe/Rome',
    );
    expect(
      timetableTrips(twice, FRIDAY)
        .slice(0, 2)
        .map(({ id }) => id),
    ).toEqual(['20200207-L-1-070000', '20200207-L-1-070000-2']);
  });

  it("has the pack's own day", () => {
    const zip = readFileSync(new URL('../../../../config/campus-replay/gtfs/bullrunner-gtfs.zip', import.meta.url));
    const trips = timetableTrips(open(zip, 'America/New_York'), Date.UTC(2026, 10, 25));
    expect(new Set(trips.map(({ id }) => id)).size).toBe(trips.length);
    expect(trips).toHaveLength(607);
  });
});

describe('serviceDayOf', () => {
  it('gives the night to the day before, until four in the morning', () => {
    expect(serviceDayOf('Europe/Rome', epochMs(Date.UTC(2020, 1, 8, 2, 59)))).toBe(FRIDAY);
    expect(serviceDayOf('Europe/Rome', epochMs(Date.UTC(2020, 1, 8, 3)))).toBe(Date.UTC(2020, 1, 8));
  });
});

describe('formatTime', () => {
  it('goes past midnight', () => {
    expect([formatTime(0), formatTime(25 * 3600 + 61)]).toEqual(['00:00:00', '25:01:01']);
  });
});

describe('matchDepartures', () => {
  const trips = timetableTrips(tiny, FRIDAY);
  const match = (...departures: readonly Departure[]) => {
    const { driven, extra } = matchDepartures(trips, departures, 'Europe/Rome');
    return {
      driven: Object.fromEntries(
        [...driven].map(([id, { departs_ms }]) => [id.slice(-6), (departs_ms - at(0)) / MINUTE_MS]),
      ),
      extra: extra.map(({ departs_ms }) => (departs_ms - at(0)) / MINUTE_MS),
    };
  };

  it.each([
    ['one on time', [20], { '072000': 20 }, []],
    ['one at the start of the slot that it was announced in', [16], { '072000': 16 }, []],
    ['one that is late', [30], { '072000': 30 }, []],
    ['none that is later than ten minutes', [31], {}, [31]],
    ['none that is earlier than its slot', [15], {}, [15]],
    ['a late one only where the one before it has no vehicle', [20, 25], { '072000': 20 }, [25]],
    ['two that leave at once', [0, 0], { '070000': 0 }, [0]],
    ['who is on time before who is not', [16, 20], { '072000': 20 }, [16]],
  ] as const)('knows %s', (_what, minutes, driven, extra) => {
    expect(match(...minutes.map((one) => departure(one)))).toEqual({ driven, extra });
  });

  it('gives no departure twice and no trip two, and loses none', () => {
    const minutes = fc.array(fc.integer({ min: -30, max: 120 }), { maxLength: 40 });
    fc.assert(
      fc.property(minutes, (times) => {
        const { driven, extra } = matchDepartures(
          trips,
          times.map((one) => departure(one)),
          'Europe/Rome',
        );
        return driven.size + extra.length === times.length;
      }),
    );
  });
});

const editionAt = (minutes: number, departures: readonly Departure[], standing?: Edition): Edition =>
  nextEdition({ timetable: tiny, packVersion: '1', now: epochMs(at(minutes)), departures }, standing);

const ids = ({ trips }: { readonly trips: readonly Pick<DayTrip, 'id'>[] }) => trips.map(({ id }) => id);

describe('nextEdition', () => {
  it('has today and tomorrow, and what is planned besides', () => {
    const edition = editionAt(-60, [departure(20, 'bus-02'), departure(30 + 1)]);
    expect(new Set(ids(edition).map((id) => id.slice(0, 8)))).toEqual(new Set(['20200207', '20200208']));
    expect(ids(edition)).toContain('20200207-L-1-073100');
    expect(edition.trips.find(({ id }) => id === '20200207-L-1-072000')?.vehicle).toBe('bus-02');
  });

  it('stands for an hour, and then until a departure is new', () => {
    const first = editionAt(-60, []);
    expect(editionAt(-1, [departure(53)], first)).toBe(first);
    expect(editionAt(5, [departure(22)], first)).toBe(first);
    const second = editionAt(5, [departure(53)], first);
    expect(ids(second)).toEqual([...ids(first), '20200207-L-1-075300']);
  });

  it('takes no trip back within the day, and keeps ids and times over the night', () => {
    const first = editionAt(-60, [departure(31)]);
    const later = editionAt(10, [departure(53)], first);
    expect(ids(later)).toEqual(expect.arrayContaining(ids(first)));
    const tomorrow = editionAt(24 * 60, [], later);
    expect(ids(tomorrow)).toEqual(expect.arrayContaining(ids(later).filter((id) => id.startsWith('20200208'))));
    expect(ids(tomorrow).some((id) => id.startsWith('20200207'))).toBe(false);
  });

  it('keeps a trip of yesterday that may be under way', () => {
    const night = editionAt(18 * 60, []);
    expect(ids(editionAt(21 * 60 + 1, [], night)).filter((id) => id.startsWith('20200207'))).toEqual([]);
    const late = { ...night, trips: night.trips.map((trip) => ({ ...trip, start_s: trip.start_s + 3 * 3600 })) };
    expect(ids(editionAt(21 * 60 + 1, [], late)).filter((id) => id.startsWith('20200207'))).toEqual([
      '20200207-N-1-251000',
    ]);
  });

  it('does not tell today what was extra yesterday', () => {
    const extra = departure(20 * 60 + 30);
    expect(ids(editionAt(20 * 60, [extra])).filter((id) => id.startsWith('20200207'))).toContain('20200207-L-1-273000');
    expect(ids(editionAt(21 * 60 + 1, [extra])).filter((id) => id.startsWith('20200207'))).toEqual([]);
  });

  it('begins anew with another pack', () => {
    const first = { ...editionAt(-60, [departure(31)]), pack_version: '0' };
    expect(ids(editionAt(-59, [], first))).not.toContain('20200207-L-1-073100');
  });
});

describe('planTrips', () => {
  const edition = editionAt(-60, []);
  const plan = (minutes: number, departures: readonly Departure[]) =>
    planTrips({
      edition,
      timetable: tiny,
      now: epochMs(at(minutes)),
      departures,
      isCovered: (_line, time) => time < at(65),
    }).map(({ id, status, departs_ms }) => [id.slice(-6), status, (departs_ms - at(0)) / MINUTE_MS]);

  it('says what runs, late or on time, what does not and what is extra, until the plan ends', () => {
    expect(plan(0, [departure(0), departure(24), departure(35), departure(40, 'bus-02')])).toEqual([
      ['070000', 'scheduled', 0],
      ['072000', 'scheduled', 24],
      ['073500', 'added', 35],
      ['074000', 'scheduled', 40],
      ['080000', 'canceled', 60],
    ]);
  });

  it('leaves out what is over, but not what may be late', () => {
    expect(plan(57, [departure(-20), departure(0), departure(24)])).toEqual([
      ['070000', 'scheduled', 0],
      ['072000', 'scheduled', 24],
      ['080000', 'canceled', 60],
    ]);
  });

  it('announces the times of each stop', () => {
    const [trip] = planTrips({
      edition,
      timetable: tiny,
      now: epochMs(at(0)),
      departures: [departure(2)],
      isCovered: () => false,
    });
    expect(
      trip?.calls.map(({ stop_sequence, stop, arrives_ms }) => [stop_sequence, stop, (arrives_ms - at(0)) / MINUTE_MS]),
    ).toEqual([
      [1, 'a', 0],
      [2, 'b', 5],
      [3, 'c', 10],
      [4, 'a', 15],
    ]);
  });
});
