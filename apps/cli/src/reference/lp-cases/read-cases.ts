import { z } from 'zod';

import { checkEnergyProblem } from '#libs/energy';
import { formatFault, showValue } from '#libs/kernel';

import { DataError } from '../data-error.js';
import { readJson, readTable } from '../read-data.js';
import { type EnergyCase, energyCaseSchema } from './energy-case.js';
import { dispatchInputs, dispatchProblem } from './oemof-case.js';
import { commitmentInputs, linkInputs, storeInputs } from './pypsa-cases.js';

const FILE = 'cases.json';

/** A case of another program: its inputs in that program's terms. */
const foreign = z.object({
  id: z.string().min(1),
  inputs: z.union([storeInputs, commitmentInputs, linkInputs, dispatchInputs]),
  expected: z.union([
    z.object({ objective: z.number() }).transform(({ objective }) => objective),
    // Where the source publishes sums only, its objective was found by solving it elsewhere.
    z.object({ objective_resolved_here: z.number() }).transform(({ objective_resolved_here: it }) => it),
  ]),
});

/** The cases of a folder's `cases.json`. A DataError says which one cannot be read, and why. */
export const readCases = async (folder: string): Promise<readonly EnergyCase[]> => {
  const list = await readJson(folder, FILE);
  if (!Array.isArray(list) || list.length === 0)
    throw new DataError(`${FILE} in ${folder} must be a list of cases: see docs/energy-cases.md.`);
  const cases: EnergyCase[] = [];
  for (const [at, one] of list.entries()) {
    const found = await readCase(folder, one, `${FILE}[${at}] in ${folder}`);
    const [fault] = checkEnergyProblem(found.problem);
    if (fault) throw new DataError(`${FILE}[${at}] in ${folder}: ${formatFault(fault)}`);
    if (cases.some(({ id }) => id === found.id))
      throw new DataError(`${FILE}[${at}] in ${folder}: the id ${found.id} is taken by an earlier case.`);
    cases.push(found);
  }
  return cases;
};

const readCase = async (folder: string, one: unknown, place: string): Promise<EnergyCase> => {
  if (typeof one === 'object' && one !== null && 'problem' in one) return parse(energyCaseSchema, one, place);
  const { id, inputs, expected: objective } = parse(foreign, one, place);
  if (!('csv' in inputs)) return { id, problem: inputs, objective };
  return { id, problem: dispatchProblem(inputs, await readTable(folder, inputs.csv)), objective };
};

const parse = <T>(schema: z.ZodType<T>, value: unknown, place: string): T => {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new DataError(`${place} is no case that is known (${showValue(value)}): ${z.prettifyError(read.error)}`);
};
