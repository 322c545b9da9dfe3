import { describe, expect, it } from '@jest/globals';

import type { KnownPoint } from './point-directory.js';
import { qualityLevel, qualityReasons } from './quality.js';
import { QualityRules } from './quality-rules.js';

/** 0 to 500 kW, at most 10 kW a second, stuck after a minute. */
const point: KnownPoint = { id: 7, unit: 'kW', min: 0, max: 500, maxRatePerS: 10, stuckAfterS: 60 };
const show = (quality: number): string => [qualityLevel(quality), ...qualityReasons(quality)].join(' ');

/** Judges `[second, value]` one after the other. */
const run = (readings: readonly (readonly [number, number])[], known = point, rules = new QualityRules()) =>
  readings.map(([second, value]) => show(rules.judge(known, second * 1000, value, 'good')));

describe('QualityRules', () => {
  it('calls what is outside the range bad, and its ends good', () => {
    const plain = { id: 1, unit: 'kW', min: 0, max: 500 };
    expect(
      run(
        [
          [0, 0],
          [1, 500],
          [2, -0.1],
          [3, 500.1],
        ],
        plain,
      ),
    ).toEqual(['good', 'good', 'bad out_of_range', 'bad out_of_range']);
  });

  it('keeps what the sender says of a reading, and says so', () => {
    const rules = new QualityRules();
    expect(show(rules.judge(point, 0, 1, 'uncertain'))).toBe('uncertain reported');
    expect(show(rules.judge(point, 1000, 1, 'bad'))).toBe('bad reported');
    expect(show(rules.judge(point, 2000, 501, 'uncertain'))).toBe('bad reported out_of_range');
  });

  it('is uncertain of what a wrong clock has stamped', () => {
    const rules = new QualityRules();
    expect(show(rules.judge(point, 0, 1, 'good', true))).toBe('uncertain clock');
    expect(show(rules.judge(point, 0, 501, 'good', true))).toBe('bad out_of_range clock');
    expect(show(rules.judge(point, 9_000_000, 1, 'good', true))).toBe('uncertain clock');
    expect(show(rules.judge(point, 1000, 400, 'good'))).toBe('good');
  });

  it('doubts a spike and not the way back from it', () => {
    expect(
      run([
        [0, 100],
        [1, 110],
        [2, 400],
        [3, 112],
        [4, 113],
      ]),
    ).toEqual(['good', 'good', 'uncertain rate', 'good', 'good']);
  });

  it('doubts a spike out of range once, and takes it for no measure', () => {
    expect(
      run([
        [0, 100],
        [1, 900],
        [2, 101],
      ]),
    ).toEqual(['good', 'bad out_of_range', 'good']);
  });

  it('believes a new level at the third reading that holds it', () => {
    expect(
      run([
        [0, 100],
        [1, 400],
        [2, 401],
        [3, 402],
        [4, 403],
      ]),
    ).toEqual(['good', 'uncertain rate', 'uncertain rate', 'good', 'good']);
  });

  it('does not believe readings that only leap about', () => {
    expect(
      run([
        [0, 100],
        [1, 400],
        [2, 200],
        [3, 450],
        [4, 250],
        [5, 102],
      ]),
    ).toEqual(['good', ...Array.from({ length: 4 }, () => 'uncertain rate'), 'good']);
  });

  it('allows as much change as the time since the last reading does', () => {
    expect(
      run([
        [0, 100],
        [30, 400],
        [30.001, 400.01],
        [30.002, 400.03],
      ]),
    ).toEqual(['good', 'good', 'good', 'uncertain rate']);
  });

  it('checks late and repeated readings, and those of the same time, for their range only', () => {
    expect(
      run([
        [10, 100],
        [10, 400],
        [5, 300],
        [5, 600],
        [11, 101],
      ]),
    ).toEqual(['good', 'good', 'good', 'bad out_of_range', 'good']);
  });

  it('calls a value stuck once it has not moved for the time set, until it moves', () => {
    expect(
      run([
        [0, 5],
        [30, 5],
        [59, 5],
        [60, 5],
        [70, 5],
        [80, 6],
        [90, 6],
      ]),
    ).toEqual(['good', 'good', 'good', 'uncertain stuck', 'uncertain stuck', 'good', 'good']);
  });

  it('does not call it stuck for what it did not say in a silence', () => {
    expect(
      run([
        [0, 5],
        [60, 5],
        [100, 5],
        [120, 5],
      ]),
    ).toEqual(['good', 'good', 'good', 'uncertain stuck']);
  });

  it('goes on judging after one reading from far ahead', () => {
    const ahead = [80_000, 100] as const;
    const after = Array.from({ length: 40 }, (_, index) => [index + 1, 100 + (index % 2)] as const);
    expect(run([[0, 100], ahead, ...after, [41, 400]]).at(-1)).toBe('uncertain rate');
  });

  it('keeps points apart', () => {
    const rules = new QualityRules();
    run([[0, 100]], point, rules);
    expect(run([[1, 400]], { ...point, id: 8 }, rules)).toEqual(['good']);
  });
});
