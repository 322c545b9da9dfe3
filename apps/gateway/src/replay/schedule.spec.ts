import { describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs, MINUTE_MS } from '#libs/kernel';
import { Schedule } from './schedule.js';

const minute = (count: number) => epochMs(count * MINUTE_MS);
const run = (schedule: Schedule, now: number) => {
  const due = schedule.due(epochMs(now));
  const last = due.at(-1);
  if (last !== undefined) schedule.done(last);
  return due;
};

describe('Schedule', () => {
  it('starts with the first whole minute after it is first asked', () => {
    const schedule = new Schedule(undefined);
    expect(run(schedule, minute(100) + 20_000)).toEqual([]);
    expect(run(schedule, minute(101) - 1)).toEqual([]);
    expect(run(schedule, minute(101))).toEqual([minute(101)]);
    expect(run(schedule, minute(101) + 59_000)).toEqual([]);
  });

  it('starts where imported history ends, if it has made nothing yet', () => {
    const schedule = new Schedule(undefined);
    schedule.startFrom(minute(98));
    expect(run(schedule, minute(100) + 20_000)).toEqual([98, 99, 100].map(minute));
    schedule.startFrom(minute(98));
    expect(run(schedule, minute(101))).toEqual([minute(101)]);
  });

  it('leaves no minute out and makes none twice at any speed', () => {
    const schedule = new Schedule(minute(100));
    const made = [100.5, 103.2, 103.9, 104, 110].flatMap((now) => run(schedule, now * MINUTE_MS));
    expect(made).toEqual([101, 102, 103, 104, 105, 106, 107, 108, 109, 110].map(minute));
  });

  it('keeps a minute due until it is done', () => {
    const schedule = new Schedule(minute(100));
    expect(schedule.due(minute(101))).toEqual([minute(101)]);
    expect(schedule.due(minute(101))).toEqual([minute(101)]);
  });

  it('fills a gap an hour at a time', () => {
    const schedule = new Schedule(minute(0));
    expect(run(schedule, minute(150))).toHaveLength(60);
    expect(run(schedule, minute(150))).toHaveLength(60);
    expect(run(schedule, minute(150))).toHaveLength(30);
    expect(run(schedule, minute(150))).toEqual([]);
  });

  it('fills at most the last 14 days', () => {
    const now = minute(100 * 1_440);
    expect(run(new Schedule(minute(1)), now)[0]).toBe(now - 14 * DAY_MS + MINUTE_MS);
  });

  it('makes nothing when the clock is behind what it made', () => {
    expect(run(new Schedule(minute(100)), minute(90))).toEqual([]);
  });
});
