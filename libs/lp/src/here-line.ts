import { answerWith } from './highs/answer.js';
import { loadHighs } from './highs/load.js';
import type { SolveNews } from './protocol.js';
import type { LineReply, LineRequest, SolverLine } from './solver-line.js';

/** HiGHS in this thread: nothing is copied to a worker and back, and nothing else runs meanwhile. Only its own look at the clock ends it. */
export class HereLine implements SolverLine {
  readonly #answer = loadHighs().then(answerWith);
  #closed = false;

  async submit(
    request: LineRequest,
    endsAt: number,
    signal?: AbortSignal,
    onNews: (news: SolveNews) => void = () => undefined,
  ): Promise<LineReply> {
    const answer = await this.#answer;
    const timeMs = endsAt - performance.now();
    if (this.#closed || signal?.aborted || timeMs <= 0) return { status: 'out_of_time' };
    return answer({ ...request, timeMs }, onNews);
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }
}
