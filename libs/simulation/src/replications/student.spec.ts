import { expect, it } from '@jest/globals';
import { studentQuantile } from './student.js';

it.each([
  [0.975, 1, 12.7062],
  [0.975, 2, 4.3027],
  [0.975, 4, 2.7764],
  [0.975, 9, 2.2622],
  [0.995, 19, 2.8609],
  [0.9975, 5, 4.7733],
  [0.975, 200, 1.9719],
])('of %d with %d degrees of freedom is %d', (probability, degrees, quantile) => {
  expect(studentQuantile(probability, degrees)).toBeCloseTo(quantile, 3);
});
