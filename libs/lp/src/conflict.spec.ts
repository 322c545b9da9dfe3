import { expect, it } from '@jest/globals';
import { ModelBuilder } from './builder.js';
import { toSparse } from './sparse.js';
import { findConflict, nameConflict } from './conflict.js';
import type { LinearModel } from './model.js';

/** Three people share a bench of 5; each wants at least 2. The bench is too short for three, long enough for two. */
const bench = (): LinearModel => {
  const builder = new ModelBuilder('bench');
  const seats = ['ann', 'ben', 'cem'].map((name) => builder.addVariable(name));
  seats.forEach((seat, at) => builder.addConstraint(`wish ${at}`, { lower: 2 }, [[seat, 1]]));
  builder.addConstraint(
    'length',
    { upper: 5 },
    seats.map((seat) => [seat, 1] as const),
  );
  builder.addConstraint('no part in it', { upper: 9 }, [[0, 1]]);
  return builder.build();
};

/** Knows the answer for the bench without any solver. */
const isInfeasible = ({ constraints }: LinearModel): boolean =>
  constraints.some(({ name }) => name === 'length') &&
  constraints.filter(({ name }) => name.startsWith('wish')).length === 3;

it('keeps exactly what conflicts', async () => {
  const model = bench();
  const conflict = await findConflict(model, (part) => Promise.resolve(isInfeasible(part)));
  expect(conflict && nameConflict(toSparse(model), conflict)).toEqual(['wish 0', 'wish 1', 'wish 2', 'length']);
});

it('gives up when a question finds no answer in time', async () => {
  let questions = 3;
  expect(
    await findConflict(bench(), (part) => Promise.resolve(questions-- > 0 ? isInfeasible(part) : undefined)),
  ).toBeUndefined();
});
