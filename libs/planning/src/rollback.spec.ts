import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { effectivePolicy, findHold, holdName } from './policy.js';
import { rollBackTo, type RollbackRequest } from './rollback.js';

const now = epochMs(1_000_000);
const request: RollbackRequest = {
  target: { id: 'e1', kind: 'energy', state: 'superseded', valid_until: epochMs(1_600_000) },
  events: [{ state: 'proposed' }, { state: 'approved' }, { state: 'active' }, { state: 'superseded' }],
  now,
  by: 'Ada',
  reason: 'new one empties the battery',
};

describe('rollBackTo', () => {
  it('makes the earlier plan active and holds the kind as long as the plan lasts', () => {
    expect(rollBackTo(request)).toEqual({
      ok: true,
      value: {
        hold: { plan: 'e1', until_ms: 1_600_000, at_ms: now, by: 'Ada', reason: 'new one empties the battery' },
        event: { plan: 'e1', at: now, state: 'active', by: 'Ada', reason: 'new one empties the battery' },
      },
    });
  });

  it('holds for the time that the person gives, but not longer than the plan', () => {
    const until = (given: number) => {
      const rollback = rollBackTo({ ...request, until: epochMs(given) });
      return rollback.ok ? rollback.value.hold.until_ms : undefined;
    };
    expect(until(1_200_000)).toBe(1_200_000);
    expect(until(9_000_000)).toBe(1_600_000);
    expect(until(1_000_000)).toBeUndefined();
  });

  it.each([
    ['one that has run out', { target: { ...request.target, valid_until: now } }, 'nothing left to do'],
    [
      'one that was never active',
      { events: [{ state: 'proposed' }, { state: 'superseded' }] as const },
      'never active',
    ],
    ['the active one', { target: { ...request.target, state: 'active' } as const }, 'cannot take'],
    ['any without a reason', { reason: ' ' }, 'reason is missing'],
  ])('refuses %s', (_name, change, message) => {
    const rollback = rollBackTo({ ...request, ...change });
    expect(rollback).toMatchObject({ ok: false, error: expect.stringContaining(message) });
  });
});

describe('hold', () => {
  const document = { plan: 'e1', until_ms: 2_000_000, at_ms: 1, by: 'Ada', reason: 'r' };

  it('makes automatic plans wait until it is over or a person resumes', () => {
    expect(holdName('energy')).toBe('hold.energy');
    expect(effectivePolicy('automatic', findHold(document, epochMs(1_999_999)))).toBe('by_approval');
    expect(effectivePolicy('automatic', findHold(document, epochMs(2_000_000)))).toBe('automatic');
    expect(effectivePolicy('automatic', findHold(null, now))).toBe('automatic');
    expect(effectivePolicy('by_approval', undefined)).toBe('by_approval');
  });

  it('takes nothing else for a hold', () => {
    expect(findHold({ until_ms: 'never' }, now)).toBeUndefined();
    expect(findHold(undefined, now)).toBeUndefined();
  });
});
