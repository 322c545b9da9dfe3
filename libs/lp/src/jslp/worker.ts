import { parentPort } from 'node:worker_threads';
import type { EachReply, EachRequest, KeptReply, KeptRequest, SolveRequest } from '../protocol.js';
import { solveWithJslp } from './solve.js';

const port = parentPort;
if (!port) throw new Error('jslp/worker.js runs as a worker thread only.');
const noVertices: EachReply = { status: 'each', vertices: [] };
const noSolution: KeptReply = { status: 'kept', solution: undefined };
const answer = (request: SolveRequest | EachRequest | KeptRequest) => {
  if ('kept' in request) return noSolution;
  return 'costs' in request ? noVertices : solveWithJslp(request);
};
port.on('message', (request: SolveRequest | EachRequest | KeptRequest) => port.postMessage(answer(request)));
