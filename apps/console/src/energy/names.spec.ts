import { expect, it } from '@jest/globals';
import { namesOf } from './names.js';

const feeders = [{ id: 'north', name: 'North feeder', load_kw: null, limit_kw: 440, loading_ratio: null }];
const venue = { load_kw: null, pv_kw: null, battery_kw: null, battery_soc_ratio: null, grid_kw: null };
const points = { live: 0, stale: 0, never: 0 };
const venues = [
  {
    ...venue,
    id: 'arena',
    name: 'Ice arena',
    feeder: 'north',
    import_limit_kw: 300,
    measured_ms: null,
    connections: [],
    generators: [],
    switches: [],
    points,
  },
];
const names = namesOf({ venues, feeders });

it.each([
  ['north', 'North feeder'],
  ['arena', 'Ice arena'],
  ['arena ice_floor', 'Ice floor at Ice arena'],
  ['arena-main', 'arena-main'],
  ['stadium lights', 'stadium lights'],
])('the place %p of a plan is %p', (at, text) => expect(names.place(at)).toBe(text));

it('calls a feeder that the pack does not name by its id', () =>
  expect(names.feeder('sub_station-2')).toBe('Sub station 2'));
