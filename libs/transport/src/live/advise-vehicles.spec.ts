import { expect, it } from '@jest/globals';
import type { TripPrediction } from '../realtime/contract.js';
import { type AdviceInputs, adviseVehicles } from './advise-vehicles.js';
import type { ExpectedBoardings } from './expected-boardings.js';
import type { VehicleState } from './follow-vehicle.js';
import { NOTHING_LEARNT } from './learn-legs.js';
import { listTurns } from './list-turns.js';
import type { PatternHeadways } from './live-headways.js';
import type { OrderedTrip } from './trip-plan.js';
import { twoWayLine } from './two-way-line.fixture.js';

const NOW = 1_767_700_000_000;
const patternOf = (id: string) => twoWayLine.get(id);
const timesOf = (id: string) => patternOf(id)?.times ?? [];
const trip = (vehicle: string, pattern: string, minutes: number): OrderedTrip => ({
  line: 'T',
  pattern,
  vehicle,
  departs_ms: NOW + minutes * 60_000,
});

/** So many minutes later than ordered, as far as it is ahead. */
const expected = (departure: OrderedTrip, lateMinutes: number): TripPrediction => {
  const stops = timesOf(departure.pattern).map(({ stop, offsetS }, call) => ({
    stop_sequence: call + 1,
    stop,
    arrives_ms: departure.departs_ms + lateMinutes * 60_000 + offsetS * 1000,
  }));
  return { departure, ts: NOW, stops: stops.filter(({ arrives_ms }) => arrives_ms >= NOW) };
};

/** On its way to c. */
const stateOf = (driven: OrderedTrip, progressM: number): VehicleState => ({
  report: { vehicle: driven.vehicle, ts: NOW, lat: 0, lon: 0, bearing: 90, speed_mps: 6, trip: null, occupancy: 6 },
  interval_s: 15,
  standing: { since_ms: NOW, positions: 1, lat: 0, lon: 0 },
  trip: {
    trip: driven,
    since_ms: NOW,
    isOrdered: true,
    memory: undefined,
    learnt: NOTHING_LEARNT,
    isDone: false,
    matched: {
      kind: 'matched',
      progressM,
      offM: 0,
      nextStop: 2,
      atStop: false,
      memory: { ts: NOW, point: { x: 0, y: 0 }, beliefs: [], progressM },
    },
  },
});

const [late, behind] = [trip('late', 'T-out', -19), trip('behind', 'T-out', -4)];
const [back, next, before] = [trip('late', 'T-back', 0), trip('next', 'T-back', 20), trip('before', 'T-back', -15)];
const headways: PatternHeadways = {
  pattern: 'T-out',
  line: 'T',
  gaps: [],
  front: new Map(),
  target_s: 600,
  control: {
    pattern: 'T-out',
    vehicles: [
      { vehicle: 'late', progressM: 2_350, nextStop: 2, departs_ms: NOW, aboard: 6, capacity: 40 },
      { vehicle: 'behind', progressM: 1_250, nextStop: 2, departs_ms: NOW, aboard: 6, capacity: 40 },
    ],
    target_s: 600,
    paceMps: 6,
    lastStop: 5,
    hasBay: () => false,
  },
};
/** Thirty people board each trip back at every stop, one each trip out. */
const boardings: ExpectedBoardings = {
  origin_ms: NOW,
  slotMs: 60_000,
  trips: new Map(
    ['T-out', 'T-back'].map((pattern) => [
      pattern,
      new Map(
        [late, behind, back, next, before]
          .filter((one) => one.pattern === pattern)
          .map(({ departs_ms }) => [
            departs_ms,
            new Map(timesOf(pattern).map(({ stop }) => [`${stop} 0`, pattern === 'T-back' ? 30 : 1])),
          ]),
      ),
    ]),
  ),
};
const inputs: AdviceInputs = {
  before: [],
  headways: [headways],
  states: [stateOf(late, 2_350), stateOf(behind, 1_250)],
  predictions: [expected(late, 12), expected(back, 12), expected(behind, 0), expected(next, 0)],
  orders: [late, behind, back, next, before],
  patternOf,
  fleet: new Map([['late', 40], ['behind', 40]]), // prettier-ignore
  // The one before left d' nine minutes ago: call 2 of the way back.
  lastLeft: new Map(timesOf('T-back').map((_, call) => [`T-back ${call}`, NOW - 9 * 60_000])),
  boardings,
  turnsOf: (pattern) => listTurns(twoWayLine).get(pattern) ?? [],
  baysOf: () => undefined,
  stopName: (stop) => `Stop ${stop}`,
  now: NOW,
};
const turnOf = (changes: Partial<AdviceInputs> = {}) =>
  adviseVehicles({ ...inputs, ...changes }).find(({ action }) => action === 'short_turn');

it('turns a late vehicle by what is predicted of its line, and names stops as people do', () => {
  const turn = turnOf();
  expect(turn).toMatchObject({ vehicle: 'late', action: 'short_turn' });
  expect(turn?.reason).toMatch(/^It is 12\.0 min late, .* at Stop \w' /);
  expect(turn?.reason).toContain('behind takes its');
});

it('turns nobody without a plan, without a way back, or when the next vehicle has no room', () => {
  expect(turnOf({ boardings: undefined })).toBeUndefined();
  expect(turnOf({ turnsOf: () => [] })).toBeUndefined();
  expect(turnOf({ fleet: new Map([['late', 40], ['behind', 8]]) })).toBeUndefined(); // prettier-ignore
});

it('takes a turn back when it does not stand any more', () => {
  const turn = turnOf();
  if (!turn) throw new Error('It turns.');
  const after = adviseVehicles({ ...inputs, before: [turn], boardings: undefined });
  expect(after).toContainEqual(expect.objectContaining({ vehicle: 'late', action: 'go', stop: turn.stop }));
});
