import { describe, expect, it } from '@jest/globals';

import { followCounts } from './follow-counts.js';
import { tinyRide } from './tiny-shuttles.fixture.js';

const rides = [tinyRide('hall', 'park'), tinyRide('hall', 'zoo'), tinyRide('park', 'hall')];
const forecast = rides.map(() => ({ waiting: 0, arrivals: [10, 10, 10, 10, 10, 10] }));

describe('a forecast that follows counts', () => {
  it('is moved by the ratio at each stop, less the later', () => {
    const [hall, zoo, park] = followCounts(
      forecast,
      { rides },
      {
        came: [
          [30, 30],
          [15, 15],
          [10, 10],
        ],
      },
    );
    // 90 came where 40 were expected: (90 + 20) / (40 + 20).
    const ratio = 110 / 60;
    expect(hall?.arrivals[2]).toBeCloseTo(10 * ratio);
    expect(hall?.arrivals[5]).toBeCloseTo(10 * (1 + (ratio - 1) * Math.exp(-3 / 12)));
    expect(zoo).toEqual(hall);
    expect(park?.arrivals).toEqual([10, 10, 10, 10, 10, 10]);
  });

  it('stays as it is before anybody was counted', () => {
    expect(followCounts(forecast, { rides }, { came: [[], [], []] })).toEqual(forecast);
  });
});
