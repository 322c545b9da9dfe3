import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';

import { nextDepartures } from './line-glances.js';
import { dispatchPlan, minute, override } from './plan.fixture.js';

const at = (departures: readonly { readonly departs_ms: number }[]): number[] =>
  departures.map(({ departs_ms }) => (departs_ms - minute(0)) / 60_000);

describe('nextDepartures', () => {
  const now = epochMs(minute(5));

  it('gives the departures of the line that are still to come', () => {
    expect(at(nextDepartures(dispatchPlan('active'), [], 'A', now))).toEqual([10, 20]);
    expect(at(nextDepartures(dispatchPlan('active'), [], 'B', now))).toEqual([15]);
  });

  it('gives none of a plan that is not active', () => {
    expect(nextDepartures(dispatchPlan('proposed'), [], 'A', now)).toEqual([]);
    expect(nextDepartures(undefined, [], 'A', now)).toEqual([]);
  });

  it('leaves out what people cancelled and puts in what they added', () => {
    const overrides = [override('cancel', 'A', 10), override('add', 'A', 12), override('add', 'A', 20)];
    expect(nextDepartures(dispatchPlan('active'), overrides, 'A', now)).toEqual([
      { departs_ms: minute(12), pattern: null, vehicle: null, source: 'override' },
      { departs_ms: minute(20), pattern: 'A-1', vehicle: 'bus-02', source: 'plan' },
    ]);
  });
});
