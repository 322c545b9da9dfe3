import { describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs, fromCivil, HOUR_MS, MINUTE_MS, toCivil } from '#libs/kernel';
import fc from 'fast-check';

import { formatCivil, getCivil } from './civil.js';
import type { Pack } from './pack.js';
import { minuteValues, replayOf, splitSeries } from './replay.js';
import { tinyPack } from './tiny-pack.fixture.js';

const zone = 'America/New_York';
const at = (civil: string) => fromCivil(zone, getCivil(civil));
const load = { series: 'week.load', scale: 1, rule: 'linear' } as const;
const people = { series: 'week.people', scale: 1, rule: 'spread' } as const;
// Any minute of 2024 to 2027, with its six changes of the clock.
const instants = fc
  .integer({ min: Date.UTC(2024, 0, 1) / MINUTE_MS, max: Date.UTC(2027, 11, 31) / MINUTE_MS })
  .map((minute) => epochMs(minute * MINUTE_MS));

describe('a recording in event time', () => {
  // One week of half hours from Sunday, 24 July 2005, 00:00; row r has load r and r % 7 people.
  const pack: Pack = tinyPack();

  it('shows Monday 08:00 of the recording on any Monday at 08:00', () => {
    const mondayAtEight = (24 + 8) * 2;
    expect(replayOf(pack, load)(at('2026-02-09T08:00'))).toBe(mondayAtEight);
    expect(replayOf(pack, load)(at('2026-07-13T08:00'))).toBe(mondayAtEight);
    expect(replayOf(pack, load)(at('1999-03-01T08:00'))).toBe(mondayAtEight);
  });

  it('runs straight from row to row, and from the last to the first', () => {
    expect(replayOf(pack, load)(at('2026-02-09T08:10'))).toBeCloseTo(64 + 1 / 3);
    expect(replayOf(pack, { ...load, scale: 60 })(at('2026-02-09T08:15'))).toBe(64.5 * 60);
    expect(replayOf(pack, load)(at('2026-02-14T23:45'))).toBe(335 / 2);
  });

  it('holds a value for its step', () => {
    const hold = replayOf(pack, { ...load, rule: 'hold' });
    expect([hold(at('2026-02-09T08:00')), hold(at('2026-02-09T08:29')), hold(at('2026-02-09T08:30'))]).toEqual([
      64, 64, 65,
    ]);
  });

  it('scales a count before it is shared out, and rounds once', () => {
    const values = minuteValues(pack, { ...people, scale: 2.5 }, at('2026-02-09T08:00'), at('2026-02-09T08:30'));
    expect(values.reduce((sum, value) => sum + value, 0)).toBe(Math.round((64 % 7) * 2.5));
  });

  it('keeps weekday and time of day at every minute', () => {
    const hold = replayOf(pack, { ...load, rule: 'hold' });
    fc.assert(
      fc.property(instants, (instant) => {
        const civil = toCivil(zone, instant);
        const ofWeek = new Date(civil).getUTCDay() * DAY_MS + (civil % DAY_MS);
        expect(hold(instant)).toBe(Math.floor(ofWeek / (HOUR_MS / 2)));
      }),
    );
  });

  it('keeps the sum of every half hour, also of those that occur twice or follow a skipped one', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const start = epochMs(Math.floor(instant / (HOUR_MS / 2)) * (HOUR_MS / 2));
        const values = minuteValues(pack, people, start, epochMs(start + HOUR_MS / 2));
        const row = replayOf(pack, { ...load, rule: 'hold' })(start);
        expect(values).toHaveLength(30);
        expect(values.reduce((sum, value) => sum + value, 0)).toBe(row % 7);
      }),
    );
  });

  it.each([
    ['a day that skips an hour', '2026-03-08T00:00', '2026-03-09T00:00', 23],
    ['a day that repeats an hour', '2026-11-01T00:00', '2026-11-02T00:00', 25],
  ])('gives minute by minute what it gives at once: %s', (_name, from, to, hours) => {
    for (const recorded of [load, people]) {
      const values = minuteValues(pack, recorded, at(from), at(to));
      const single = replayOf(pack, recorded);
      expect(values).toHaveLength(hours * 60);
      expect([...values]).toEqual([...values.keys()].map((minute) => single(epochMs(at(from) + minute * MINUTE_MS))));
    }
  });

  it('gives the whole minutes that start in the window', () => {
    const noon = at('2026-02-09T12:00');
    expect(minuteValues(pack, load, epochMs(noon + 1), epochMs(noon + 2 * MINUTE_MS))).toHaveLength(1);
    expect(minuteValues(pack, load, noon, epochMs(noon + MINUTE_MS + 1))).toHaveLength(2);
    expect(minuteValues(pack, load, noon, epochMs(noon - HOUR_MS))).toHaveLength(0);
  });

  it('throws for a series that the pack does not have', () => {
    expect(() => replayOf(pack, { ...load, series: 'week.heat' })).toThrow('no column heat');
    expect(() => replayOf(pack, { ...load, series: 'year.load' })).toThrow('no recording year');
  });
});

it('takes a series apart at its first dot', () => {
  expect(splitSeries('citylearn.load_1_kw')).toEqual({ recording: 'citylearn', column: 'load_1_kw' });
});

it('writes a civil time as it reads it', () => {
  expect(formatCivil(getCivil('2005-07-24T00:30'))).toBe('2005-07-24T00:30');
});
