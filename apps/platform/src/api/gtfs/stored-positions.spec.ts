import { expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';

import { locationOf } from './stored-positions.js';

const row = {
  vehicle: 'bull-01',
  ts: epochMs(1),
  lat: 28,
  lon: -82,
  bearing: null,
  speed_mps: null,
  trip: null,
  occupancy: null,
};

it('keeps what a vehicle said, and nothing else', () => {
  expect(locationOf(row)).toEqual({ vehicle: 'bull-01', ts: 1, lat: 28, lon: -82 });
  expect(locationOf({ ...row, bearing: 90, speed_mps: 8, occupancy: 0 })).toMatchObject({
    bearing: 90,
    speed_mps: 8,
    aboard: 0,
  });
});

it.each([
  ['A-1@1700000000000', { pattern: 'A-1', departs_ms: 1_700_000_000_000 }],
  ['a@b-2@17', { pattern: 'a@b-2', departs_ms: 17 }],
  ['A-1', undefined],
  ['A-1@soon', undefined],
])('knows the departure of %s', (trip, departure) => {
  expect(locationOf({ ...row, trip }).departure).toEqual(departure);
});
