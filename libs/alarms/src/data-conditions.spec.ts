import { describe, expect, it } from '@jest/globals';
import { evaluateConditions } from './conditions.js';
import { calm } from './inputs.fixture.js';
import type { AlarmInputs } from './inputs.js';

const seen = (part: Partial<AlarmInputs>) => evaluateConditions({ ...calm, ...part });
const venue = { venue: 'dome', venue_name: 'Sun Dome' };

describe('a wrong clock', () => {
  const clock = (skew_seconds: number, id = 'edge') => ({ ...venue, id, skew_seconds });

  it.each([
    [25, []],
    [26, [{ id: 'clock_wrong:dome', priority: 'medium', raises: false }]],
    [30, [{ id: 'clock_wrong:dome', priority: 'medium', raises: false }]],
    [31, [{ id: 'clock_wrong:dome', priority: 'medium', raises: true }]],
    [-31, [{ id: 'clock_wrong:dome', priority: 'medium', raises: true }]],
  ])('by %p s', (skew, expected) => {
    const found = seen({ clocks: [clock(skew)] });
    expect(found.map(({ id, priority, raises }) => ({ id, priority, raises }))).toEqual(expected);
  });

  it('is one alarm a venue, that names the worst', () => {
    const found = seen({ clocks: [clock(40), clock(-600, 'meter'), clock(35, 'other')] });
    expect(found.map(({ text }) => text)).toEqual(['3 clocks at Sun Dome are wrong; that of meter is 10 min behind.']);
    expect(seen({ clocks: [clock(40)] })[0]?.text).toBe('The clock of edge at Sun Dome is 40 s ahead.');
  });

  it('is looked at with the delay that a faster event time makes of a second', () => {
    expect(seen({ clocks: [clock(40)], speed: 60 })).toEqual([]);
    expect(seen({ clocks: [clock(1_801)], speed: 60 })).toMatchObject([{ raises: true }]);
  });
});

it('says how many readings a gateway gave up', () => {
  expect(seen({ losses: [{ ...venue, id: 'edge', readings: 512 }] })).toMatchObject([
    {
      id: 'readings_given_up:dome:edge',
      priority: 'medium',
      text: 'Gateway edge of Sun Dome gave up 512 readings: its buffer was full.',
      raises: true,
    },
  ]);
});

describe('stale points', () => {
  const points = (...stale: readonly string[]) => [{ ...venue, total: 7, stale }];

  it('are one alarm a venue, with the first of them by name', () => {
    expect(seen({ points: points() })).toEqual([]);
    expect(seen({ points: points('a.x', 'b.x', 'c.x', 'd.x', 'e.x') })).toMatchObject([
      {
        id: 'points_stale:dome',
        priority: 'low',
        text: '5 of 7 points of Sun Dome are stale while their gateway is online: a.x, b.x, c.x and 2 more.',
      },
    ]);
  });

  it('say nothing beside the alarm that nothing comes at all', () => {
    const readings = [{ ...venue, age_seconds: 601 }];
    expect(seen({ points: points('a.x'), readings }).map(({ id }) => id)).toEqual(['readings_stale:dome']);
  });
});
