import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ModelBuilder } from './builder.js';
import { loadHighs } from './highs/load.js';
import type { LinearModel } from './model.js';
import { writeMps } from './mps.js';

const highs = await loadHighs();

/** Objective of the model as HiGHS reads its text; undefined where it finds none. */
const solveText = (data: string): number | undefined =>
  highs.withModel({ format: 'mps', data }, (model) => {
    model.options.set('output_flag', false);
    model.run();
    return model.getModelStatus() === highs.constants.modelStatus.optimal ? model.getObjectiveValue() : undefined;
  });

/** One of each: whole, boxed, free, below zero and fixed columns; rows with one side, both, equal and none; a constant. */
const everything = (): LinearModel => {
  const builder = new ModelBuilder('one of each');
  const whole = builder.addVariable('whole', { upper: 7.5, cost: -3, integer: true });
  const open = builder.addVariable('open', { cost: -0.1, integer: true });
  const free = builder.addVariable('free', { lower: -Infinity, cost: 1 / 3 });
  const below = builder.addVariable('below', { lower: -Infinity, upper: -2, cost: -1 });
  const fixed = builder.addVariable('fixed', { lower: 1e-7, upper: 1e-7, cost: 1e7 });
  builder.addConstraint('most', { upper: 9 }, [
    [whole, 2],
    [open, 0.1],
  ]);
  builder.addConstraint('range', { lower: -4, upper: 1 }, [
    [free, 1],
    [below, 1],
  ]);
  builder.addConstraint('least', { lower: -3 }, [[free, 1]]);
  builder.addConstraint('equal', { equal: 5 }, [
    [open, 1],
    [fixed, 1e7],
    [whole, -1],
  ]);
  builder.addConstraint('nothing', {}, [[whole, 1]]);
  builder.addConstant(12.5);
  return builder.build();
};

it('writes one of each as MPS has it', () => {
  expect(writeMps(everything())).toBe(`NAME one_of_each
OBJSENSE
 MIN
ROWS
 N objective
 L most
 G range
 G least
 E equal
 N nothing
COLUMNS
 MARKER 'MARKER' 'INTORG'
 whole objective -3
 whole most 2
 whole equal -1
 whole nothing 1
 open objective -0.1
 open most 0.1
 open equal 1
 MARKER 'MARKER' 'INTEND'
 free objective ${1 / 3}
 free range 1
 free least 1
 below objective -1
 below range 1
 fixed objective 10000000
 fixed equal 10000000
RHS
 RHS objective -12.5
 RHS most 9
 RHS range -4
 RHS least -3
 RHS equal 5
RANGES
 RANGES range 5
BOUNDS
 UP BOUNDS whole 7.5
 PL BOUNDS open
 FR BOUNDS free
 MI BOUNDS below
 UP BOUNDS below -2
 FX BOUNDS fixed 1e-7
ENDATA
`);
});

it('is read by HiGHS as it was meant', () => {
  // whole 4, open 8 (equal: 8 + 1 - 4 = 5), below -2, free -2 (range at its lower side), fixed 1 in money.
  expect(solveText(writeMps(everything()))).toBeCloseTo(-12 - 0.8 + 2 - 2 / 3 + 1 + 12.5, 9);
});

const small = fc.integer({ min: -6, max: 6 });

it('of random models has the optimum of the model itself', () => {
  const columns = fc.array(fc.tuple(small, fc.nat(8), small, fc.boolean()), { minLength: 1, maxLength: 5 });
  const rows = fc.array(fc.tuple(fc.array(small, { minLength: 5, maxLength: 5 }), small, fc.nat(8)), { maxLength: 4 });
  const models = fc.record({ columns, rows, constant: small });
  fc.assert(
    fc.property(models, ({ columns, rows, constant }) => {
      const builder = new ModelBuilder('random');
      columns.forEach(([lower, width, cost, integer], j) =>
        builder.addVariable(`x[${j}]`, { lower, upper: lower + width, cost, integer }),
      );
      rows.forEach(([coefficients, lower, width], i) =>
        builder.addConstraint(
          `c[${i}]`,
          { lower, upper: lower + width },
          columns.map((_, j) => [j, coefficients[j] ?? 0] as const),
        ),
      );
      builder.addConstant(constant);
      const text = writeMps(builder.build());
      const best = bestByHand(builder.build());
      const read = solveText(text);
      if (best === undefined || read === undefined) expect(read).toBe(best);
      else expect(read).toBeCloseTo(best, 6);
    }),
    { seed: 20260207, numRuns: 60 },
  );
});

/** The optimum through HiGHS without any text. */
const bestByHand = (model: LinearModel): number | undefined => {
  const starts = [0];
  for (const { terms } of model.constraints) starts.push((starts.at(-1) ?? 0) + terms.length);
  const terms = model.constraints.flatMap((constraint) => constraint.terms);
  return highs.withModel(
    {
      numCols: model.variables.length,
      numRows: model.constraints.length,
      offset: model.constant,
      colCost: model.variables.map(({ cost }) => cost),
      colLower: model.variables.map(({ lower }) => lower),
      colUpper: model.variables.map(({ upper }) => upper),
      rowLower: model.constraints.map(({ lower }) => lower),
      rowUpper: model.constraints.map(({ upper }) => upper),
      matrix: {
        format: 'csr',
        numRows: model.constraints.length,
        numCols: model.variables.length,
        starts,
        indices: terms.map(([column]) => column),
        values: terms.map(([, value]) => value),
      },
      integrality: model.variables.map(({ integer }) => (integer ? 1 : 0)),
    },
    (solved) => {
      solved.options.set('output_flag', false);
      solved.run();
      return solved.getModelStatus() === highs.constants.modelStatus.optimal ? solved.getObjectiveValue() : undefined;
    },
  );
};

it.each(['two words', '*note', '$note', '', 'objective'])('refuses the name "%s"', (name) => {
  const builder = new ModelBuilder('names');
  builder.addVariable(name);
  expect(() => writeMps(builder.build())).toThrow(`MPS cannot hold the name "${name}"`);
});
