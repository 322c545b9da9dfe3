import { Worker } from 'node:worker_threads';
import { HereLine } from './here-line.js';
import { LineSolver } from './line-solver.js';
import type { LinearSolver, SolverName } from './solver.js';
import { findWorkerFile } from './worker-file.js';
import { WorkerLine } from './worker-line.js';

/** HiGHS stops by itself, with the best it has; between two looks at its clock a large model needs this long. */
const HIGHS_GRACE_MS = 500;

/** A solver in a worker thread of its own. */
export const createSolver = (name: SolverName): LinearSolver => {
  const folder = name === 'highs' ? 'highs' : 'jslp';
  // javascript-lp-solver ignores its own time limit: nothing to wait for.
  const graceMs = name === 'highs' ? HIGHS_GRACE_MS : 0;
  return new LineSolver(name, new WorkerLine(() => new Worker(findWorkerFile(folder)), graceMs));
};

/** HiGHS in this thread, for one that waits for each answer anyway: a small model takes as long to be copied to a worker and back as to be solved. */
export const createSolverHere = (): LinearSolver => new LineSolver('highs', new HereLine());
