import { fail, ok, type Result } from '#libs/kernel';
import type { PlanState } from './plan.js';

/** What may happen to a plan. `reactivate` makes an earlier plan active again, in a roll-back. */
export type PlanAction = 'approve' | 'activate' | 'reject' | 'supersede' | 'roll_back' | 'reactivate';

/** The whole life of a plan: the state that each action leads to. What is not here is refused. */
export const TRANSITIONS: Readonly<Record<PlanState, Readonly<Partial<Record<PlanAction, PlanState>>>>> = {
  proposed: { approve: 'approved', reject: 'rejected', supersede: 'superseded' },
  approved: { activate: 'active', supersede: 'superseded' },
  active: { supersede: 'superseded', roll_back: 'rolled_back' },
  superseded: { reactivate: 'active' },
  rolled_back: { reactivate: 'active' },
  rejected: {},
};

/** The state after an action, or a sentence that says what would be possible instead. */
export const nextState = (state: PlanState, action: PlanAction): Result<PlanState, string> => {
  const next = TRANSITIONS[state][action];
  if (next) return ok(next);
  const possible = Object.keys(TRANSITIONS[state]);
  return fail(
    `A plan that is ${state} cannot take "${action}". ${possible.length > 0 ? `Possible: ${possible.join(', ')}.` : 'Nothing more can happen to it.'}`,
  );
};

/** The states from which an action is allowed, as `PlanStore.transition` wants them. */
export const statesBefore = (action: PlanAction): readonly PlanState[] =>
  (Object.keys(TRANSITIONS) as PlanState[]).filter((state) => TRANSITIONS[state][action] !== undefined);

/** A rejection needs a reason that a colleague can read: it is kept with the plan. */
export const checkReason = (reason: string): Result<string, string> => {
  const text = reason.trim();
  if (text.length === 0) return fail('A reason is missing. Say in a few words why, for those who come after.');
  return text.length > 500 ? fail(`The reason has ${text.length} characters; at most 500 are kept.`) : ok(text);
};
