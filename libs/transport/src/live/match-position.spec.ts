import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '#libs/kernel';
import { circuit, driveCalls, fixAt } from './driven-trip.fixture.js';
import { type Fix, matchPosition, type MatchMemory, refuseFix } from './match-position.js';
import { scheduledPace, scheduledProgress } from './trip-plan.js';

const pattern = circuit();
const DEPARTS = 1_767_700_000_000;

const match = (memory: MatchMemory | undefined, fix: Fix) =>
  matchPosition({
    path: pattern.path,
    memory,
    fix,
    expectedM: scheduledProgress(pattern, (fix.ts - DEPARTS) / 1000),
    paceMps: scheduledPace(pattern),
  });

interface Trace {
  readonly seed: number;
  readonly noiseM: number;
  readonly intervalS: number;
  readonly withBearing?: boolean;
}

/** Errors of progress (m) of one whole trip by a driver who is up to 30 % slower or faster, sorted. */
const errorsOf = ({ seed, noiseM, intervalS, withBearing = true }: Trace): readonly number[] => {
  const random = seededRandom(seed);
  const pace = 0.8 + 0.5 * random();
  const calls = driveCalls(pattern, { departs_ms: DEPARTS, ratioOf: () => pace, dwellOf: () => 5 + 40 * random() });
  const end = calls.at(-1)?.arrives_ms ?? DEPARTS;
  let memory: MatchMemory | undefined;
  const errors: number[] = [];
  for (let ms = DEPARTS; ms < end; ms += intervalS * 1000) {
    const { truthM, bearing, speed_mps, ...place } = fixAt(pattern, calls, ms, noiseM, random);
    const result = match(memory, withBearing ? { ...place, bearing: bearing ?? 0, speed_mps: speed_mps ?? 0 } : place);
    memory = result.memory;
    errors.push(result.kind === 'matched' ? Math.abs(result.progressM - truthM) : Infinity);
  }
  return errors;
};

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Infinity;

describe('matchPosition on a circuit that takes one street twice', () => {
  it.each([
    { noiseM: 0, intervalS: 5, half: 1, most: 1 },
    { noiseM: 10, intervalS: 1, half: 10, most: 30 },
    { noiseM: 10, intervalS: 5, half: 10, most: 30 },
    { noiseM: 20, intervalS: 5, half: 18, most: 50 },
    { noiseM: 30, intervalS: 5, half: 25, most: 80 },
    { noiseM: 10, intervalS: 60, half: 10, most: 30 },
    { noiseM: 20, intervalS: 120, half: 18, most: 60 },
  ])('finds the way with $noiseM m of noise every $intervalS s', ({ noiseM, intervalS, half, most }) => {
    const errors = Array.from({ length: 20 }, (_, seed) => errorsOf({ seed: seed + 1, noiseM, intervalS })).flat();
    expect(percentile(errors, 0.5)).toBeLessThan(half);
    expect(percentile(errors, 0.95)).toBeLessThan(most);
  });

  it('finds it without bearings too', () => {
    const errors = Array.from({ length: 20 }, (_, seed) =>
      errorsOf({ seed: seed + 1, noiseM: 20, intervalS: 10, withBearing: false }),
    ).flat();
    expect(percentile(errors, 0.5)).toBeLessThan(18);
    expect(percentile(errors, 0.95)).toBeLessThan(55);
  });
});

describe('matchPosition', () => {
  const random = seededRandom(5);
  const calls = driveCalls(pattern, { departs_ms: DEPARTS, ratioOf: () => 1, dwellOf: () => 15 });
  const fix = (seconds: number) => fixAt(pattern, calls, DEPARTS + seconds * 1000, 0, random);
  const begun = () =>
    [0, 10, 20, 30].reduce<MatchMemory | undefined>((memory, s) => match(memory, fix(s)).memory, undefined);

  it('knows the start of a circuit from its end', () => {
    expect(match(undefined, { ...fix(0), speed_mps: 0 })).toMatchObject({
      kind: 'matched',
      progressM: 0,
      nextStop: 0,
      atStop: true,
    });
  });

  it('says which stop is ahead, and at which it stands', () => {
    expect(match(begun(), fix(40))).toMatchObject({ nextStop: 1, atStop: false });
    const arrives = ((calls[1]?.arrives_ms ?? 0) - DEPARTS) / 1000;
    const memory = [60, 80, 100, arrives].reduce((known, s) => match(known, fix(s)).memory, begun());
    expect(match(memory, fix(arrives + 5))).toMatchObject({ nextStop: 1, atStop: true });
  });

  it('leaves out what comes twice or late', () => {
    const memory = begun();
    expect(match(memory, fix(30))).toMatchObject({ kind: 'refused', reason: 'duplicate', memory });
    expect(match(memory, fix(20))).toMatchObject({ kind: 'refused', reason: 'out_of_order', memory });
  });

  it('doubts a jump, and forgets it', () => {
    const far = { ...fix(35), lat: 28.2 };
    const jumped = match(begun(), far);
    expect(jumped).toMatchObject({ kind: 'refused', reason: 'jump' });
    const after = match(jumped.memory, fix(40));
    expect(after.kind === 'matched' && Math.abs(after.progressM - fix(40).truthM)).toBeLessThan(20);
  });

  it('begins anew where a second position confirms a jump', () => {
    const jumped = match(begun(), { ...fix(400), ts: DEPARTS + 35_000 });
    expect(jumped).toMatchObject({ kind: 'refused', reason: 'jump' });
    expect(match(jumped.memory, { ...fix(405), ts: DEPARTS + 40_000 })).toMatchObject({ kind: 'matched' });
  });

  it('says how far off its way a vehicle is', () => {
    const off = match(begun(), { ...fix(40), lat: 28.06 - 220 / 111_195 });
    expect(off.kind === 'off_route' && off.offM).toBeCloseTo(220, 0);
  });

  it.each([
    ['no_position', { lat: 0, lon: 0 }],
    ['no_position', { lat: Number.NaN }],
    ['stale', { ts: DEPARTS - 301_000 }],
    ['in_the_future', { ts: DEPARTS + 61_000 }],
    [undefined, {}],
  ])('refuses as %p', (reason, change) => {
    expect(refuseFix({ ts: DEPARTS, lat: 28, lon: -82, ...change }, DEPARTS, 60_000)).toBe(reason);
  });
});
