import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import fc from 'fast-check';

import { MAX_STEPS, seriesQuery, seriesWindow } from './series-window.js';

const NOON = epochMs(Date.UTC(2026, 1, 6, 12));
const HOUR = 3_600_000;
const read = (query: Record<string, string>) => seriesQuery.parse({ point: 'load.active_power', ...query });

describe('seriesQuery', () => {
  it.each([
    ['1770379200000', NOON],
    ['2026-02-06T12:00:00Z', NOON],
    ['2026-02-06T13:00:00+01:00', NOON],
  ])('reads the instant %s', (from, expected) => {
    expect(read({ from }).from).toBe(expected);
  });

  it.each([
    ['900', 900],
    ['90s', 90],
    ['15m', 900],
    ['2h', 7_200],
    ['1d', 86_400],
  ])('reads the step %s', (step, expected) => {
    expect(read({ step }).step).toBe(expected);
  });

  it.each([
    { from: 'yesterday' },
    { from: '2026-02-06T12:00:00' },
    { from: '1999-12-31T23:59:59Z' },
    { to: '99999999999999' },
    { step: '0' },
    { step: '-5' },
    { step: '15 minutes' },
    { step: '32d' },
    { point: '' },
    { steps: '5' },
  ])('refuses %j', (query) => {
    expect(seriesQuery.safeParse({ point: 'load.active_power', ...query }).success).toBe(false);
  });
});

describe('seriesWindow', () => {
  it('takes the last day in five-minute steps when nothing is said', () => {
    expect(seriesWindow({}, NOON)).toEqual({
      ok: true,
      value: { from: NOON - 24 * HOUR, to: NOON, stepSeconds: 300 },
    });
  });

  it('begins with a whole step when it is not said where', () => {
    const window = seriesWindow({}, epochMs(NOON + 123_456));
    expect(window.ok && [window.value.from % 300_000, window.value.to]).toEqual([0, NOON + 123_456]);
  });

  it('refuses a window that is empty or backwards', () => {
    expect(seriesWindow({ from: NOON, to: NOON }, NOON).ok).toBe(false);
  });

  it('says which step would do when there are too many', () => {
    const refused = seriesWindow({ from: NOON - 1_000 * HOUR, to: NOON, step: 60 }, NOON);
    expect(refused).toEqual({ ok: false, error: expect.stringContaining('step=720') });
  });

  it('never gives an empty window or more steps than are allowed', () => {
    const instant = fc.option(fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) - 1 }), { nil: undefined });
    const step = fc.option(fc.integer({ min: 1, max: 2_678_400 }), { nil: undefined });
    fc.assert(
      fc.property(instant, instant, step, (from, to, seconds) => {
        const window = seriesWindow({ from, to, step: seconds }, NOON);
        if (!window.ok) return true;
        const steps = (window.value.to - window.value.from) / 1000 / window.value.stepSeconds;
        return steps > 0 && steps <= MAX_STEPS;
      }),
    );
  });
});
