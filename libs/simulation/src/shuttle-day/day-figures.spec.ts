import { describe, expect, it } from '@jest/globals';

import { clearFigures, fatesOf, waitFigures } from './day-figures.js';
import { runShuttleDay } from './run-shuttle-day.js';
import { scripted, tinyDay, tinyShuttles, trip } from './tiny-shuttles.fixture.js';

describe('figures of a day', () => {
  const drive = () =>
    runShuttleDay(
      tinyDay([[0, 60, 120, 180, 240], [2400]]),
      scripted({ 'bus-1': [trip('out', 300), trip('back', 1200), trip('out', 2100)] }),
    );

  it('counts how long people waited, who was left behind and who was not served', async () => {
    const fates = fatesOf(tinyShuttles, await drive());
    expect(waitFigures(fates)).toEqual({
      people: 6,
      // Four wait 5, 4, 3 and 2 minutes, one until 2100 s, one to the end of the hour.
      mean_wait_min: (5 + 4 + 3 + 2 + 31 + 20) / 6,
      p95_wait_min: 31,
      worst_wait_min: 31,
      left_behind: 1,
      unserved: 1,
    });
    expect(waitFigures([])).toMatchObject({ people: 0, mean_wait_min: 0, p95_wait_min: 0, worst_wait_min: 0 });
  });

  it('says when a venue is clear', async () => {
    const sessions = [
      { id: 'final', stop: 'hall', ends_s: 60 },
      { id: 'concert', stop: 'park', ends_s: 3000 },
    ];
    expect(clearFigures(tinyShuttles, sessions, await drive())).toEqual([
      { session: 'final', stop: 'hall', people: 4, clear_min: 34 },
      { session: 'concert', stop: 'park', people: 0, clear_min: null },
    ]);
  });
});
