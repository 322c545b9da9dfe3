import { describe, expect, it } from '@jest/globals';
import { toCivil } from '#libs/kernel';
import { readGtfs } from './read-gtfs.js';
import { serviceDayStart, servicesOn } from './service-days.js';
import { zipFeed } from './tiny-feed.fixture.js';

const servicesOf = (date: string, exceptions?: string): readonly string[] => {
  const read = readGtfs(zipFeed({ 'calendar_dates.txt': exceptions }));
  if (!read.ok) throw new Error('The feed must read.');
  return [...servicesOn(read.value, Date.parse(date))];
};

describe('servicesOn', () => {
  it.each([
    ['a Wednesday of the feed', '2020-07-15', ['weekdays']],
    ['a Sunday of the feed', '2020-07-19', ['weekend']],
    ['a Wednesday years later', '2026-02-18', ['weekdays']],
    ['a Saturday years later', '2026-02-21', ['weekend']],
    ['a Saturday before', '2019-12-28', ['weekend']],
  ])('chooses by weekday on %s', (_what, date, services) => {
    expect(servicesOf(date)).toEqual(services);
  });

  it('adds and takes away the dates of calendar_dates', () => {
    const exceptions = 'service_id,date,exception_type\nweekdays,20200715,2\nweekend,20200715,1\n';
    expect(servicesOf('2020-07-15', exceptions)).toEqual(['weekend']);
    expect(servicesOf('2020-07-16', exceptions)).toEqual(['weekdays']);
  });
});

describe('serviceDayStart', () => {
  it('is twelve hours before noon, an hour off midnight when the clocks change', () => {
    const civilHour = (date: string) =>
      (toCivil('Europe/Rome', serviceDayStart('Europe/Rome', Date.parse(date))) / 3_600_000) % 24;
    expect(civilHour('2026-02-18')).toBe(0);
    expect(civilHour('2026-03-29')).toBe(23);
    expect(civilHour('2026-10-25')).toBe(1);
  });
});
