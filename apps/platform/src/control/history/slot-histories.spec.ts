import { describe, expect, it } from '@jest/globals';
import { DAY_MS, epochMs, type EpochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import type { ReadingStore } from '#libs/store';
import { SlotHistories } from './slot-histories.js';

const QUARTER = 15 * MINUTE_MS;
const now = epochMs(Date.UTC(2026, 5, 15));

/** A store whose power is a function of the slot, and which notes what it was asked. */
const bench = () => {
  const asked: number[] = [];
  const power = new Map<number, number>();
  const series: ReadingStore['series'] = (_point, from, to, stepMs) => {
    asked.push((to - from) / stepMs);
    const steps = [];
    for (let ts = from as number; ts < to; ts += stepMs) {
      const value = power.get(ts) ?? 1;
      steps.push({ ts: epochMs(ts), min: value, max: value, sum: value * 15, count: 15, last: value });
    }
    return Promise.resolve(steps);
  };
  return { asked, power, histories: new SlotHistories({ series }) };
};
const load = (histories: SlotHistories, at: EpochMs) => histories.load(1, QUARTER, 'mean', at);

describe('SlotHistories', () => {
  it('gives two weeks of whole slots before the one under way', async () => {
    const { histories } = bench();
    const { grid, values } = await load(histories, epochMs(now + MINUTE_MS));
    expect(grid).toEqual({ start: now - 14 * DAY_MS, slotMs: QUARTER, count: 14 * 96 });
    expect(values.every((value) => value === 1)).toBe(true);
  });

  it('reads only the newest slots again, and sees what came late', async () => {
    const { histories, asked, power } = bench();
    await load(histories, now);
    power.set(now - HOUR_MS, 5);
    const { values } = await load(histories, epochMs(now + QUARTER));
    expect(asked).toEqual([14 * 96, 9]);
    expect(values.at(-5)).toBe(5);
    expect(values).toHaveLength(14 * 96);
  });

  it('reads everything anew after some hours', async () => {
    const { histories, asked } = bench();
    await load(histories, now);
    await load(histories, epochMs(now + 6 * HOUR_MS));
    expect(asked).toEqual([14 * 96, 14 * 96]);
  });
});
