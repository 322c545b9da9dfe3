import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { OverrideRule } from './override.js';
import { currentSetpoints, type PlannedSetpoint } from './setpoints.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const battery = (from: number, value: number): PlannedSetpoint => ({
  venue: 'hall',
  asset: 'battery',
  from_ms: at(from),
  until_ms: at(from + 15),
  value,
});
const plan = [battery(0, 10), battery(15, 20)];
const override = (over: Partial<OverrideRule> = {}): OverrideRule => ({
  id: 'o1',
  kind: 'setpoint',
  target: { venue: 'hall', asset: 'battery', value: -5 },
  from: at(10),
  until: at(20),
  ended: null,
  ...over,
});

describe('currentSetpoints', () => {
  it('takes the slot that holds now', () => {
    expect(currentSetpoints(plan, [], at(14)).map((setpoint) => setpoint.value)).toEqual([10]);
    expect(currentSetpoints(plan, [], at(15)).map((setpoint) => setpoint.value)).toEqual([20]);
  });

  it('says nothing after the last slot', () => {
    expect(currentSetpoints(plan, [], at(30))).toEqual([]);
  });

  it('lets an override speak from its start to its end, slot by slot', () => {
    expect(currentSetpoints(plan, [override()], at(9))[0]).toMatchObject({ value: 10, override: null });
    expect(currentSetpoints(plan, [override()], at(10))[0]).toMatchObject({
      value: -5,
      override: 'o1',
      until_ms: at(15),
    });
    expect(currentSetpoints(plan, [override()], at(15))[0]).toMatchObject({ value: -5, until_ms: at(20) });
    expect(currentSetpoints(plan, [override()], at(20))[0]).toMatchObject({ value: 20, override: null });
  });

  it('ends an override early when a person ends it', () => {
    expect(currentSetpoints(plan, [override({ ended: at(12) })], at(12))[0]).toMatchObject({ value: 10 });
  });

  it('lets the override that began last win, also where the plan says nothing', () => {
    const later = override({ id: 'o2', from: at(12), target: { venue: 'hall', asset: 'battery', value: 7 } });
    expect(currentSetpoints([], [later, override()], at(13))).toMatchObject([{ value: 7, override: 'o2' }]);
  });

  it('passes over a target that it cannot read', () => {
    expect(currentSetpoints(plan, [override({ target: { venue: 'hall' } })], at(12))).toMatchObject([{ value: 10 }]);
  });
});
