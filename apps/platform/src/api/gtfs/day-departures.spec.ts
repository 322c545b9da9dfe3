import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import type { TripRow } from '#libs/store';

import { readEstimate } from '../live/estimate.js';
import { dispatchPlan, minute, override } from '../live/plan.fixture.js';
import { dayDepartures, type DeparturesPicture } from './day-departures.js';

const estimate = readEstimate({});
/** The plan, made at minute 0, has A leave at 0, 10 and 20 and B at 15, and ends at 30. */
const pictureAt = (at: number, more: Partial<DeparturesPicture> = {}): DeparturesPicture => ({
  now: epochMs(minute(at)),
  overrides: [],
  estimate,
  dispatch: { plan: dispatchPlan('active') },
  ...more,
});
const left = (at: number, vehicle = 'bus-01'): TripRow => ({
  line: 'A',
  pattern: 'A-1',
  vehicle,
  departs: epochMs(minute(at)),
  plan: 'dispatch-1',
});
const SINCE = epochMs(minute(-180));

const departuresOf = (picture: DeparturesPicture, trips: readonly TripRow[]) =>
  dayDepartures(picture, ['A', 'B'], trips, SINCE)
    .departures.map(({ line, departs_ms }) => `${line}${(departs_ms - minute(0)) / 60_000}`)
    .sort();

describe('dayDepartures', () => {
  it('has what has left and what is planned, each once', () => {
    expect(departuresOf(pictureAt(5), [left(-10), left(0)])).toEqual(['A-10', 'A0', 'A10', 'A20', 'B15']);
  });

  it('does not lose a departure between its time and the moment when it is written down', () => {
    expect(departuresOf(pictureAt(10), [left(0)])).toEqual(['A0', 'A10', 'A20', 'B15']);
  });

  it("takes people's word: cancelled, added, and dropped for want of a vehicle", () => {
    const overrides = [override('cancel', 'A', 10), override('add', 'A', 12), override('add', 'A', 13)];
    const added_departures = [{ line: 'A', departs_ms: minute(12), pattern: 'A-1', vehicle: 'bus-02' }];
    const dropped_departures = [{ line: 'A', departs_ms: minute(20), reason: 'All are under way.' }];
    const picture = pictureAt(5, { overrides, estimate: { ...estimate, added_departures, dropped_departures } });
    expect(departuresOf(picture, [left(0)])).toEqual(['A0', 'A12', 'B15']);
  });

  it('knows of which time that is all', () => {
    const { isCovered } = dayDepartures(pictureAt(5), ['A'], [left(-20), left(-10)], SINCE);
    const covered = [-181, -20, -10, -5, 0, 29, 30].map((at) => isCovered('A', minute(at)));
    expect(covered).toEqual([false, true, true, false, true, true, false]);
    expect(isCovered('Z', minute(5))).toBe(false);
  });

  it('leaves to the timetable what no plan says', () => {
    const waiting = pictureAt(5, { dispatch: { plan: dispatchPlan('proposed') } });
    expect(departuresOf(waiting, [left(0)])).toEqual(['A0']);
    expect(dayDepartures(waiting, ['A'], [left(0)], SINCE).isCovered('A', minute(10))).toBe(false);
  });
});
