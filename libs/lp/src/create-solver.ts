import { Worker } from 'node:worker_threads';
import type { LinearSolver, SolverName } from './solver.js';
import { findWorkerFile } from './worker-file.js';
import { WorkerSolver } from './worker-solver.js';

/** HiGHS stops by itself, with the best it has; between two looks at its clock a large model needs this long. */
const HIGHS_GRACE_MS = 500;

export const createSolver = (name: SolverName): LinearSolver => {
  const folder = name === 'highs' ? 'highs' : 'jslp';
  // javascript-lp-solver ignores its own time limit: nothing to wait for.
  return new WorkerSolver(name, () => new Worker(findWorkerFile(folder)), name === 'highs' ? HIGHS_GRACE_MS : 0);
};
