import { parentPort } from 'node:worker_threads';
import type { SolveRequest } from '../protocol.js';
import { solveWithJslp } from './solve.js';

const port = parentPort;
if (!port) throw new Error('jslp/worker.js runs as a worker thread only.');
port.on('message', (request: SolveRequest) => port.postMessage(solveWithJslp(request)));
