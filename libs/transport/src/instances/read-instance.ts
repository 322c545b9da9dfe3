import { schemaFaults } from '#libs/games';
import { fail, type Fault, ok, type Result } from '#libs/kernel';
import type { DispatchProblem } from '../problem/problem.js';
import { instanceFaults } from './instance-rules.js';
import { instanceSchema } from './instance-schema.js';

/** A dispatch problem from what an instance file holds (docs/dispatch-instances.md), or every fault of it. `file` is its name in them. */
export const readInstance = (file: string, document: unknown): Result<DispatchProblem, readonly Fault[]> => {
  const parsed = instanceSchema.safeParse(document);
  if (!parsed.success) return fail(schemaFaults(file, document, parsed.error.issues));
  const problem: DispatchProblem = parsed.data;
  const faults = instanceFaults(problem);
  return faults.length > 0 ? fail(faults.map((each) => ({ file, ...each }))) : ok(problem);
};
