import { parentPort } from 'node:worker_threads';
import type { EachRequest, KeptRequest, SolveNews, SolveRequest } from '../protocol.js';
import { loadHighs } from './load.js';
import { EachSolver } from './each.js';
import { KeptSolver } from './kept.js';
import { solveWithHighs } from './solve.js';

const port = parentPort;
if (!port) throw new Error('highs/worker.js runs as a worker thread only.');
const highs = await loadHighs();
const post = (news: SolveNews): void => port.postMessage(news);
const each = new EachSolver(highs);
const kept = new KeptSolver(highs);
const answer = (request: SolveRequest | EachRequest | KeptRequest) => {
  if ('kept' in request) return kept.solve(request);
  return 'costs' in request ? each.solve(request) : solveWithHighs(highs, request, post);
};
port.on('message', (request: SolveRequest | EachRequest | KeptRequest) => port.postMessage(answer(request)));
