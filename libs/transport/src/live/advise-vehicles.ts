import type { TripPrediction } from '../realtime/contract.js';
import { boundHolds } from './bound-holds.js';
import type { ExpectedBoardings } from './expected-boardings.js';
import type { VehicleState } from './follow-vehicle.js';
import {
  adviseHeadways,
  type HeadwayAdvice,
  type HeadwayPattern,
  headwaysOf,
  isBunched,
  releaseAdvice,
} from './headways.js';
import { legName, listLineCalls, listRates } from './line-calls.js';
import type { Turn } from './list-turns.js';
import type { PatternHeadways } from './live-headways.js';
import { delayOf } from './live-vehicle.js';
import { adviseShortTurn } from './short-turn.js';
import { type LivePattern, type OrderedTrip, tripName } from './trip-plan.js';

export interface AdviceInputs {
  /** What was advised the last time. */
  readonly before: readonly HeadwayAdvice[];
  readonly headways: readonly PatternHeadways[];
  /** Vehicles heard lately. */
  readonly states: readonly VehicleState[];
  readonly predictions: readonly TripPrediction[];
  readonly orders: readonly OrderedTrip[];
  readonly patternOf: (pattern: string) => LivePattern | undefined;
  readonly fleet: ReadonlyMap<string, number>;
  /** When a vehicle last left each stop of a pattern: `<pattern> <stop>`. */
  readonly lastLeft: ReadonlyMap<string, number>;
  readonly boardings: ExpectedBoardings | undefined;
  readonly turnsOf: (pattern: string) => readonly Turn[];
  readonly baysOf: (stop: string) => number | undefined;
  readonly stopName: (stop: string) => string;
  readonly now: number;
}

/** Of every vehicle one piece of advice at most: to turn back, else to skip a stop or to hold, as far as the bays go; what stood and stands no more is taken back. */
export const adviseVehicles = (inputs: AdviceInputs): readonly HeadwayAdvice[] => {
  const { before, headways, states, baysOf, patternOf, now } = inputs;
  const driven = new Map(states.flatMap((state) => (state.trip?.matched ? [[state.report.vehicle, state.trip]] : [])));
  const stopOf = ({ vehicle, stop }: HeadwayAdvice): string =>
    patternOf(driven.get(vehicle)?.trip.pattern ?? '')?.path.stops[stop]?.stop ?? '';
  const standing = new Map<string, Set<string>>();
  for (const [vehicle, { trip, matched }] of driven) {
    const stop = matched?.atStop === true ? patternOf(trip.pattern)?.path.stops[matched.nextStop]?.stop : undefined;
    if (stop !== undefined) standing.set(stop, (standing.get(stop) ?? new Set()).add(vehicle));
  }
  const all = headways.flatMap(({ line, control }) =>
    control ? adviseHeadways({ ...control, turns: adviseTurns(inputs, line, control) }, now) : [],
  );
  const advice = boundHolds(all, { baysOf, stopOf, standing, before, now });
  const nextStop = new Map([...driven].map(([vehicle, { matched }]) => [vehicle, matched?.nextStop ?? 0]));
  return steady(before, [...advice, ...releaseAdvice(before, advice, nextStop, now)], now);
};

/** Vehicles of a pattern that had better turn back. */
const adviseTurns = (
  inputs: AdviceInputs,
  line: string,
  control: HeadwayPattern,
): ReadonlyMap<string, HeadwayAdvice> => {
  const { boardings, orders, predictions, patternOf, lastLeft, fleet, stopName, now } = inputs;
  const turns = inputs.turnsOf(control.pattern);
  // Whether turning costs people less nobody knows who does not know how many come.
  if (turns.length === 0 || !boardings) return new Map();
  const ofLine = orders.filter((trip) => trip.line === line);
  const expected = predictions.filter(({ departure }) => departure.line === line);
  const calls = listLineCalls({ predictions: expected, orders: ofLine, patternOf, now });
  const rates = listRates(ofLine, boardings, patternOf);
  const left = lastLeftByLeg(lastLeft, line, patternOf);
  const aboard = new Map(inputs.states.map(({ report }) => [report.vehicle, report.occupancy ?? undefined]));
  const advised = headwaysOf(control).flatMap(({ vehicle, ahead_s }): readonly HeadwayAdvice[] => {
    const own = expected.filter(({ departure }) => departure.vehicle === vehicle.vehicle);
    const [current, next] = own.map((prediction) => ({
      prediction,
      trip: `${vehicle.vehicle} ${tripName(prediction.departure)}`,
    }));
    const live = patternOf(control.pattern);
    const delay_s = current && live && delayOf(current.prediction, live);
    if (!current || delay_s === undefined || current.prediction.departure.pattern !== control.pattern) return [];
    const turn = adviseShortTurn({
      vehicle: vehicle.vehicle,
      trip: current.trip,
      pattern: control.pattern,
      nextStop: vehicle.nextStop,
      delay_s,
      aboard: vehicle.aboard,
      isBunched: isBunched(vehicle, ahead_s, control.target_s),
      turns,
      ...(next && {
        next: {
          trip: next.trip,
          pattern: next.prediction.departure.pattern,
          departs_ms: next.prediction.departure.departs_ms,
        },
      }),
      patternOf,
      calls,
      lastLeft: (leg) => left.get(leg),
      rates,
      target_s: control.target_s,
      roomOf: (other) => {
        const [places, people] = [fleet.get(other), aboard.get(other)];
        return places === undefined || people === undefined ? undefined : places - people;
      },
      stopName,
      isTold: inputs.before.some((one) => one.vehicle === vehicle.vehicle && one.action === 'short_turn'),
      now,
    });
    return turn ? [turn] : [];
  });
  return new Map(advised.map((one) => [one.vehicle, one]));
};

/** When the last vehicle of a line left on each way out of a stop, whatever pattern it drove. */
const lastLeftByLeg = (
  lastLeft: ReadonlyMap<string, number>,
  line: string,
  patternOf: AdviceInputs['patternOf'],
): ReadonlyMap<string, number> => {
  const left = new Map<string, number>();
  for (const [key, at] of lastLeft) {
    const space = key.lastIndexOf(' ');
    const live = patternOf(key.slice(0, space));
    const leg = live?.path.line === line ? legName(live.times, Number(key.slice(space + 1))) : undefined;
    if (leg !== undefined) left.set(leg, Math.max(at, left.get(leg) ?? 0));
  }
  return left;
};

/** A hold at the same stop that is still running stands as it was told: a driver is not to hear another second each time. `go` is said once. */
const steady = (
  before: readonly HeadwayAdvice[],
  after: readonly HeadwayAdvice[],
  now: number,
): readonly HeadwayAdvice[] => {
  const told = new Map(before.map((one) => [one.vehicle, one]));
  return after.map((one) => {
    const last = told.get(one.vehicle);
    const isStanding = last?.action === one.action && last.stop === one.stop && (last.until_ms ?? Infinity) > now;
    return isStanding ? last : one;
  });
};
