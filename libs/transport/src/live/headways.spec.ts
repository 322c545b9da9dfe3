import { describe, expect, it } from '@jest/globals';
import { adviseHeadways, type HeadwayPattern, headwaysOf, isBunched, judgeHeadway, releaseAdvice } from './headways.js';
import { runLoop } from './loop-of-buses.fixture.js';

const NOW = 1_767_700_000_000;
/** A pattern of 12 km at 10 m/s with a bus planned every ten minutes. */
const line = (...vehicles: readonly [name: string, progressM: number, more?: object][]): HeadwayPattern => ({
  pattern: 'A-1',
  target_s: 600,
  paceMps: 10,
  lastStop: 20,
  hasBay: () => false,
  vehicles: vehicles.map(([vehicle, progressM, more]) => ({
    vehicle,
    progressM,
    nextStop: Math.floor(progressM / 600) + 1,
    departs_ms: NOW,
    ...more,
  })),
});
const advise = (pattern: HeadwayPattern) =>
  adviseHeadways(pattern, NOW).map(({ vehicle, action, until_ms }) => [
    vehicle,
    action,
    until_ms && (until_ms - NOW) / 1000,
  ]);

describe('headwaysOf', () => {
  it('are the time from each vehicle to the one before it', () => {
    const gaps = headwaysOf(line(['a', 9_000], ['b', 3_000], ['c', 1_000]));
    expect(gaps.map(({ vehicle, ahead_s, behind_s }) => [vehicle.vehicle, ahead_s, behind_s])).toEqual([
      ['a', undefined, 600],
      ['b', 600, 200],
      ['c', 200, undefined],
    ]);
  });

  it('go round a circuit', () => {
    const gaps = headwaysOf({ ...line(['a', 9_000], ['b', 3_000]), circuitM: 12_000 });
    expect(gaps.map(({ ahead_s, behind_s }) => [ahead_s, behind_s])).toEqual([
      [600, 600],
      [600, 600],
    ]);
  });
});

describe('adviseHeadways', () => {
  it('has nothing to say when all is even', () => {
    expect(advise(line(['a', 9_000], ['b', 3_100]))).toEqual([]);
  });

  it('holds who is too near to the one ahead, for most of half the difference to the one behind', () => {
    // 300 s ahead, 510 s behind: 105 s would even them out.
    expect(advise(line(['a', 9_000], ['b', 6_000], ['c', 900]))).toEqual([['b', 'hold', 84]]);
  });

  it('holds towards the planned headway when nobody is behind, and never longer than three minutes', () => {
    expect(advise(line(['a', 9_000], ['b', 8_500]))).toEqual([['b', 'hold', 180]]);
  });

  it('does not hold who has the next one closer behind than the last one ahead', () => {
    expect(advise(line(['a', 9_000], ['b', 4_500], ['c', 1_000]))).toEqual([['c', 'hold', 180]]);
  });

  it('does not hold a full bus on the road, but in a bay', () => {
    const full = { aboard: 39, capacity: 40 };
    const pattern = line(['a', 9_000], ['b', 6_000, full], ['c', 900]);
    expect(advise(pattern)).toEqual([]);
    expect(advise({ ...pattern, hasBay: () => true })).toEqual([['b', 'hold', 84]]);
  });

  it('lets an empty bus skip a stop when the gap ahead is wide and the next one, with room, right behind', () => {
    const near = { aboard: 10, capacity: 40 };
    const skip = advise(line(['a', 11_900], ['b', 1_900, { aboard: 0 }], ['c', 1_000, near]));
    expect(skip).toEqual([
      ['b', 'skip', undefined],
      ['c', 'hold', 180],
    ]);
    expect(advise(line(['a', 11_900], ['b', 1_900, { aboard: 3 }], ['c', 1_000, near]))).not.toContainEqual(skip[0]);
  });

  it('tells who had better turn back nothing else', () => {
    const pattern = line(['a', 9_000], ['b', 6_000], ['c', 900]);
    const turn = { vehicle: 'b', action: 'short_turn', stop: 12, onto: 'A-2', reason: 'It is late.' } as const;
    expect(adviseHeadways({ ...pattern, turns: new Map([['b', turn]]) }, NOW)).toEqual([turn]);
  });

  it('knows a nearly empty bus that runs right behind another', () => {
    const bus = (aboard: number) => ({ aboard, capacity: 40 });
    expect(isBunched(bus(2), 100, 600)).toBe(true);
    expect(isBunched(bus(20), 100, 600)).toBe(false);
    expect(isBunched(bus(2), 400, 600)).toBe(false);
    expect(isBunched({}, 100, 600)).toBe(false);
  });

  it('takes a hold back that is not needed any more', () => {
    const before = adviseHeadways(line(['a', 9_000], ['b', 6_000], ['c', 900]), NOW);
    const release = (after: typeof before, now: number) => releaseAdvice(before, after, new Map(), now);
    expect(release([], NOW + 10_000)).toMatchObject([{ vehicle: 'b', action: 'go' }]);
    expect(release(before, NOW + 10_000)).toEqual([]);
    expect(release([], NOW + 600_000)).toEqual([]);
  });

  it('takes a turn back as long as its stop is ahead', () => {
    const turn = { vehicle: 'b', action: 'short_turn', stop: 12, onto: 'A-2', reason: 'It is late.' } as const;
    const release = (nextStop: number) => releaseAdvice([turn], [], new Map([['b', nextStop]]), NOW);
    expect(release(12)).toMatchObject([{ vehicle: 'b', action: 'go', stop: 12 }]);
    expect(release(13)).toEqual([]);
  });

  it.each([
    [100, 'bunched'],
    [600, 'even'],
    [900, 'gap'],
  ] as const)('judges %d s of 600', (ahead_s, verdict) => expect(judgeHeadway(ahead_s, 600)).toBe(verdict));
});

describe('buses on a loop with crowds', () => {
  it.each([1, 2, 3, 4])('bunch without advice, and less with it (seed %i)', (seed) => {
    const loop = { seed, buses: 6, stops: 24, runS: 80, noiseS: 15, boarding: 0.06, hours: 8 };
    const alone = runLoop({ ...loop, advised: false });
    const advised = runLoop({ ...loop, advised: true });
    expect(advised.variation).toBeLessThan(0.4 * alone.variation);
    // Who comes at any time waits half a headway, and more the more they vary (Welding 1957).
    const wait = ({ meanS, variation }: typeof alone): number => (meanS / 2) * (1 + variation ** 2);
    expect(wait(advised)).toBeLessThan(0.5 * wait(alone));
  });
});
