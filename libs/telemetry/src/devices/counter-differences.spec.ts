import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import fc from 'fast-check';

import { CounterDifferences } from './counter-differences.js';

const limits = { minGapMs: 30_000, maxGapMs: 15 * MINUTE_MS };

/** Takes `[minute, value]` one after the other, each as it arrives; gives kWh, or why there is none. */
const run = (readings: readonly (readonly [number, number])[], counter = new CounterDifferences(limits)) =>
  readings.map(([minute, value]) => {
    const ts = epochMs(minute * MINUTE_MS);
    const outcome = counter.add({ ts, value }, ts);
    return outcome.ok ? Number(outcome.value.energyKwh.toFixed(6)) : outcome.error;
  });

describe('CounterDifferences', () => {
  it('gives the energy from reading to reading', () => {
    expect(
      run([
        [0, 10],
        [1, 10.5],
        [2, 11.5],
      ]),
    ).toEqual(['first', 0.5, 1]);
  });

  it('goes on from the reading that was stored last', () => {
    const counter = new CounterDifferences(limits, { ts: epochMs(0), value: 10 });
    expect(run([[1, 10.5]], counter)).toEqual([0.5]);
  });

  it('begins anew after a reset and after a silence, without a spike', () => {
    expect(
      run([
        [0, 3185],
        [1, 0.1],
        [2, 0.3],
        [30, 9],
        [31, 9.5],
      ]),
    ).toEqual(['first', 'reset', 0.2, 'gap', 0.5]);
  });

  it('shows no spike either when a device shows 0 while it starts and then its old total', () => {
    expect(
      run([
        [0, 3185],
        [1, 0],
        [2, 0],
        [3, 3185.1],
        [4, 3185.3],
      ]),
    ).toEqual(['first', 'reset', 0, 'reset', 0.2]);
  });

  it('gathers readings that are close together', () => {
    expect(
      run([
        [0, 10],
        [0.1, 10.1],
        [0.2, 10.1],
        [1, 10.2],
      ]),
    ).toEqual(['first', 'too_soon', 'too_soon', 0.2]);
  });

  it('gives the same once more for what it has seen, and nothing for what comes late', () => {
    const counter = new CounterDifferences(limits);
    const seen = [
      [0, 10],
      [1, 10.5],
      [2, 11.5],
    ] as const;
    const first = run(seen, counter);
    expect(run(seen, counter)).toEqual(first);
    expect(run([[1, 10.6]], counter)).toEqual(['not_newer']);
    expect(run([[1.5, 11]], counter)).toEqual(['not_newer']);
    expect(run([[3, 12]], counter)).toEqual([0.5]);
  });

  it('is not led astray by a reading ahead of its time', () => {
    const counter = new CounterDifferences(limits, { ts: epochMs(600 * MINUTE_MS), value: 50 });
    expect(counter.add({ ts: epochMs(20 * MINUTE_MS), value: 60 }, epochMs(0))).toEqual({ ok: false, error: 'ahead' });
    expect(
      run(
        [
          [0, 10],
          [1, 10.5],
        ],
        counter,
      ),
    ).toEqual(['first', 0.5]);
  });

  it('gives in sum what the counter went up by, however the readings lie', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 0, max: 50 }))), (steps) => {
        const counter = new CounterDifferences(limits, { ts: epochMs(0), value: 0 });
        let [ms, total, sum, seconds] = [0, 0, 0, 0];
        for (const [after, rise] of steps) {
          ms += after * 1000;
          total += rise;
          const outcome = counter.add({ ts: epochMs(ms), value: total }, epochMs(ms));
          if (!outcome.ok) continue;
          sum += outcome.value.energyKwh;
          seconds += outcome.value.seconds;
          expect(sum).toBe(total);
          expect(seconds).toBe(ms / 1000);
        }
      }),
    );
  });
});
