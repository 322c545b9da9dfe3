import { expect, it } from '@jest/globals';
import { enrich } from './stored-picture.js';

const place = { vehicle: 'bus-1', ts: 1_000, lat: 46.5, lon: 12.1 };
const trip = { line: 'A', pattern: 'A-1', departs_ms: 500, ordered: true };
const next_stop = { sequence: 3, stop: 'mill', at_stop: true };
const vehicles = [{ ...place, trip, next_stop, troubles: [] }];

it('says which stop is next on the trip of the picture', () => {
  expect(enrich([place], { vehicles })).toEqual([
    { ...place, departure: { line: 'A', pattern: 'A-1', departs_ms: 500 }, next_stop_sequence: 3, at_stop: true },
  ]);
});

it('leaves a vehicle alone that has begun another trip since', () => {
  const later = { ...place, departure: { pattern: 'A-1', departs_ms: 900 } };
  expect(enrich([later], { vehicles })).toEqual([later]);
});
