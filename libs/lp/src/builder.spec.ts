import { describe, expect, it } from '@jest/globals';
import { ModelBuilder } from './builder.js';

describe('ModelBuilder', () => {
  it('keeps names, limits and the constant in the order of their making', () => {
    const builder = new ModelBuilder('two buses');
    const first = builder.addVariable('first', { cost: 3, upper: 2, integer: true });
    const second = builder.addVariable('second');
    builder.addConstraint('demand', { lower: 1 }, [
      [first, 1],
      [second, 2],
    ]);
    builder.addConstraint('fleet', { equal: 2 }, [[second, 1]]);
    builder.addConstant(1.5);
    builder.addConstant(2);
    expect(builder.build()).toEqual({
      name: 'two buses',
      variables: [
        { name: 'first', lower: 0, upper: 2, cost: 3, integer: true },
        { name: 'second', lower: 0, upper: Infinity, cost: 0, integer: false },
      ],
      constraints: [
        {
          name: 'demand',
          lower: 1,
          upper: Infinity,
          terms: [
            [0, 1],
            [1, 2],
          ],
        },
        { name: 'fleet', lower: 2, upper: 2, terms: [[1, 1]] },
      ],
      constant: 3.5,
    });
  });

  it('merges terms on the same variable and drops what cancels', () => {
    const builder = new ModelBuilder('merge');
    const x = builder.addVariable('x');
    const y = builder.addVariable('y');
    builder.addConstraint('c', { upper: 1 }, [
      [x, 1],
      [y, 2],
      [x, 3],
      [y, -2],
    ]);
    expect(builder.build().constraints[0]?.terms).toEqual([[x, 4]]);
  });

  it.each<[string, (builder: ModelBuilder) => unknown, string]>([
    ['a second variable x', (b) => b.addVariable('x'), 'already a variable x'],
    ['a second constraint c', (b) => b.addConstraint('c', {}, []), 'already a constraint c'],
    ['an infinite cost', (b) => b.addVariable('y', { cost: Infinity }), 'y must be finite, not Infinity'],
    ['a coefficient NaN', (b) => b.addConstraint('d', {}, [[0, NaN]]), 'of x in constraint d must be finite, not NaN'],
    ['a bound NaN', (b) => b.addVariable('y', { lower: NaN }), 'lower bound of variable y is NaN'],
    ['crossed bounds', (b) => b.addConstraint('d', { lower: 2, upper: 1 }, []), 'constraint d cross: 2 > 1'],
    ['an unknown variable', (b) => b.addConstraint('d', {}, [[7, 1]]), 'names variable 7; the model has 1'],
    ['a constant NaN', (b) => b.addConstant(NaN), 'must be finite, not NaN'],
  ])('refuses %s', (_, act, message) => {
    const builder = new ModelBuilder('refusals');
    builder.addVariable('x');
    builder.addConstraint('c', { upper: 1 }, [[0, 1]]);
    expect(() => act(builder)).toThrow(message);
  });
});
