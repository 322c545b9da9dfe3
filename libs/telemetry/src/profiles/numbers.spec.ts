import { describe, expect, it } from '@jest/globals';
import { readNumber } from './numbers.js';

describe('readNumber', () => {
  it.each([
    [0, 0],
    [-412.5, -412.5],
    [true, 1],
    [false, 0],
    [null, null],
  ])('takes %j as %j', (value, expected) => {
    expect(readNumber(value)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['12.5', 12.5],
    [' -3 ', -3],
    ['1e3', 1000],
    ['.5', 0.5],
    ['5.', 5],
    ['+7', 7],
  ])('takes the text %j as %j, only where the format sends numbers as text', (value, expected) => {
    expect(readNumber(value, { text: true })).toEqual({ ok: true, value: expected });
    expect(readNumber(value)).toMatchObject({ ok: false, error: { code: 'not_a_number' } });
  });

  it.each([JSON.parse('1e400'), JSON.parse('-1e400'), NaN, Infinity])('refuses %p as not finite', (value: unknown) => {
    expect(readNumber(value)).toMatchObject({ ok: false, error: { code: 'not_finite' } });
  });

  it('refuses an infinite number in text as not finite', () => {
    expect(readNumber('1e400', { text: true })).toMatchObject({ ok: false, error: { code: 'not_finite' } });
  });

  it.each(['', ' ', 'on', '0x10', '12 kW', '1,5', 'NaN', 'Infinity', '1'.repeat(65), [], {}, [1], undefined])(
    'refuses %j as no number, even where numbers come as text',
    (value) => {
      expect(readNumber(value, { text: true })).toMatchObject({ ok: false, error: { code: 'not_a_number' } });
    },
  );
});
