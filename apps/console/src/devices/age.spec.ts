import { expect, it } from '@jest/globals';
import { formatAge } from './age.js';

it.each([
  [null, '–'],
  [0, '0 s ago'],
  [-0.4, '0 s ago'],
  [42, '42 s ago'],
  [185, '3 min 05 s ago'],
  [3 * 86_400, '3 days ago'],
  [-7_200, '2 h 00 min ahead of now'],
])('says of an age of %p s: %s', (age, text) => {
  expect(formatAge(age === null ? null : -age * 1_000, 0)).toBe(text);
});
