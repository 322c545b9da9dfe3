import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkReason, nextState, type PlanAction, statesBefore, TRANSITIONS } from './life.js';
import type { PlanState } from './plan.js';

const ACTIONS: readonly PlanAction[] = ['approve', 'activate', 'reject', 'supersede', 'roll_back', 'reactivate'];

const walk = (actions: readonly PlanAction[]): readonly PlanState[] => {
  const states: PlanState[] = ['proposed'];
  for (const action of actions) {
    const next = nextState(states.at(-1) ?? 'proposed', action);
    if (next.ok) states.push(next.value);
  }
  return states;
};

describe('nextState', () => {
  it('leads a plan from proposed over approved to active and out of the way', () => {
    expect(walk(['approve', 'activate', 'supersede'])).toEqual(['proposed', 'approved', 'active', 'superseded']);
  });

  it('lets an earlier plan become active again', () => {
    expect(nextState('superseded', 'reactivate')).toEqual({ ok: true, value: 'active' });
  });

  it('says what is possible when an action is not', () => {
    expect(nextState('proposed', 'activate')).toEqual({
      ok: false,
      error: 'A plan that is proposed cannot take "activate". Possible: approve, reject, supersede.',
    });
    expect(nextState('rejected', 'approve')).toEqual({
      ok: false,
      error: 'A plan that is rejected cannot take "approve". Nothing more can happen to it.',
    });
  });

  it('never makes a plan active that was not approved before, whatever is tried', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTIONS), { maxLength: 30 }), (actions) => {
        const states = walk(actions.filter((action) => action !== 'reactivate'));
        const active = states.indexOf('active');
        expect(active === -1 || states.slice(0, active).includes('approved')).toBe(true);
      }),
    );
  });

  it('leaves a rejected plan rejected', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTIONS), { maxLength: 10 }), (actions) => {
        expect(walk(['reject', ...actions]).at(-1)).toBe('rejected');
      }),
    );
  });
});

describe('statesBefore', () => {
  it('names exactly the states that the table allows', () => {
    expect(statesBefore('reject')).toEqual(['proposed']);
    expect(statesBefore('supersede')).toEqual(['proposed', 'approved', 'active']);
    for (const action of ACTIONS)
      for (const state of statesBefore(action)) expect(TRANSITIONS[state][action]).toBeDefined();
  });
});

describe('checkReason', () => {
  it('refuses an empty and an endless reason, and trims', () => {
    expect(checkReason('  \n').ok).toBe(false);
    expect(checkReason('x'.repeat(501)).ok).toBe(false);
    expect(checkReason(' hall closed ')).toEqual({ ok: true, value: 'hall closed' });
  });
});
