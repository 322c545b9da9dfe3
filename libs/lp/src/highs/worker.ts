import { parentPort } from 'node:worker_threads';
import type { SolveNews, SolveRequest } from '../protocol.js';
import { loadHighs } from './load.js';
import { solveWithHighs } from './solve.js';

const port = parentPort;
if (!port) throw new Error('highs/worker.js runs as a worker thread only.');
const highs = await loadHighs();
const post = (news: SolveNews): void => port.postMessage(news);
port.on('message', (request: SolveRequest) => port.postMessage(solveWithHighs(highs, request, post)));
