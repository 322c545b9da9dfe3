import type {
  EachReply,
  EachRequest,
  KeptReply,
  KeptRequest,
  SolveNews,
  SolveReply,
  SolveRequest,
} from './protocol.js';

export type LineRequest = Omit<SolveRequest, 'timeMs'> | Omit<EachRequest, 'timeMs'> | Omit<KeptRequest, 'timeMs'>;
export type LineReply = SolveReply | EachReply | KeptReply;

/** Where requests are answered, one at a time in order of arrival. */
export interface SolverLine {
  /** `endsAt`: on the clock of `performance.now()`. What is not answered soon after it, or when the signal aborts, is out of time. */
  submit(
    request: LineRequest,
    endsAt: number,
    signal?: AbortSignal,
    onNews?: (news: SolveNews) => void,
  ): Promise<LineReply>;
  /** Requests under way end as out of time, and so do later ones. */
  close(): Promise<void>;
}
