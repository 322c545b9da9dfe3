import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS, slotStart } from '#libs/kernel';
import { dispatchWindow } from './dispatch-window.js';
import { peopleOn } from './people-on.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);

describe('dispatchWindow', () => {
  it('leaves the next ten minutes alone and plans three hours after them', () => {
    const { grid, past, ahead } = dispatchWindow(at(603), true);
    expect([grid.start, slotStart(grid, grid.count)]).toEqual([at(615), at(795)]);
    expect([past.start, slotStart(past, past.count)]).toEqual([at(420), at(615)]);
    expect([ahead.start, slotStart(ahead, ahead.count)]).toEqual([at(600), at(795)]);
  });

  it('starts with the next slot when there is no plan to keep', () => {
    expect(dispatchWindow(at(603), false).grid.start).toBe(at(605));
    expect(dispatchWindow(at(605), false).grid.start).toBe(at(610));
  });
});

describe('peopleOn', () => {
  it('takes what was counted, else what is forecast, else nobody', () => {
    const slotMs = 5 * MINUTE_MS;
    const counted = { grid: { start: at(0), slotMs, count: 2 }, values: [7, null] };
    const forecast = { grid: { start: at(5), slotMs, count: 2 }, values: [3, 4] };
    expect(peopleOn({ start: at(0), slotMs, count: 4 }, counted, forecast)).toEqual([7, 3, 4, 0]);
  });
});
