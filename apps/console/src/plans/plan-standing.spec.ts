import { describe, expect, it } from '@jest/globals';
import { standingOf, waitsForPerson } from './plan-standing.js';

describe('standingOf', () => {
  it.each([
    ['active', 99, { level: 'good', text: 'active, no. 7' }],
    ['active', 100, { level: 'bad', text: 'run out, no. 7' }],
    ['approved', 1, { level: 'warn', text: 'approved, no. 7' }],
    ['proposed', 1, { level: 'bad', text: 'none in force' }],
    ['rejected', 1, { level: 'bad', text: 'none in force' }],
  ] as const)('says of a plan that is %s at %p of 100', (state, now, standing) => {
    expect(standingOf({ state, seq: 7, valid_until_ms: 100 }, now)).toEqual(standing);
  });
});

describe('waitsForPerson', () => {
  const plan = {
    id: 'e',
    seq: 1,
    state: 'active',
    created_ms: 0,
    valid_until_ms: 100,
    age_seconds: 0,
    solver: 'highs',
    solver_status: 'optimal',
    gap_ratio: 0,
    solve_ms: 1,
    cost: { total: 1, without_plan: 2, currency: 'USD' },
    violations: 0,
    proposed: null,
    hold: null,
  } as const;
  const hold = { until_ms: 100, by: 'Ada', reason: 'test' };

  it.each([
    ['automatic', plan, false],
    ['automatic', null, false],
    ['automatic', { ...plan, hold }, true],
    ['by_approval', null, true],
  ] as const)('holds under %s with %j: %p', (policy, energy, waits) => {
    const approval = { energy: policy, dispatch: 'automatic' } as const;
    expect(waitsForPerson({ approval, plans: { energy, dispatch: null } }, 'energy')).toBe(waits);
  });
});
