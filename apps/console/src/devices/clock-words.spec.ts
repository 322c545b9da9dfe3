import { expect, it } from '@jest/globals';
import { clockWords } from './clock-words.js';

it.each([
  [null, 1, 'none', 'no fault'],
  [-5, 1, 'good', 'right'],
  [12, 1, 'warn', '12 s ahead'],
  [-125, 1, 'bad', '2 min 05 s behind'],
  [125, 60, 'good', 'right'],
  [2_000, 60, 'bad', '33 min 20 s ahead'],
])('says of %p s at speed %p: %s, %s', (skew, speed, level, text) => {
  expect(clockWords(skew, speed)).toEqual({ level, text });
});
