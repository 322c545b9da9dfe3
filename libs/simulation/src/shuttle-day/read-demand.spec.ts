import { describe, expect, it } from '@jest/globals';

import { makeDemandDay } from './make-demand.js';
import { demandDocument, readDemand } from './read-demand.js';
import { tinyRide, tinyShuttles } from './tiny-shuttles.fixture.js';

const expected = { ...tinyShuttles, rides: [tinyRide('hall', 'park', { arrivals: new Array<number>(12).fill(2) })] };
const header = 'time,line,from_stop,to_stop,group,people,accessible,known_at';
const csv = (...rows: readonly string[]): string => [header, ...rows].join('\n');
const read = (text: string) => {
  const result = readDemand(expected, 'day.csv', text);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

describe('a demand file', () => {
  it('says who comes in which slot, and who waits before the day', () => {
    const { day, forecast, after } = read(
      csv(
        '1969-12-31T23:57:00Z,L,hall,park,spectators,4,,',
        '1970-01-01T00:00:00Z,L,hall,park,spectators,1,,',
        '1970-01-01T01:09:00+01:00,L,hall,park,spectators,5,,',
        '1970-01-01T01:00:00Z,L,hall,park,spectators,9,,',
      ),
    );
    expect(day.came).toEqual([{ waiting: 4, arrivals: [1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }]);
    expect([forecast, after]).toEqual(['instance', 1]);
    expect(day.forecasts[0]?.rides[0]?.arrivals[3]).toBe(2);
  });

  it('may have forecasts that become known later', () => {
    const { day, forecast } = read(
      csv(
        '1970-01-01T00:00:00Z,L,hall,park,spectators,1,,',
        '1970-01-01T00:05:00Z,L,hall,park,spectators,3.5,,1969-12-31T20:00:00Z',
        '1970-01-01T00:30:00Z,L,hall,park,spectators,8,false,1970-01-01T00:10:00Z',
      ),
    );
    expect(forecast).toBe('file');
    expect(day.forecasts.map(({ known_s, rides }) => [known_s, rides[0]?.arrivals[1], rides[0]?.arrivals[6]])).toEqual([
      [-Infinity, 2, 2],
      [-14_400, 3.5, 0],
      [600, 0, 8],
    ]);
  });

  it('is forecast from its previous days', () => {
    const { day, forecast } = read(
      csv('1969-12-31T00:05:00Z,L,hall,park,spectators,7,,', '1970-01-01T00:05:00Z,L,hall,park,spectators,1,,'),
    );
    expect(forecast).toBe('previous_days');
    expect(day.forecasts[0]?.rides[0]?.arrivals.slice(0, 3)).toEqual([0, 7, 0]);
  });

  it.each([
    ['1970-01-01T00:00:00Z,L,hall,moon,spectators,1,,', 'row 2', 'L hall moon spectators', 'unknown_ride'],
    ['yesterday,L,hall,park,spectators,1,,', 'row 2.time', '"yesterday"', 'invalid_format'],
    ['1970-01-01T00:00:00Z,L,hall,park,spectators,-1,,', 'row 2.people', '"-1"', 'too_small'],
    ['1970-01-01T00:00:00Z,L,hall,park,spectators,many,,', 'row 2.people', '"many"', 'invalid_type'],
  ])('is refused with place, value and rule: %s', (row, path, value, rule) => {
    expect(readDemand(expected, 'day.csv', csv(row))).toMatchObject({
      ok: false,
      error: [{ file: 'day.csv', path, value, rule }],
    });
  });

  it('is refused when nobody comes in the time of the instance', () => {
    const row = '1970-02-01T00:00:00Z,L,hall,park,spectators,1,,';
    expect(readDemand(expected, 'day.csv', csv(row))).toMatchObject({ ok: false, error: [{ rule: 'empty_day' }] });
  });

  it('is written as it is read', () => {
    const day = makeDemandDay(expected, 3);
    const text = JSON.stringify(demandDocument(expected, day));
    const again = read(text).day;
    expect(again.came).toEqual(day.came);
    expect(again.forecasts.slice(1)).toEqual(day.forecasts);
    expect(again.sessions).toEqual(day.sessions);
  });

  it('names what is wrong in JSON', () => {
    const text = JSON.stringify({ came: [{ line: 'L' }] });
    expect(readDemand(expected, 'day.json', text)).toMatchObject({
      ok: false,
      error: [{ path: 'came[0].from_stop' }, {}, {}, {}, {}],
    });
    expect(readDemand(expected, 'day.json', '{')).toMatchObject({ ok: false, error: [{ rule: 'json' }] });
  });
});
