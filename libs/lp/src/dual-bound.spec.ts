import { expect, it } from '@jest/globals';
import { ModelBuilder } from './builder.js';
import { dualBound } from './dual-bound.js';

/** 7 tonnes: 4 at most by truck for 1 each, the rest by train for 3: 13, and 0.5 to open. The dual of the demand is 3. */
const builder = new ModelBuilder('freight');
builder.addVariable('truck', { upper: 4, cost: 1 });
builder.addVariable('train', { cost: 3 });
builder.addConstraint('demand', { lower: 7 }, [
  [0, 1],
  [1, 1],
]);
builder.addConstant(0.5);
const model = builder.build();

it('is the optimum at the optimal duals', () => {
  expect(dualBound(model, [3])).toBeCloseTo(13.5, 6);
  expect(dualBound(model, [3])).toBeLessThan(13.5);
});

it('is lower at others', () => {
  expect(dualBound(model, [2])).toBeCloseTo(2 * 7 - 4 + 0.5, 6);
  expect(dualBound(model, [0])).toBeCloseTo(0.5, 6);
});

it('takes a dual against a side that the row does not have for 0', () => {
  expect(dualBound(model, [-1])).toBeCloseTo(0.5, 6);
  expect(dualBound(model, [NaN])).toBeCloseTo(0.5, 6);
});

it('needs a ceiling where a column gains more than it costs', () => {
  expect(dualBound(model, [3.1])).toBe(-Infinity);
  expect(dualBound(model, [3.1], [4, 7])).toBeCloseTo(3.1 * 7 - 2.1 * 4 - 0.1 * 7 + 0.5, 6);
});
