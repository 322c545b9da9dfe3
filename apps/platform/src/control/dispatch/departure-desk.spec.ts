import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { TripRow } from '#libs/store';
import { DepartureDesk } from './departure-desk.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const departure = (minutes: number, vehicle: string) => ({
  line: 'A',
  pattern: 'A-1',
  departs_ms: at(minutes),
  vehicle,
});

/** A desk on a store in memory. */
const bench = () => {
  const written: TripRow[] = [];
  const store = {
    addTrips: (trips: readonly TripRow[]) => {
      written.push(...trips);
      return Promise.resolve();
    },
    listTrips: () => Promise.resolve(written),
  };
  return { desk: new DepartureDesk(store), written };
};

describe('DepartureDesk', () => {
  it('writes down what has left, once, and returns what is ahead', async () => {
    const { desk, written } = bench();
    const planned = [departure(10, 'bus-1'), departure(20, 'bus-2')];
    expect(await desk.depart('dispatch-1', planned, at(9))).toEqual(planned);
    expect(await desk.depart('dispatch-1', planned, at(10))).toEqual([planned[1]]);
    expect(written).toEqual([{ line: 'A', pattern: 'A-1', vehicle: 'bus-1', departs: at(10), plan: 'dispatch-1' }]);
  });

  it('remembers it as under way, for some hours', async () => {
    const { desk } = bench();
    await desk.depart('dispatch-1', [departure(10, 'bus-1')], at(10));
    expect(desk.recent.map(({ vehicle }) => vehicle)).toEqual(['bus-1']);
    await desk.depart('dispatch-1', [], at(10 + 24 * 60));
    expect(desk.recent).toEqual([]);
  });

  it('knows the last trip of each vehicle', async () => {
    const { desk } = bench();
    await desk.depart('dispatch-1', [departure(20, 'bus-1'), departure(10, 'bus-2'), departure(10, 'bus-1')], at(20));
    expect(desk.last).toEqual([departure(20, 'bus-1'), departure(10, 'bus-2')]);
  });

  it('has nothing to say without a plan', () => {
    expect(bench().desk.upcoming(undefined, [], at(0))).toEqual({ departures: [], dropped: [] });
  });
});
