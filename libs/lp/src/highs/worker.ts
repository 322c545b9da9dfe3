import { parentPort } from 'node:worker_threads';
import type { EachRequest, SolveNews, SolveRequest } from '../protocol.js';
import { loadHighs } from './load.js';
import { EachSolver } from './each.js';
import { solveWithHighs } from './solve.js';

const port = parentPort;
if (!port) throw new Error('highs/worker.js runs as a worker thread only.');
const highs = await loadHighs();
const post = (news: SolveNews): void => port.postMessage(news);
const each = new EachSolver(highs);
port.on('message', (request: SolveRequest | EachRequest) =>
  port.postMessage('costs' in request ? each.solve(request) : solveWithHighs(highs, request, post)),
);
