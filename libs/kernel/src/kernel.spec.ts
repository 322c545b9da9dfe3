import { describe, expect, it } from '@jest/globals';

import { eventTimeAt, wallTimeAt } from './clock.js';
import { errorCode, errorMessage } from './error.js';
import { formatFault, showValue } from './fault.js';
import { contains, overlaps } from './interval.js';
import { energyOf, epochMs, kilowattHours, kilowatts, powerOf, seconds } from './quantity.js';
import { seededRandom } from './random.js';

describe('quantities', () => {
  it('turn 40 kW over a quarter of an hour into 10 kWh, and back', () => {
    expect(energyOf(kilowatts(40), seconds(900))).toBe(10);
    expect(powerOf(kilowattHours(10), seconds(900))).toBe(40);
  });
});

describe('intervals', () => {
  const morning = { start: epochMs(0), end: epochMs(10) };
  it('hold their start and not their end', () => {
    expect(contains(morning, epochMs(0))).toBe(true);
    expect(contains(morning, epochMs(10))).toBe(false);
  });
  it('that only touch do not overlap', () => {
    expect(overlaps(morning, { start: epochMs(10), end: epochMs(20) })).toBe(false);
    expect(overlaps(morning, { start: epochMs(9), end: epochMs(20) })).toBe(true);
  });
});

describe('the event clock', () => {
  const clock = { eventMs: epochMs(1_000_000), wallMs: epochMs(50_000), speed: 60 };
  it('runs an hour in a minute at speed 60', () => {
    expect(eventTimeAt(clock, epochMs(110_000))).toBe(1_000_000 + 3_600_000);
  });
  it('tells when it will show a time', () => {
    expect(wallTimeAt(clock, epochMs(4_600_000))).toBe(110_000);
  });
});

describe('the seeded generator', () => {
  it('gives the same numbers for the same seed, in [0, 1), and others for another', () => {
    const draw = (seed: number) => Array.from({ length: 1000 }, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(Math.min(...draw(7))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draw(7))).toBeLessThan(1);
    expect(draw(7).reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(0.5, 1);
  });
});

describe('faults', () => {
  it('say file, place, value and rule in one line', () => {
    expect(
      formatFault({
        file: 'venues.yaml',
        path: 'venues[0].grid.import_limit_kw',
        value: '-5',
        rule: 'positive',
        message: 'The import limit must be above 0.',
      }),
    ).toBe('venues.yaml: venues[0].grid.import_limit_kw: The import limit must be above 0. (found -5) [positive]');
  });
  it('cut long values', () => {
    expect(showValue('x'.repeat(500))).toHaveLength(80);
  });
});

describe('unknown errors', () => {
  it('give their code and message, those of the first where several were tried', () => {
    const refused = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' });
    expect(errorCode(new AggregateError([refused]))).toBe('ECONNREFUSED');
    expect(errorMessage(new AggregateError([refused]))).toBe('connect refused');
    expect(errorMessage('text')).toBe('text');
    expect(errorCode(null)).toBeUndefined();
  });
});
