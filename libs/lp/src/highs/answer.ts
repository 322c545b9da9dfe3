import type { Highs } from 'highs';
import type { EachRequest, KeptRequest, SolveNews, SolveRequest } from '../protocol.js';
import type { LineReply } from '../solver-line.js';
import { EachSolver } from './each.js';
import { KeptSolver } from './kept.js';
import { solveWithHighs } from './solve.js';

/** Answers requests with one HiGHS, which keeps what they ask it to keep. */
export const answerWith = (
  highs: Highs,
): ((request: SolveRequest | EachRequest | KeptRequest, post: (news: SolveNews) => void) => LineReply) => {
  const each = new EachSolver(highs);
  const kept = new KeptSolver(highs);
  return (request, post) => {
    if ('kept' in request) return kept.solve(request);
    return 'costs' in request ? each.solve(request) : solveWithHighs(highs, request, post);
  };
};
