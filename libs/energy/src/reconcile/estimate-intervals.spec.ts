import { describe, expect, it } from '@jest/globals';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import fc from 'fast-check';

import { estimateIntervals } from './estimate-intervals.js';
import { calendarOf, civilDays, isEstimated, type MeterSeries } from './meter-series.js';
import { DAY_SLOTS, daysOf, intervalsOf, meterOf } from './meters.fixture.js';

const week = daysOf(7);
const weeks = daysOf(28);
const fill = (series: MeterSeries, grid = week) => intervalsOf(grid, series).get(series.meter) ?? [];
/** Without the quarter hours `[from, until)`. */
const without = (from: number, until: number, kw: (slot: number) => number) => (slot: number) =>
  slot >= from && slot < until ? undefined : kw(slot);

describe('civil days', () => {
  it('have 23 and 25 hours when clocks change', () => {
    const grid = { start: epochMs(Date.UTC(2026, 2, 27)), slotMs: 15 * MINUTE_MS, count: 5 * DAY_SLOTS };
    const days = civilDays(grid, 'Europe/Rome', epochMs(Date.UTC(2026, 2, 27, 23)));
    expect(days.map(({ day, from_slot, until_slot }) => [day, (until_slot - from_slot) / 4])).toEqual([
      ['2026-03-28', 24],
      ['2026-03-29', 23],
      ['2026-03-30', 24],
      ['2026-03-31', 24],
      // The grid ends two hours into it.
      ['2026-04-01', 2],
    ]);
    const autumn = { ...grid, start: epochMs(Date.UTC(2026, 9, 24, 22)), count: 100 };
    expect(civilDays(autumn, 'Europe/Rome', autumn.start)).toEqual([
      { day: '2026-10-25', from_slot: 0, until_slot: 100 },
    ]);
  });

  it('meet, and hold every slot from the first on once', () => {
    const starts = fc.integer({ min: 0, max: 700 });
    const zones = fc.constantFrom('Europe/Rome', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(starts, zones, (offset, zone) => {
        const start = epochMs(Date.UTC(2026, 0, 1) + offset * 13 * HOUR_MS);
        const grid = { start, slotMs: 15 * MINUTE_MS, count: 5 * DAY_SLOTS };
        const days = civilDays(grid, zone, start);
        expect(days[0]?.from_slot).toBe(0);
        expect(days.at(-1)?.until_slot).toBe(grid.count);
        for (const [at, { until_slot }] of days.slice(0, -1).entries())
          expect(days[at + 1]?.from_slot).toBe(until_slot);
      }),
    );
  });
});

describe('estimateIntervals', () => {
  it('A01 draws a straight line over two hours: 10 kW before, 19 after, eight between', () => {
    const filled = fill(
      meterOf(
        'm',
        week,
        without(10, 18, (slot) => (slot < 10 ? 10 : 19)),
      ),
    );
    expect(filled.slice(9, 19).map((one) => one?.kw)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(filled[10]?.origin).toBe('interpolated');
    expect(filled[9]?.origin).toBe('readings');
  });

  it('A02 takes the same times of the same weekday for what is longer: 20, 30 and 40 kW in three weeks make 30', () => {
    const day = 3 * 7 * DAY_SLOTS;
    const filled = fill(
      meterOf(
        'm',
        weeks,
        without(day, day + 9, (slot) => 20 + 10 * Math.floor(slot / (7 * 96))),
      ),
      weeks,
    );
    expect(filled[day]).toEqual({ kw: 30, origin: 'like_days' });
    expect(filled[day + 9]?.origin).toBe('readings');
  });

  it('A03 takes working days for a working day where there is no other week: Monday to Wednesday for Thursday', () => {
    // 1 kW on Monday, 2 on Tuesday and so on; the weekend is like nothing before it.
    const kw = (slot: number) => Math.floor(slot / DAY_SLOTS) + 1;
    const thursday = 3 * DAY_SLOTS;
    expect(fill(meterOf('m', week, without(thursday, thursday + 9, kw)))[thursday]).toEqual({
      // Wednesday, Friday and Tuesday are nearest.
      kw: (3 + 5 + 2) / 3,
      origin: 'like_days',
    });
    const saturday = 5 * DAY_SLOTS;
    expect(fill(meterOf('m', week, without(saturday, saturday + 9, kw)))[saturday]?.kw).toBe(7);
  });

  it('A04 leaves missing what no day is like', () => {
    const filled = fill(meterOf('m', week, (slot) => (slot < 5 * DAY_SLOTS ? 1 : undefined)));
    expect(filled[5 * DAY_SLOTS]).toBeUndefined();
  });

  it('A05 prefers the register: 2 kWh in a quarter hour are 8 kW, whatever readings say', () => {
    const filled = fill(meterOf('m', week, () => 5, [{ from_slot: 1, until_slot: 2, kwh: 2 }]));
    expect(filled.slice(0, 3)).toEqual([
      { kw: 5, origin: 'readings' },
      { kw: 8, origin: 'register' },
      { kw: 5, origin: 'readings' },
    ]);
  });

  it('A06 makes what is estimated sum to what the register went on by over the gap', () => {
    // A line from 10 to 40 kW gives 20 and 30; the register says 5 kWh where they make 12.5.
    const series = meterOf(
      'm',
      week,
      without(4, 6, (slot) => (slot < 4 ? 10 : 40)),
      [{ from_slot: 4, until_slot: 6, kwh: 5 }],
    );
    expect(fill(series).slice(4, 6)).toEqual([
      { kw: 8, origin: 'interpolated' },
      { kw: 12, origin: 'interpolated' },
    ]);
  });

  it('A07 shares out evenly what the register went on by where no day is like', () => {
    const series = meterOf('m', week, (slot) => (slot < 6 * DAY_SLOTS ? 1 : undefined), [
      { from_slot: 6 * DAY_SLOTS, until_slot: 7 * DAY_SLOTS, kwh: 48 },
    ]);
    // Saturday is like Sunday: 24 kWh, doubled. Without Saturday the same, evenly.
    expect(fill(series).slice(-1)).toEqual([{ kw: 2, origin: 'like_days' }]);
    const workdays = { ...series, kw: series.kw.map((kw, slot) => (slot < 5 * DAY_SLOTS ? kw : undefined)) };
    expect(fill(workdays).slice(-1)).toEqual([{ kw: 2, origin: 'interpolated' }]);
  });

  it('A08 finds like days by civil time over a change of clocks', () => {
    const grid = { start: epochMs(Date.UTC(2026, 2, 22, 23)), slotMs: 15 * MINUTE_MS, count: 14 * DAY_SLOTS };
    const calendar = calendarOf(grid, 'Europe/Rome');
    const noon = (slot: number) => Math.floor(((calendar.civil[slot] ?? 0) % (24 * HOUR_MS)) / HOUR_MS);
    // 30 March, from 06:00 civil time, whose like day is 23 March, before the change.
    const from = 7 * DAY_SLOTS + 24 - 4;
    const series = meterOf('m', grid, without(from, from + 12, noon));
    expect(estimateIntervals(series, calendar)[from]).toEqual({ kw: 6, origin: 'like_days' });
  });

  it('never changes what was measured, and fills only what was not', () => {
    const values = fc.array(fc.option(fc.double({ min: -50, max: 50, noNaN: true }), { nil: undefined }), {
      minLength: week.count,
      maxLength: week.count,
    });
    const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 1, max: 40 })), {
      maxLength: 1,
    });
    fc.assert(
      fc.property(values, spans, (kw, [span]) => {
        const register = span ? [{ from_slot: span[0], until_slot: span[0] + span[1], kwh: 30 }] : [];
        const filled = fill({ meter: 'm', kw, register });
        for (const [slot, interval] of filled.entries()) {
          const isOfRegister = span?.[1] === 1 && span[0] === slot;
          if (isOfRegister) expect(interval).toEqual({ kw: 120, origin: 'register' });
          else if (kw[slot] !== undefined) expect(interval).toEqual({ kw: kw[slot], origin: 'readings' });
          else if (interval) expect(isEstimated(interval)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});
