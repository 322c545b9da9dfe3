import { describe, expect, it } from '@jest/globals';
import { ModelBuilder } from './builder.js';
import { checkSolution, objectiveOf } from './check.js';

const builder = new ModelBuilder('one bus');
const bus = builder.addVariable('bus', { upper: 3, cost: 10, integer: true });
const walk = builder.addVariable('walk', { cost: 1 });
builder.addConstraint('arrive', { lower: 5, upper: 6 }, [
  [bus, 2],
  [walk, 1],
]);
builder.addConstant(7);
const model = builder.build();

describe('checkSolution', () => {
  it('finds nothing in a feasible solution', () => {
    expect(checkSolution(model, [2, 1])).toEqual([]);
  });

  it('forgives what lies within the tolerance', () => {
    expect(checkSolution(model, [2, 1 - 1e-9])).toEqual([]);
  });

  it.each([
    ['a value under its bound', [3, -1], { name: 'walk', rule: 'lower', by: 1 }],
    ['a value over its bound', [4, -2], { name: 'bus', rule: 'upper', by: 1 }],
    ['a fraction of a bus', [2.25, 1], { name: 'bus', rule: 'integer', by: 0.25 }],
    ['a constraint not reached', [1, 1], { name: 'arrive', rule: 'lower', by: 2 }],
    ['a constraint passed', [3, 2], { name: 'arrive', rule: 'upper', by: 2 }],
    ['a missing value', [2], { name: 'walk', rule: 'lower', by: NaN }],
  ])('finds %s', (_, values, violation) => {
    expect(checkSolution(model, values)).toContainEqual(violation);
  });
});

it('objectiveOf adds costs and the constant', () => {
  expect(objectiveOf(model, [2, 1])).toBe(28);
});
