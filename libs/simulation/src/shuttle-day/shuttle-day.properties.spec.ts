import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '#libs/kernel';
import fc from 'fast-check';

import { USUAL_DRIVING } from './driving.js';
import { drawComing } from './people.js';
import { runShuttleDay } from './run-shuttle-day.js';
import type { ShuttleDay } from './shuttle-day.js';
import { scripted, tinyDay, tinyRide, trip } from './tiny-shuttles.fixture.js';

const rides = [
  tinyRide('hall', 'park'),
  tinyRide('park', 'hall'),
  tinyRide('hall', 'park', { group: 'athletes' }),
  tinyRide('hall', 'park', { accessible: true }),
];
const vehicles = ['hall', 'park', 'hall'].map((place, index) => ({
  id: `bus-${index}`,
  type: 'bus',
  place,
  ready_slot: index,
}));

interface Drawn {
  readonly seed: number;
  readonly people: number;
  readonly starts: readonly number[];
}

const dayOf = ({ seed, people }: Drawn): ShuttleDay => {
  const random = seededRandom(seed);
  const mean = new Array<number>(12).fill(people);
  return {
    ...tinyDay(
      rides.map(() => drawComing(mean, 300, random)),
      { rides, vehicles },
    ),
    driving: USUAL_DRIVING,
    seed,
    run_out_s: 900,
  };
};

/** Each vehicle goes to and fro from a drawn instant on, whenever it can. */
const shuttling = ({ starts }: Drawn) =>
  scripted(
    Object.fromEntries(
      vehicles.map(({ id, place }, index) => {
        const ways = place === 'hall' ? ['out', 'back'] : ['back', 'out'];
        return [id, Array.from({ length: 6 }, (_, leg) => trip(ways[leg % 2] ?? '', (starts[index] ?? 0) + leg * 800))];
      }),
    ),
  );

const drawn = fc.record({
  seed: fc.nat(10_000),
  people: fc.double({ min: 0, max: 2, noNaN: true }),
  starts: fc.array(fc.nat(1800), { minLength: 3, maxLength: 3 }),
});

describe('whatever happens', () => {
  it('everybody who came rode or is left, nobody boards before he comes, and no vehicle is overfull', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (options) => {
        const day = dayOf(options);
        const { people, departures, mostAboard } = await runShuttleDay(day, shuttling(options));
        expect(people).toHaveLength(day.comes_s.flat().length);
        for (const { leftS, arrivedS, cameS, waitedS } of people) {
          expect(leftS === undefined).toBe(arrivedS === undefined);
          if (leftS === undefined || arrivedS === undefined) continue;
          expect(leftS).toBeGreaterThanOrEqual(cameS);
          expect(waitedS).toBeCloseTo(leftS - cameS);
          expect(arrivedS).toBeGreaterThanOrEqual(leftS);
        }
        expect(mostAboard).toHaveLength(departures.length);
        expect(Math.max(0, ...mostAboard)).toBeLessThanOrEqual(4);
        for (const { due_s, left_s } of departures) expect(left_s).toBeGreaterThanOrEqual(due_s);
      }),
      { numRuns: 40 },
    );
  });

  it('no vehicle is in two places', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (options) => {
        const { departures } = await runShuttleDay(dayOf(options), shuttling(options));
        for (const { id, place } of vehicles) {
          const ways = departures.filter(({ vehicle }) => vehicle === id).map(({ pattern }) => pattern);
          const first = place === 'hall' ? 'out' : 'back';
          expect(ways).toEqual(ways.map((_, leg) => (leg % 2 === 0 ? first : first === 'out' ? 'back' : 'out')));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('the same seed gives the same day', async () => {
    const options = { seed: 7, people: 1, starts: [0, 100, 200] };
    const [first, second, other] = await Promise.all(
      [options, options, { ...options, seed: 8 }].map((one) => runShuttleDay(dayOf(one), shuttling(one))),
    );
    expect(first).toEqual(second);
    expect(first).not.toEqual(other);
  });
});
