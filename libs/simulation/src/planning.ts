import type { Pack } from '#libs/games';
import type { DispatchOptions, Feed } from '#libs/transport';

/** What both planners are given. */
export interface Planning {
  readonly pack: Pack;
  readonly feed: Feed;
  readonly solver: DispatchOptions['solver'];
  readonly seed: number;
  /** Branch-and-bound nodes of a dispatch plan. */
  readonly nodes: number;
  /** Wall time for one plan: a safety, so generous that it never decides. */
  readonly deadlineMs: number;
}
