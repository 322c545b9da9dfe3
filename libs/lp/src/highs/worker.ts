import { parentPort } from 'node:worker_threads';
import type { EachRequest, KeptRequest, SolveRequest } from '../protocol.js';
import { answerWith } from './answer.js';
import { loadHighs } from './load.js';

const port = parentPort;
if (!port) throw new Error('highs/worker.js runs as a worker thread only.');
const answer = answerWith(await loadHighs());
port.on('message', (request: SolveRequest | EachRequest | KeptRequest) =>
  port.postMessage(answer(request, (news) => port.postMessage(news))),
);
