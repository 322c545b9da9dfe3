import { describe, expect, it } from '@jest/globals';
import type { TripPrediction } from '../realtime/contract.js';
import { legName, listLineCalls, listRates } from './line-calls.js';
import { listTurns } from './list-turns.js';
import { adviseShortTurn, type TurnInputs } from './short-turn.js';
import type { OrderedTrip } from './trip-plan.js';
import { twoWayLine } from './two-way-line.fixture.js';

const NOW = 1_767_700_000_000;
const patternOf = (id: string) => twoWayLine.get(id);
const timesOf = (id: string) => patternOf(id)?.times ?? [];

/** A trip that leaves so many minutes from now, as far as it is still ahead. */
const drive = (vehicle: string, pattern: string, minutes: number): TripPrediction => {
  const departs_ms = NOW + minutes * 60_000;
  const stops = timesOf(pattern).map(({ stop, offsetS }, call) => ({
    stop_sequence: call + 1,
    stop,
    arrives_ms: departs_ms + offsetS * 1000,
  }));
  return {
    departure: { line: 'T', pattern, vehicle, departs_ms },
    ts: NOW,
    stops: stops.filter(({ arrives_ms }) => arrives_ms >= NOW),
  };
};
const tripOf = ({ departure: { vehicle, pattern, departs_ms } }: TripPrediction) =>
  `${vehicle} ${pattern}@${departs_ms}`;

/**
 * Ten minutes between buses. `late` is near c, twelve minutes late, and its next trip from f would be so too; the one behind it comes in three minutes. On the
 * way back the last bus passed nine minutes ago, and the next after it is `late`.
 */
const out = drive('late', 'T-out', -7);
const later = drive('late', 'T-back', 12);
const behind = drive('behind', 'T-out', -4);
const next = drive('next', 'T-back', 20);
const picture = {
  vehicle: 'late',
  trip: tripOf(out),
  pattern: 'T-out',
  nextStop: 2,
  delay_s: 720,
  aboard: 6,
  isBunched: false,
  turns: listTurns(twoWayLine).get('T-out') ?? [],
  next: { trip: tripOf(later), pattern: 'T-back', departs_ms: NOW },
  patternOf,
  calls: listLineCalls({ predictions: [out, later, behind, next], orders: [], patternOf, now: NOW }),
  lastLeft: () => NOW - 9 * 60_000,
  // Many wait for the way back, few for the end of the way out.
  rates: new Map([
    ...timesOf('T-back').flatMap((_, call) => entry(legName(timesOf('T-back'), call), 0.05)),
    ...timesOf('T-out').flatMap((_, call) => entry(legName(timesOf('T-out'), call), 0.002)),
  ]),
  target_s: 600,
  roomOf: () => 20,
  isTold: false,
  now: NOW,
} satisfies TurnInputs;
function entry(leg: string | undefined, rate: number): readonly (readonly [string, number])[] {
  return leg === undefined ? [] : [[leg, rate]];
}
const advise = (changes: Partial<TurnInputs> = {}) => adviseShortTurn({ ...picture, ...changes });

describe('adviseShortTurn', () => {
  it('turns a late bus where the other direction waits for it, and says why', () => {
    const advice = advise();
    expect(advice).toMatchObject({ vehicle: 'late', action: 'short_turn' });
    expect(advice?.stop).toBeGreaterThanOrEqual(2);
    expect(advice?.stop).toBeLessThan(5);
    expect(advice?.reason).toMatch(
      /^It is 12\.0 min late, and the other direction has a gap of [\d.]+ min at \w' where 10\.0 min are planned: turned there it leaves [\d.]+ min after the one before, and behind takes its \d+ passengers on 3\.0 min later, \d+ passenger minutes less than going on\.$/,
    );
  });

  it('counts the minutes that all who come wait until somebody takes them', () => {
    // One person every twenty seconds at c'. It leaves there in 100 s instead of 1,365; the last bus left 540 s ago, the next comes in 1,845 s, and one more 600 s later.
    const squares = (540 + 1_365) ** 2 + (1_845 - 1_365) ** 2 - ((540 + 100) ** 2 + (1_845 - 100) ** 2);
    const minutes = Math.round((0.05 * squares) / 2 / 60);
    const turns = picture.turns.filter(({ call, onto }) => call === 2 && onto === 'T-short');
    const advice = advise({ turns, aboard: 0, rates: new Map([["c' > b'", 0.05]]) });
    expect(advice).toMatchObject({ stop: 2, onto: 'T-short' });
    expect(advice?.reason).toContain(`, ${minutes} passenger minutes less than going on.`);
    // Six aboard wait three minutes each for the next one.
    const full = advise({ turns, aboard: 6, rates: new Map([["c' > b'", 0.05]]) });
    expect(full?.reason).toContain(`, ${minutes - 18} passenger minutes less than going on.`);
  });

  it('leaves a bus alone that is on time, unless it runs empty right behind another', () => {
    expect(advise({ delay_s: 120 })).toBeUndefined();
    expect(advise({ delay_s: 120, isBunched: true })).toMatchObject({ action: 'short_turn' });
  });

  it('strands nobody: who is aboard has the next bus within five minutes, with room, all the way', () => {
    const callsWith = (...predictions: readonly TripPrediction[]) =>
      listLineCalls({ predictions: [out, later, next, ...predictions], orders: [], patternOf, now: NOW });
    expect(advise({ calls: callsWith(drive('behind', 'T-out', 1)) })).toBeUndefined();
    // Empty at the stop ahead it may turn there whenever the next one comes.
    const far = { calls: callsWith(drive('behind', 'T-out', 1)), rates: new Map([["c' > b'", 0.05]]) };
    expect(advise(far)).toBeUndefined();
    const empty = advise({ ...far, aboard: 0 });
    expect(empty).toMatchObject({ stop: 2 });
    expect(empty?.reason).not.toContain('passengers on');
    expect(advise({ roomOf: () => 5 })).toBeUndefined();
    expect(advise({ roomOf: () => undefined })).toBeUndefined();
    expect(advise({ calls: callsWith() })).toBeUndefined();
    const short = drive('behind', 'T-out', -4);
    expect(advise({ calls: callsWith({ ...short, stops: short.stops.slice(0, -2) }) })).toBeUndefined();
  });

  it('turns nobody of whom it is not known how many are aboard', () => {
    expect(advise({ aboard: undefined })).toBeUndefined();
  });

  it('goes on where more people wait ahead than on the way back', () => {
    const rates = new Map([...picture.rates.keys()].map((leg) => [leg, leg.includes("'") ? 0.002 : 0.1]));
    expect(advise({ rates })).toBeUndefined();
    expect(advise({ rates: new Map() })).toBeUndefined();
  });

  it('goes on where the other direction has no gap', () => {
    const many = [-8, -2, 4, 10].map((minutes) => drive(`other${minutes}`, 'T-back', minutes));
    const calls = listLineCalls({ predictions: [out, later, behind, next, ...many], orders: [], patternOf, now: NOW });
    expect(advise({ calls })).toBeUndefined();
  });

  it('does not begin its next trip before its time', () => {
    const due = { ...picture.next, departs_ms: NOW + 12 * 60_000 };
    // As late as its next trip is, turning brings nothing: it would only wait at the turn.
    expect(advise({ next: due })).toBeUndefined();
  });

  it('lets what was said stand for less', () => {
    const scaled = (factor: number) => new Map([...picture.rates].map(([leg, rate]) => [leg, rate * factor]));
    const factors = Array.from({ length: 100 }, (_, index) => 0.002 * (index + 1));
    const begins = factors.find((factor) => advise({ rates: scaled(factor), aboard: 0 }));
    const stands = factors.find((factor) => advise({ rates: scaled(factor), aboard: 0, isTold: true }));
    expect(stands).toBeLessThan(begins ?? 0);
  });
});

describe('listRates', () => {
  it('are people a second, by what plans expect and how far the calls are apart', () => {
    const order = (minutes: number): OrderedTrip => ({
      line: 'T',
      pattern: 'T-out',
      vehicle: `bus${minutes}`,
      departs_ms: NOW + minutes * 60_000,
    });
    const calls = new Map([['b 0', 12]]);
    const slots = [0, 10, 20].map((minutes) => [NOW + minutes * 60_000, calls] as const);
    const boardings = { origin_ms: NOW, slotMs: 300_000, trips: new Map([['T-out', new Map(slots)]]) };
    // Twelve people every ten minutes.
    const rates = listRates([order(0), order(10), order(20)], boardings, patternOf);
    expect([...rates]).toEqual([['b > c', 0.02]]);
    expect(listRates([order(0)], boardings, patternOf).size).toBe(0);
  });
});
