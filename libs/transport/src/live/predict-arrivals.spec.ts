import { describe, expect, it } from '@jest/globals';
import { BandScale } from './band-scale.js';
import { circuit } from './driven-trip.fixture.js';
import { LegTimes } from './leg-times.js';
import { predictArrivals, type PredictionInputs, type TripProgress } from './predict-arrivals.js';
import { boardingTime, type OrderedTrip } from './trip-plan.js';

const NOW = 1_767_700_000_000;
const pattern = circuit();
const { times } = pattern;
const runS = times.at(-1)?.offsetS ?? 0;
const trip = (minutes: number): OrderedTrip => ({
  line: 'A',
  pattern: 'A-1',
  departs_ms: NOW + minutes * 60_000,
  vehicle: 'bus-1',
});
const predict = (trips: readonly OrderedTrip[], progress?: TripProgress, more: Partial<PredictionInputs> = {}) =>
  predictArrivals({
    progress,
    trips,
    patternOf: () => pattern,
    legTimes: new LegTimes(),
    bands: new BandScale(),
    hourOf: () => 8,
    now: NOW,
    layoverS: 300,
    ...more,
  });
const secondsOf = (ms: number | undefined): number => Math.round(((ms ?? 0) - NOW) / 1000);

describe('predictArrivals', () => {
  it('is the timetable before anything is known', () => {
    const [prediction] = predict([trip(10)]);
    const arrivals = prediction?.stops.map(({ arrives_ms }) => secondsOf(arrives_ms) - 600) ?? [];
    const planned = times.map(
      ({ offsetS }, index) => Math.round(offsetS) - (index > 0 && index < times.length - 1 ? 15 : 0),
    );
    expect(arrivals).toEqual(planned);
  });

  it('goes on from where the vehicle is, and its bands widen with the way', () => {
    const [prediction] = predict([trip(-2)], { ts: NOW, progressM: 350, nextStop: 1, atStop: false });
    const [next] = prediction?.stops ?? [];
    // 350 m of 700 at 6 m/s.
    expect(secondsOf(next?.arrives_ms)).toBe(58);
    const widths = prediction?.stops.map(({ low_ms = 0, high_ms = 0 }) => high_ms - low_ms) ?? [];
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
  });

  it('takes a slow trip to go on a little slow', () => {
    const progress = { ts: NOW, progressM: 350, nextStop: 1, atStop: false };
    const [even] = predict([trip(-2)], progress);
    const [slow] = predict([trip(-2)], { ...progress, pace: { ratio: 1.4, legs: 3 } });
    const ratio = secondsOf(slow?.stops[0]?.arrives_ms) / secondsOf(even?.stops[0]?.arrives_ms);
    expect(ratio).toBeCloseTo(1.2, 1);
  });

  it('adds the boarding of the people who are expected', () => {
    const [none] = predict([trip(0)]);
    const [twenty] = predict([trip(0)], undefined, {
      boardingAt: (_, call) => boardingTime(times[call]?.stop === 'hall' ? 20 : 0),
    });
    expect(secondsOf(twenty?.stops.at(-1)?.arrives_ms) - secondsOf(none?.stops.at(-1)?.arrives_ms)).toBe(50);
  });

  it('widens the bands behind a crowd, by how uncertain it is how many come', () => {
    const widths = (people: number) =>
      predict([trip(0)], undefined, {
        boardingAt: (_, call) => boardingTime(times[call]?.stop === 'hall' ? people : 0),
      })[0]?.stops.map(({ low_ms = 0, high_ms = 0 }) => high_ms - low_ms) ?? [];
    const [quiet, busy] = [widths(0), widths(40)];
    const hall = times.findIndex(({ stop }) => stop === 'hall');
    // Nobody there yet makes anything uncertain; afterwards it is 40 people, more or less 17, at 2.5 s each.
    expect(busy.slice(0, hall + 1)).toEqual(quiet.slice(0, hall + 1));
    for (const [index, width] of busy.entries()) if (index > hall) expect(width).toBeGreaterThan(quiet[index] ?? 0);
    expect(boardingTime(40).sd_s).toBeCloseTo(2.5 * Math.hypot(Math.sqrt(40), 16), 6);
  });

  it('takes what a call took off by those who were expected, where it is known who is', () => {
    const legTimes = new LegTimes();
    for (let round = 0; round < 200; round += 1) {
      const call = { stop: 'hall', hour: 8, prior_s: 15 };
      legTimes.observeDwell(call, 45);
      legTimes.observeDoors(call, 45 - boardingTime(10).seconds);
    }
    const arrival = (boardingAt?: PredictionInputs['boardingAt']) =>
      secondsOf(
        predict([trip(0)], undefined, { legTimes, ...(boardingAt && { boardingAt }) })[0]?.stops[3]?.arrives_ms,
      );
    // 45 s with ten people, so 20 s without any.
    expect(arrival(() => boardingTime(10))).toBeCloseTo(arrival() + 25, -1);
    expect(arrival(() => boardingTime(0)) - arrival()).toBeLessThan(-20);
  });

  it('carries a delay into the next trip as far as the layover does not take it', () => {
    const progress = { ts: NOW, progressM: 0, nextStop: 0, atStop: true };
    const planned = (gapS: number) => ({ ...trip(0), departs_ms: NOW + (runS + 300 + gapS) * 1000 });
    const leaves = (gapS: number) => predict([trip(-10), planned(gapS)], progress)[1]?.stops[0]?.arrives_ms;
    // The first trip leaves now, ten minutes late: with ten minutes to spare the next one is as planned, with none as late.
    expect(secondsOf(leaves(600))).toBe(Math.round(runS + 900));
    expect(Math.abs(secondsOf(leaves(-600)) - Math.round(runS + 300))).toBeLessThan(20);
  });

  it('does not expect a silent vehicle in the past', () => {
    const [prediction] = predict([trip(-10)], { ts: NOW - 240_000, progressM: 650, nextStop: 1, atStop: false });
    expect(prediction?.stops.every(({ arrives_ms }) => arrives_ms >= NOW)).toBe(true);
  });
});

describe('BandScale', () => {
  it('widens where arrivals lie outside, until four in five lie inside', () => {
    const bands = new BandScale();
    for (let round = 0; round < 50; round += 1) bands.observe(200, false);
    expect(bands.at(200)).toBeGreaterThan(3);
    expect(bands.at(1_000)).toBe(1);
    const before = bands.at(200);
    for (const inside of [true, true, true, true, false]) bands.observe(200, inside);
    expect(bands.at(200)).toBeCloseTo(before, 5);
    expect(new BandScale(bands.document).at(200)).toBe(bands.at(200));
  });
});
