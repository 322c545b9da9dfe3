import { expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { LivePicture } from '#libs/transport';
import { lateTrips } from './late-trips.js';

const at = (minutes: number) => epochMs(minutes * MINUTE_MS);
const trip = { line: 'A', pattern: 'A-1', departs_ms: at(0), ordered: true };
const arrival = (minutes: number) => ({ stop_sequence: 2, stop: 'a', arrives_ms: at(minutes) });
const prediction = (vehicle: string, departs: number, arrives: number) => ({
  departure: { line: 'A', pattern: 'A-1', vehicle, departs_ms: at(departs) },
  ts: at(10),
  stops: [arrival(15), arrival(arrives)],
});
const picture = {
  at_ms: at(10),
  vehicles: [{ vehicle: 'bus-1', trip }, { vehicle: 'bus-2' }],
  predictions: [prediction('bus-1', 0, 22), prediction('bus-1', 30, 50), prediction('bus-2', 30, 50)],
} as unknown as LivePicture;

it('are those under way, ready again a layover after their arrival', () => {
  expect([...lateTrips(picture, 300, at(11))]).toEqual([['bus-1', { departs_ms: at(0), ready: at(27) }]]);
});

it('are none of a picture that is missing or old', () => {
  expect(lateTrips(undefined, 300, at(11)).size).toBe(0);
  expect(lateTrips(picture, 300, at(21)).size).toBe(0);
});
