import { epochMs, type EpochMs, fail, ok, type Result } from '#libs/kernel';
import { isFresh } from './freshness.js';
import { checkReason, nextState } from './life.js';
import type { Plan, PlanEvent } from './plan.js';
import type { Hold } from './policy.js';

/** What a roll-back writes: first the hold (so that no cycle slips in between), then the activation with `previousBecomes: 'rolled_back'`. */
export interface Rollback {
  readonly hold: Hold;
  readonly event: PlanEvent;
}

export interface RollbackRequest {
  readonly target: Pick<Plan, 'id' | 'kind' | 'state' | 'valid_until'>;
  /** The target's life so far. */
  readonly events: readonly Pick<PlanEvent, 'state'>[];
  readonly now: EpochMs;
  readonly by: string;
  readonly reason: string;
  /** Until when automatic plans of the kind wait for a person. Default and latest: as long as the target has anything left to say. */
  readonly until?: EpochMs;
}

/** A roll-back to an earlier plan, or why it cannot be and what to do instead. */
export const rollBackTo = (request: RollbackRequest): Result<Rollback, string> => {
  const { target, now } = request;
  const state = nextState(target.state, 'reactivate');
  if (!state.ok) return state;
  if (!request.events.some((event) => event.state === 'active'))
    return fail(`Plan ${target.id} was never active. Roll back to one that was, or approve a proposed one.`);
  if (!isFresh(target, now))
    return fail(
      `Plan ${target.id} has nothing left to do: it ended at ${new Date(target.valid_until).toISOString()}. Choose a later plan, or override single setpoints or departures.`,
    );
  const reason = checkReason(request.reason);
  if (!reason.ok) return reason;
  const until = epochMs(Math.min(request.until ?? target.valid_until, target.valid_until));
  if (until <= now)
    return fail(`The hold would end at ${new Date(until).toISOString()}, which is past. Give a later time.`);
  return ok({
    hold: { plan: target.id, until_ms: until, at_ms: now, by: request.by, reason: reason.value },
    event: { plan: target.id, at: now, state: state.value, by: request.by, reason: reason.value },
  });
};
