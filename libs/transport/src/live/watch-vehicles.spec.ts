import { describe, expect, it } from '@jest/globals';
import { lastingWatches, type WatchedVehicle, watchVehicles, type WatchInputs } from './watch-vehicles.js';

const NOW = 1_767_700_000_000;
const ago = (seconds: number): number => NOW - seconds * 1000;
const bus = (more: Partial<WatchedVehicle> = {}): WatchedVehicle => ({
  vehicle: 'bus-1',
  isKnown: true,
  heard_ms: NOW,
  interval_s: 5,
  trip: { line: 'A', since_ms: ago(600), isOrdered: true },
  ...more,
});
const look = (vehicles: readonly WatchedVehicle[], more: Partial<WatchInputs> = {}) =>
  watchVehicles([], { now: NOW, vehicles, due: [], listening_ms: ago(3_600), ...more }).map(
    ({ vehicle, trouble, since_ms }) => [vehicle, trouble, (NOW - since_ms) / 1000],
  );

describe('watchVehicles', () => {
  it('has nothing to say of a vehicle on its trip', () => expect(look([bus()])).toEqual([]));

  it('sees who does not belong to the fleet', () => {
    expect(look([bus({ isKnown: false })])).toEqual([['bus-1', 'unknown', 0]]);
  });

  it.each([
    ['on the road', 299, undefined, []],
    ['on the road', 301, undefined, ['stuck']],
    ['at a stop', 301, { isTerminal: false }, []],
    ['at a stop', 901, { isTerminal: false }, ['stuck']],
    ['at a terminal', 5_000, { isTerminal: true }, []],
  ])('sees who is stuck %s for %d s', (_where, seconds, atStop, expected) => {
    const standing = { since_ms: ago(seconds), positions: 60 };
    expect(look([bus({ standing, ...(atStop && { atStop }) })]).map(([, trouble]) => trouble)).toEqual(expected);
  });

  it('waits for three positions when they come five minutes apart', () => {
    const standing = { since_ms: ago(301), positions: 2 };
    expect(look([bus({ interval_s: 300, standing })])).toEqual([]);
    const longer = { since_ms: ago(601), positions: 3 };
    expect(look([bus({ interval_s: 300, standing: longer })])).toMatchObject([['bus-1', 'stuck', 601]]);
  });

  it('sees who falls silent on a trip, by how often it spoke', () => {
    expect(look([bus({ heard_ms: ago(121) })])).toEqual([['bus-1', 'silent', 121]]);
    expect(look([bus({ heard_ms: ago(121), interval_s: 60 })])).toEqual([]);
  });

  it('sees who is off its way, without an order, on another line', () => {
    const off = { since_ms: ago(130), offM: 420, positions: 10 };
    expect(look([bus({ off })])).toEqual([['bus-1', 'off_route', 130]]);
    const trip = { line: 'B', since_ms: ago(200), isOrdered: false };
    expect(look([bus({ trip })])).toEqual([['bus-1', 'no_order', 200]]);
    expect(look([bus({ trip: { ...trip, orderedLine: 'A' } })])).toEqual([['bus-1', 'wrong_line', 200]]);
  });

  it('misses the vehicle of a trip that left, once any of the fleet is heard', () => {
    const due = [{ vehicle: 'bus-2', line: 'A', departs_ms: ago(301), ends_ms: ago(-1_200) }];
    expect(look([bus()], { due })).toEqual([['bus-2', 'missing', 301]]);
    expect(look([], { due })).toEqual([]);
    expect(look([bus()], { due, listening_ms: ago(60) })).toEqual([]);
    expect(look([bus(), bus({ vehicle: 'bus-2', heard_ms: ago(30) })], { due })).toEqual([]);
  });

  it('tells of bunching when it lasts', () => {
    const headway = { ahead_s: 60, target_s: 600, front: 'bus-0' };
    const inputs = { vehicles: [bus({ headway })], due: [], listening_ms: ago(3_600) };
    const first = watchVehicles([], { ...inputs, now: NOW });
    expect(lastingWatches(first, NOW)).toEqual([]);
    const later = NOW + 181_000;
    const second = watchVehicles(first, { ...inputs, vehicles: [bus({ headway, heard_ms: later })], now: later });
    expect(lastingWatches(second, later)).toMatchObject([{ trouble: 'bunched', since_ms: NOW }]);
  });
});
