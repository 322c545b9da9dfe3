import { describe, expect, it } from '@jest/globals';
import { arrangePoints, firstRows, type PointFilter } from './arrange-points.js';
import type { Point } from './wire.js';

const point = (venue: string, name: string, more: Partial<Point> = {}): Point => ({
  venue,
  point: name,
  kind: 'sensor',
  unit: 'kW',
  source: 'gw',
  device: null,
  profile: null,
  interval_s: 60,
  last_seen_ms: 0,
  value: 1,
  quality: 'good',
  reasons: [],
  state: 'live',
  ...more,
});
const points = [
  point('dome', 'a.x'),
  point('dome', 'b.x', { quality: 'bad', reasons: ['out_of_range'] }),
  point('hall', 'c.x'),
  point('hall', 'd.x', { state: 'never', quality: null, value: null }),
  point('hall', 'e.x', { state: 'stale', profile: 'tasmota', device: 'Plug' }),
];
const arranged = (filter: Partial<PointFilter> = {}) =>
  arrangePoints(points, { search: '', show: 'all', ...filter }, (venue) => (venue === 'dome' ? 'Sun Dome' : venue)).map(
    (group) => [group.venue, ...group.points.map((entry) => entry.point)],
  );

describe('arrangePoints', () => {
  it('puts what is stale first, then what was never heard, then what is doubtful', () => {
    expect(arranged()).toEqual([
      ['hall', 'e.x', 'd.x', 'c.x'],
      ['dome', 'b.x', 'a.x'],
    ]);
  });

  it('shows what is asked for', () => {
    expect(arranged({ show: 'stale' })).toEqual([['hall', 'e.x']]);
    expect(arranged({ show: 'doubtful' })).toEqual([['dome', 'b.x']]);
    expect(arranged({ search: ' dome RANGE ' })).toEqual([['dome', 'b.x']]);
    expect(arranged({ search: 'plug tasmota' })).toEqual([['hall', 'e.x']]);
    expect(arranged({ search: 'nothing' })).toEqual([]);
  });

  it('counts all points of a venue, shown or not', () => {
    const [hall] = arrangePoints(points, { search: '', show: 'stale' }, (venue) => venue);
    expect(hall?.counts).toEqual({ live: 1, stale: 1, never: 1 });
  });
});

it('leaves out what is too much, and says how much', () => {
  const groups = arrangePoints(points, { search: '', show: 'all' }, (venue) => venue);
  expect(firstRows(groups, 3)).toMatchObject({ groups: [{ venue: 'hall' }], hidden: 2 });
  expect(firstRows(groups, 4)).toMatchObject({ groups: [{}, { points: [{ point: 'b.x' }] }], hidden: 1 });
  expect(firstRows(groups, 9).hidden).toBe(0);
});
