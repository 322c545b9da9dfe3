import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import type { PlanState } from '#libs/planning';
import type { Override } from '#libs/store';

import { readEstimate } from './estimate.js';
import { droppedDepartures, nextDepartures } from './next-departures.js';
import { dispatchPlan, minute, override } from './plan.fixture.js';

const at = (departures: readonly { readonly departs_ms: number }[]): number[] =>
  departures.map(({ departs_ms }) => (departs_ms - minute(0)) / 60_000);

/** Five past noon. */
const picture = (
  state: PlanState | undefined,
  overrides: readonly Override[] = [],
  estimate: object = {},
  now = minute(5),
) => ({
  now: epochMs(now),
  overrides,
  estimate: readEstimate(estimate),
  dispatch: { plan: state && dispatchPlan(state) },
});

describe('nextDepartures', () => {
  it('gives the departures of the line that are still to come', () => {
    expect(at(nextDepartures(picture('active'), 'A'))).toEqual([10, 20]);
    expect(at(nextDepartures(picture('active'), 'B'))).toEqual([15]);
  });

  it('gives none of a plan that is not active', () => {
    expect(nextDepartures(picture('proposed'), 'A')).toEqual([]);
    expect(nextDepartures(picture(undefined), 'A')).toEqual([]);
  });

  it('gives none of a plan that has run out, for nobody follows it', () => {
    const plan = { ...dispatchPlan('active'), valid_until: epochMs(minute(8)) };
    const until = (now: number) => at(nextDepartures({ ...picture('active', [], {}, now), dispatch: { plan } }, 'A'));
    expect([until(minute(7)), until(minute(8))]).toEqual([[10, 20], []]);
  });

  it('leaves out what people cancelled and puts in what they added', () => {
    const overrides = [override('cancel', 'A', 10), override('add', 'A', 12), override('add', 'A', 20)];
    expect(nextDepartures(picture('active', overrides), 'A')).toEqual([
      { departs_ms: minute(12), pattern: null, vehicle: null, source: 'override' },
      { departs_ms: minute(20), pattern: 'A-1', vehicle: 'bus-02', source: 'plan' },
    ]);
  });

  it('gives an added departure the vehicle that control found for it', () => {
    const added = { line: 'A', departs_ms: minute(12), pattern: 'A-1', vehicle: 'bus-07' };
    const estimate = { added_departures: [{ ...added, line: 'B', vehicle: 'bus-09' }, added] };
    expect(nextDepartures(picture('active', [override('add', 'A', 12)], estimate), 'A')).toContainEqual({
      departs_ms: minute(12),
      pattern: 'A-1',
      vehicle: 'bus-07',
      source: 'override',
    });
  });

  it('leaves out what no vehicle can make, and says why', () => {
    const drop = (line: string, minutes: number) => ({
      line,
      departs_ms: minute(minutes),
      reason: 'All are under way.',
    });
    const estimate = { dropped_departures: [drop('A', 20), drop('A', 12), drop('B', 10), drop('A', 3)] };
    const seen = picture('active', [override('add', 'A', 12)], estimate);
    expect(at(nextDepartures(seen, 'A'))).toEqual([10]);
    expect(droppedDepartures(seen, 'A')).toEqual([
      { departs_ms: minute(12), reason: 'All are under way.' },
      { departs_ms: minute(20), reason: 'All are under way.' },
    ]);
  });

  it('drops one of two buses that leave together', () => {
    const plan = dispatchPlan('active');
    const twice = {
      ...plan,
      content: { ...plan.content, departures: [...plan.content.departures, ...plan.content.departures] },
    };
    const estimate = readEstimate({ dropped_departures: [{ line: 'A', departs_ms: minute(10), reason: 'x' }] });
    expect(at(nextDepartures({ ...picture('active'), estimate, dispatch: { plan: twice } }, 'A'))).toEqual([
      10, 20, 20,
    ]);
  });

  it('does without an estimate that cannot be read', () => {
    expect(readEstimate({ lines: 'none' })).toEqual({
      lines: [],
      added_departures: [],
      dropped_departures: [],
      news: [],
    });
  });
});
