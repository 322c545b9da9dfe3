import { describe, expect, it } from '@jest/globals';
import type { Pack } from '#libs/games';
import { type EpochMs, epochMs, MINUTE_MS } from '#libs/kernel';
import type { Pattern } from '#libs/transport';

import { Counters } from '../counters.js';
import { EventQueue } from '../event-queue.js';
import { JourneyGuide } from '../journey-guide.js';
import { ShuttleWorld } from '../shuttle-world.js';
import { tinyPack } from '../tiny-day.fixture.js';
import { Waits } from '../waits.js';
import { Streams } from './streams.js';
import { drawWorld, EXPECTED_WORLD, type World } from './world.js';
import { WorldChanges } from './world-changes.js';

const start = epochMs(Date.UTC(2026, 0, 5));
const shuttle: Pattern = { id: 'L-1', line: 'L', stops: [{ stop: 'a', offsetS: 0 }, { stop: 'b', offsetS: 30 }], trips: [] }; // prettier-ignore
const [field, hall] = [tinyPack.venues[1], tinyPack.venues[0]];
if (!field || !hall) throw new Error('The tiny day has two venues.');

interface Minute {
  readonly came: number;
  /** People who wait at its end. */
  readonly waiting: number;
}

/** One stop whose people come at so many a minute, on average. */
const stopOf = (world: World, minutes: number, perMinute: number) => {
  // The recording has one a minute.
  const pack: Pack = { ...tinyPack, venues: [hall, field] };
  const window = { start, end: epochMs(start + minutes * MINUTE_MS) };
  const day = { world, changes: new WorldChanges(pack, [{ kind: 'attendance', scale: perMinute }], window) };
  const [counters, waits, events] = [new Counters(pack, window, day), new Waits(), new EventQueue()];
  const shuttles = new ShuttleWorld(pack, events, new JourneyGuide([], []), counters, day, waits, { dueAt: () => undefined }); // prettier-ignore
  const run = async (departures: readonly number[], places: number, onMinute?: (minute: Minute) => void) => {
    let next = 0;
    for (let minute = 0; minute < minutes; minute += 1) {
      const at = epochMs(start + minute * MINUTE_MS);
      counters.runMinute(at);
      shuttles.runMinute(at);
      const until = at + MINUTE_MS;
      for (; (departures[next] ?? Infinity) <= minute + 1; next += 1)
        shuttles.depart(shuttle, places, epochMs(start + (departures[next] ?? 0) * MINUTE_MS));
      await events.runUntil(until as EpochMs);
      onMinute?.({ came: counters.countOf(hall.id, 'gates.count_out'), waiting: shuttles.waiting });
    }
    shuttles.close(window.end);
    return waits;
  };
  return { run };
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/**
 * What a long series would be on average if its control had been `mean` on average, by regression on the means of fortieths: neighbours are alike, fortieths are not.
 * With its standard error.
 */
const controlled = (series: readonly number[], control: readonly number[], mean: number) => {
  const size = series.length / 40;
  const batches = Array.from({ length: 40 }, (_, batch) => {
    const [from, until] = [batch * size, (batch + 1) * size];
    return { y: meanOf(series.slice(from, until)), x: meanOf(control.slice(from, until)) };
  });
  const [y, x] = [meanOf(series), meanOf(control)];
  const slope =
    meanOf(batches.map((one) => (one.y - y) * (one.x - x))) / meanOf(batches.map((one) => (one.x - x) ** 2));
  const rest = batches.map((one) => one.y - y - slope * (one.x - x));
  return { mean: y - slope * (x - mean), error: Math.sqrt(meanOf(rest.map((one) => one ** 2)) / 38) };
};

describe('a stop, against theory', () => {
  // Bailey 1954: Poisson arrivals, 20 places, a vehicle every minute; mean wait over headway, from the roots of z^20 = exp(20 load (z - 1)).
  it.each([
    [0.5, 0.5003],
    [0.7, 0.5095],
    [0.8, 0.5359],
    [0.9, 0.6443],
    [0.95, 0.8857],
  ])('waits as a bulk service queue at load %d', async (load, theory) => {
    const [minutes, places] = [30_000, 20];
    const [mean, spare] = [places * load, places * (1 - load)];
    const every = Array.from({ length: minutes }, (_, minute) => minute + 1);
    const series: (Minute & { readonly left: number })[] = [];
    const waits = await stopOf(drawWorld(1, 0), minutes, mean).run(every, places, ({ came, waiting }) => {
      series.push({ came, waiting, left: waiting - came });
    });
    const came = series.map((minute) => minute.came);
    // Little: people-minutes are those of people whom the last vehicle left, and half a minute of each who came.
    const waited = series.map((minute) => minute.left + minute.came / 2);
    expect(waits.all.mean_s / 60).toBeCloseTo(meanOf(waited) / meanOf(came), 9);
    // What chance adds to the queue is 0 on average whatever the queue is; without it three weeks of minutes are as good as years.
    const fair = series.map((minute, index) => {
      const square = (minute.came - places) ** 2 - mean - spare ** 2;
      const chance = (2 * minute.left * (minute.came - mean) + square) / (2 * spare);
      return ((waited[index] ?? 0) - chance) / mean;
    });
    const wait = controlled(fair, came, mean);
    expect(wait.error / theory).toBeLessThan(0.0025);
    expect(Math.abs(wait.mean / theory - 1)).toBeLessThan(0.01);
  });

  it('waits (1 + cv²) / 2 headways where headways vary', async () => {
    const [streams, spread, mean] = [new Streams(7), 0.5, 10];
    const departures: number[] = [];
    for (let at = 0; at < 60_000;) {
      at += (mean * streams.lognormal(spread, 'road', 'headway', departures.length)) / Math.exp(spread ** 2 / 2);
      departures.push(at);
    }
    const headways = departures.map((at, index) => at - (departures[index - 1] ?? 0));
    const average = headways.reduce((sum, one) => sum + one, 0) / headways.length;
    const cv2 = headways.reduce((sum, one) => sum + (one / average - 1) ** 2, 0) / headways.length;
    const waits = await stopOf(EXPECTED_WORLD, 60_000, 2).run(departures, 1000);
    expect(waits.all.mean_s / 60 / average / ((1 + cv2) / 2)).toBeCloseTo(1, 2);
  });

  it('clears a crowd as fast as places leave', async () => {
    // 20 a minute for an hour; 20 places every two minutes take half of them: 600 wait at the end, and 2 minutes a 20 go on for an hour.
    const crowd = stopOf({ ...EXPECTED_WORLD, people: (_venue, _point, at) => (at < start + 60 * MINUTE_MS ? 20 : 0) }, 200, 1); // prettier-ignore
    const departures = Array.from({ length: 100 }, (_, index) => 2 * (index + 1));
    const waits = await crowd.run(departures, 20);
    const { people, worst_s, mean_s } = waits.all;
    expect(people).toBe(1200);
    // Who comes at t leaves at 2t, but for the two minutes of a departure.
    expect(worst_s / 60).toBeGreaterThan(58);
    expect(worst_s / 60).toBeLessThan(62);
    expect(mean_s / 60).toBeGreaterThan(29);
    expect(mean_s / 60).toBeLessThan(32);
  });
});
