import { describe, expect, it } from '@jest/globals';
import { epochMs, fromCivil, HOUR_MS } from '#libs/kernel';
import fc from 'fast-check';

import { getCivil } from './civil.js';
import { isSession, sessionsBetween } from './sessions.js';
import { tinyPack } from './tiny-pack.fixture.js';

const at = (civil: string) => fromCivil('America/New_York', getCivil(civil));
// A recorded Tuesday from 18:00 to 20:00; the recording is one week long.
const pack = tinyPack([
  { id: 'final', venue: 'hall', name: 'Final', start: '2005-07-26T18:00', end: '2005-07-26T20:00' },
]);

describe('sessions', () => {
  it('come again every recording length, each occurrence with a name of its own', () => {
    const window = { start: at('2026-06-01T00:00'), end: at('2026-06-15T00:00') };
    expect(sessionsBetween(pack, window)).toEqual([
      {
        id: 'final-2026-06-02',
        venue: 'hall',
        name: 'Final',
        start: at('2026-06-02T18:00'),
        end: at('2026-06-02T20:00'),
      },
      {
        id: 'final-2026-06-09',
        venue: 'hall',
        name: 'Final',
        start: at('2026-06-09T18:00'),
        end: at('2026-06-09T20:00'),
      },
    ]);
  });

  it('keep their civil time over a change of the clock', () => {
    const [before] = sessionsBetween(pack, { start: at('2026-10-27T00:00'), end: at('2026-10-28T00:00') });
    const [after] = sessionsBetween(pack, { start: at('2026-11-03T00:00'), end: at('2026-11-04T00:00') });
    expect((after?.start ?? 0) - (before?.start ?? 0)).toBe((7 * 24 + 1) * HOUR_MS);
  });

  it('are in a window that only touches their inside, and in none that only touches their ends', () => {
    const inside = { start: at('2026-06-02T19:00'), end: at('2026-06-02T19:01') };
    expect(sessionsBetween(pack, inside)).toHaveLength(1);
    expect(sessionsBetween(pack, { start: at('2026-06-02T17:00'), end: at('2026-06-02T18:00') })).toEqual([]);
    expect(sessionsBetween(pack, { start: at('2026-06-02T20:00'), end: at('2026-06-02T21:00') })).toEqual([]);
  });

  it('are once in any week', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), (seconds) => {
        const start = epochMs(seconds * 1000);
        const civilWeek = sessionsBetween(pack, { start, end: epochMs(start + 7 * 24 * HOUR_MS) });
        // A week of 168 hours may cut a session in two, and holds one hour less or more of a week with a change of the clock.
        expect(civilWeek.length).toBeGreaterThanOrEqual(1);
        expect(civilWeek.length).toBeLessThanOrEqual(2);
        expect(new Set(civilWeek.map(({ id }) => id)).size).toBe(civilWeek.length);
      }),
    );
  });
});

describe('isSession', () => {
  it.each([
    ['hall', 'final-2026-06-02', true],
    ['field', 'final-2026-06-02', false],
    ['hall', 'semi-2026-06-02', false],
    ['hall', 'final', false],
    ['hall', 'final-tomorrow', false],
  ])('of %s: %s is %s', (venue, name, is) => {
    expect(isSession(pack, venue, name)).toBe(is);
  });
});
