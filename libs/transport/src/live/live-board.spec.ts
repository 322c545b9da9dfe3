import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '#libs/kernel';
import { circuit } from './driven-trip.fixture.js';
import { type ShuttleDay, shuttlesOf, watchDay } from './shuttle-day.fixture.js';
import { tripName } from './trip-plan.js';

const { times } = circuit();
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

interface Judged {
  readonly leadS: number;
  readonly errorS: number;
  readonly timetableS: number;
  readonly delayedS: number;
  readonly isInside: boolean;
}

/** Each minute every prediction of a stop ahead, in the second half of a day, against what came: that of the board, of the timetable, and of the timetable with the delay of now. */
const judge = (day: ShuttleDay): readonly Judged[] => {
  const truth = new Map(shuttlesOf(day).map(({ trip, calls }) => [`${trip.vehicle} ${tripName(trip)}`, calls]));
  const first = Math.min(...shuttlesOf(day).map(({ trip }) => trip.departs_ms));
  const half = first + (day.trips * day.everyMs) / 2;
  const judged: Judged[] = [];
  watchDay(day, ({ now, picture }) => {
    if (now < half || now % MINUTE_MS >= day.intervalS * 1000) return;
    const delays = new Map(picture.vehicles.map(({ vehicle, delay_s }) => [vehicle, delay_s ?? 0]));
    for (const { departure, stops } of picture.predictions) {
      const calls = truth.get(`${departure.vehicle} ${tripName(departure)}`);
      if (!calls || departure.departs_ms > now) continue;
      for (const { stop_sequence, arrives_ms, low_ms = 0, high_ms = 0 } of stops) {
        const came = calls[stop_sequence - 1]?.arrives_ms ?? 0;
        const planned = departure.departs_ms + (times[stop_sequence - 1]?.offsetS ?? 0) * 1000;
        if (came <= now) continue;
        judged.push({
          leadS: (came - now) / 1000,
          errorS: Math.abs(came - arrives_ms) / 1000,
          timetableS: Math.abs(came - planned) / 1000,
          delayedS: Math.abs(came - planned - (delays.get(departure.vehicle) ?? 0) * 1000) / 1000,
          isInside: low_ms <= came && came <= high_ms,
        });
      }
    }
  });
  return judged;
};

describe('predicted arrivals of shuttles', () => {
  it.each([1, 3])(
    'lie within their bands four times in five, and nearer than the timetable (seed %i)',
    (seed) => {
      const judged = judge({ seed, vehicles: 4, trips: 30, everyMs: 32 * MINUTE_MS, intervalS: 15, noiseM: 10 });
      const covered = mean(judged.map(({ isInside }) => (isInside ? 1 : 0)));
      const error = mean(judged.map(({ errorS }) => errorS));
      expect(judged.length).toBeGreaterThan(1_000);
      expect(Math.abs(covered - 0.8)).toBeLessThan(0.04);
      expect(error).toBeLessThan(0.45 * mean(judged.map(({ timetableS }) => timetableS)));
      expect(error).toBeLessThan(0.8 * mean(judged.map(({ delayedS }) => delayedS)));
    },
    60_000,
  );
});

describe('predicted arrivals of shuttles that crowds wait for', () => {
  const day = { seed: 1, vehicles: 4, trips: 30, everyMs: 40 * MINUTE_MS, intervalS: 15, noiseM: 10, crowds: 60 };
  const errorOf = (judged: readonly Judged[]): number => mean(judged.map(({ errorS }) => errorS));

  it('are nearer where a plan says whom to expect, and still lie within their bands four times in five', () => {
    const guessed = judge(day);
    const told = judge({ ...day, told: true });
    expect(told.length).toBeGreaterThan(1_000);
    expect(errorOf(told)).toBeLessThan(0.7 * errorOf(guessed));
    expect(Math.abs(mean(told.map(({ isInside }) => (isInside ? 1 : 0))) - 0.8)).toBeLessThan(0.06);
  }, 60_000);
});

describe('a board whose clock runs sixty times as fast', () => {
  it('knows where vehicles are, says nothing is wrong, and advises nobody', () => {
    const day: ShuttleDay = {
      seed: 4,
      vehicles: 4,
      trips: 6,
      everyMs: 32 * MINUTE_MS,
      intervalS: 240,
      noiseM: 10,
      speed: 60,
    };
    const troubles = new Set<string>();
    let advised = 0;
    let underWay = 0;
    watchDay(day, ({ picture }) => {
      for (const { troubles: wrong, advice, progress_m } of picture.vehicles) {
        for (const { trouble } of wrong) troubles.add(trouble);
        if (advice) advised += 1;
        if (progress_m !== undefined) underWay += 1;
      }
      for (const { trouble } of picture.missing) troubles.add(trouble);
    });
    expect([...troubles]).toEqual([]);
    expect(advised).toBe(0);
    expect(underWay).toBeGreaterThan(60);
  });
});
