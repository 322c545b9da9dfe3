import { parentPort } from 'node:worker_threads';
import type { EachReply, EachRequest, SolveRequest } from '../protocol.js';
import { solveWithJslp } from './solve.js';

const port = parentPort;
if (!port) throw new Error('jslp/worker.js runs as a worker thread only.');
const nothing: EachReply = { status: 'each', vertices: [] };
port.on('message', (request: SolveRequest | EachRequest) =>
  port.postMessage('costs' in request ? nothing : solveWithJslp(request)),
);
