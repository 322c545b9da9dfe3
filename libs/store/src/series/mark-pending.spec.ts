import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { writtenMinutes } from './mark-pending.js';

const row = (pointId: number, minute: number) => ({ pointId, ts: epochMs(minute * MINUTE_MS), value: 1, quality: 0 });

describe('the minutes that rows fall into', () => {
  it('each have their points once', () => {
    const rows = [row(1, 0), row(1, 0.5), row(1, 1), row(2, 0.9), row(3, 1), row(3, 1.1)];
    expect(writtenMinutes(rows)).toEqual({
      minutes: [0, MINUTE_MS],
      points: [1, 2, 1, 3],
      first: [1, 3],
      last: [2, 4],
    });
  });

  it('of no rows are none', () => {
    expect(writtenMinutes([])).toEqual({ minutes: [], points: [], first: [], last: [] });
  });
});
