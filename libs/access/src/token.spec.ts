import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkToken } from './token.js';

const TOKEN = 'correct-horse-battery';

describe('checkToken', () => {
  it.each([
    ['Bearer correct-horse-battery', true],
    ['bearer correct-horse-battery', true],
    ['Bearer correct-horse-batterY', false],
    ['Bearer correct-horse-battery more', false],
    ['Basic correct-horse-battery', false],
    ['correct-horse-battery', false],
    ['Bearer ', false],
    ['', false],
    [undefined, false],
  ])('answers %p with %p', (header, expected) => {
    expect(checkToken(header, TOKEN)).toBe(expected);
  });

  it('takes no other text, however near or long', () => {
    fc.assert(
      fc.property(fc.string(), (given) => {
        fc.pre(given.trim() !== TOKEN);
        return !checkToken(`Bearer ${given}`, TOKEN);
      }),
    );
  });
});
