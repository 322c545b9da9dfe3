import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '#libs/kernel';
import { createSolver } from '#libs/lp';
import { type DispatchTask, type PlannerStart, runDispatchTask } from './dispatch-task.js';

const port = parentPort;
if (!port) throw new Error('dispatch-worker.js runs as a worker thread only.');
const solver = createSolver((workerData as PlannerStart).solver);
// A rejection ends the worker, and with it the task.
port.on('message', (task: DispatchTask) => {
  void runDispatchTask(task, { solver, clock: systemClock }).then((answer) => port.postMessage(answer));
});
