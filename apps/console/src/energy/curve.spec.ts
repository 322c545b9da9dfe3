import { describe, expect, it } from '@jest/globals';
import { type Curve, drawCurve, pastSamples, plannedSamples, ticksOf, type Timeline } from './curve.js';

/** 0 to 600 ms is 0 to 600 wide: measured from 0, planned from 300, now 320. */
const timeline: Timeline = {
  from: 0,
  now: 320,
  to: 600,
  measured: { start_ms: 0, step_ms: 100 },
  planned: { start_ms: 300, step_ms: 100 },
};
const curve: Curve = { name: 'Import', unit: 'kW', live: 50, past: [10, null, 30], planned: [60, 70, 80] };

describe('samples of a curve', () => {
  it('are means in the middle of their steps, gaps left out, and the live value now', () =>
    expect(pastSamples(curve, timeline)).toEqual([
      { ts: 50, value: 10 },
      { ts: 250, value: 30 },
      { ts: 320, value: 50 },
    ]));

  it('end with the last mean when nothing is known now', () =>
    expect(pastSamples({ ...curve, live: null }, timeline).at(-1)).toEqual({ ts: 250, value: 30 }));

  it('are planned from now on only', () =>
    expect(plannedSamples(curve, { ...timeline, now: 360 }).map(({ ts }) => ts)).toEqual([450, 550]));

  it('of a state of charge stand at the ends of slots', () =>
    expect(plannedSamples({ ...curve, isAtEnd: true }, timeline).map(({ ts }) => ts)).toEqual([400, 500, 600]));
});

describe('drawCurve', () => {
  it('draws a limit that changes as stairs, and marks slots over it', () => {
    const { frame, upper, over } = drawCurve({ ...curve, upper: [100, 50, 100] }, timeline);
    expect([frame.low, frame.high]).toEqual([0, 105]);
    expect(upper).toBe('M300.0 2.3H400.0V25.1H500.0V2.3H600.0');
    expect(over).toEqual([{ x: 400, width: 100 }]);
  });

  it('shows the lower limit only to who comes near it', () => {
    const far = drawCurve({ ...curve, lower: [100, 100, 100] }, timeline);
    expect([far.frame.low, far.lower]).toEqual([0, '']);
    const near = drawCurve({ ...curve, planned: [-60, -70, -120], lower: [100, 100, 100] }, timeline);
    expect(near.frame.low).toBe(-120);
    expect(near.lower).toMatch(/^M300/);
    expect(near.over).toEqual([{ x: 500, width: 100 }]);
  });

  it('has a scale for charge, and for nothing at all', () => {
    expect(drawCurve({ ...curve, unit: '%', live: 0.5, past: [], planned: [0.6] }, timeline).frame).toMatchObject({
      low: 0,
      high: 1,
    });
    expect(drawCurve({ ...curve, live: 0, past: [0], planned: [0] }, timeline).planned).toBe('M350.0 48.0');
  });

  it('draws what was measured when there is no plan', () => {
    const { past, planned, over } = drawCurve({ ...curve, planned: [] }, { ...timeline, planned: undefined });
    expect(past).toMatch(/^M50\.0/);
    expect([planned, over]).toEqual(['', []]);
  });
});

describe('ticksOf', () => {
  const hour = 3_600_000;

  it('names every sixth hour of the event, also when its clocks change', () => {
    const from = Date.parse('2026-03-28T20:00Z');
    expect(ticksOf('Europe/Rome', from, from + 24 * hour).map((tick) => new Date(tick).toISOString())).toEqual([
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T04:00:00.000Z',
      '2026-03-29T10:00:00.000Z',
      '2026-03-29T16:00:00.000Z',
    ]);
  });

  it('names every twelfth of a long axis', () =>
    expect(ticksOf('UTC', 0, 60 * hour)).toEqual([0, 12 * hour, 24 * hour, 36 * hour, 48 * hour]));
});
