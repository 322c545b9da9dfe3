import type { Pack } from '#libs/games';
import type { DispatchOptions, Feed } from '#libs/transport';

/** What both planners are given. */
export interface Planning {
  readonly pack: Pack;
  readonly feed: Feed;
  readonly solver: NonNullable<DispatchOptions['solver']>;
  readonly seed: number;
  /** Moves that the search of a dispatch plan may try. */
  readonly moves: number;
  /** Wall time for one plan: a safety, so generous that it never decides. */
  readonly deadlineMs: number;
}
