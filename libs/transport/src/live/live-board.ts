import { HOUR_MS, MINUTE_MS } from '#libs/kernel';
import type { TripPrediction } from '../realtime/contract.js';
import { adviseVehicles } from './advise-vehicles.js';
import { BandScale } from './band-scale.js';
import { boardingsAt, type ExpectedBoardings } from './expected-boardings.js';
import { type FollowContext, followVehicle, type PositionReport, type VehicleState } from './follow-vehicle.js';
import type { HeadwayAdvice } from './headways.js';
import { type Duration, LegTimes, type LegTimesDocument } from './leg-times.js';
import type { Turn } from './list-turns.js';
import { listHeadways, type PatternHeadways } from './live-headways.js';
import type { LiveDeparture, LivePicture } from './live-picture.js';
import { liveVehicle } from './live-vehicle.js';
import { STALE_MS } from './match-position.js';
import type { Passage } from './passages.js';
import { predictArrivals, type TripProgress } from './predict-arrivals.js';
import { type PredictionOutcome, PromiseBook } from './promise-book.js';
import { boardingTime, type LivePattern, type OrderedTrip, tripName } from './trip-plan.js';
import {
  type DueTrip,
  lastingWatches,
  type VehicleWatch,
  type WatchedVehicle,
  watchVehicles,
} from './watch-vehicles.js';

export interface BoardOptions {
  /** Vehicles of the fleet, with how many people each may carry. */
  readonly fleet: ReadonlyMap<string, number>;
  readonly patternOf: (pattern: string) => LivePattern | undefined;
  /** Hour of the civil day of an instant. */
  readonly hourOf: (ms: number) => number;
  /** Least time from the end of a trip until the next, s. */
  readonly layoverS: number;
  readonly deadheadS?: (from: string, to: string) => number;
  /** Vehicles that may be held at a stop at the same time; undefined, or absent: as many as come. */
  readonly baysOf?: (stop: string) => number | undefined;
  /** Where vehicles of a pattern may turn back. Absent: nowhere. */
  readonly turnsOf?: (pattern: string) => readonly Turn[];
  /** For people; absent: its id. */
  readonly stopName?: (stop: string) => string;
  /** Seconds that each person takes to board a vehicle. Absent: those of any bus. */
  readonly boardingS?: (vehicle: string) => number | undefined;
  readonly learnt?: BoardMemory;
}

/** What a board has learnt, to go on with after a restart. */
export interface BoardMemory {
  readonly legs: LegTimesDocument;
  readonly bands: readonly number[];
}

export interface BoardMoment {
  readonly now: number;
  /** Event seconds in a wall second. */
  readonly speed: number;
  /** Trips of all vehicles that left in the last hours and that are ahead, in time order. */
  readonly orders: readonly OrderedTrip[];
  /** Whom plans expect to board. Absent: nobody knows. */
  readonly boardings?: ExpectedBoardings | undefined;
}

export interface BoardUpdate {
  readonly picture: LivePicture;
  readonly outcomes: readonly PredictionOutcome[];
}

const MOST_VEHICLES = 2_000;
/** A vehicle that was not heard for so long is taken off the board. */
const FORGET_MS = 2 * HOUR_MS;
const KEEP_DEPARTURES_MS = HOUR_MS;
const MOST_DEPARTURES = 5_000;
/** Later trips of a vehicle that are predicted. */
const TRIPS_AHEAD = 1;
const HORIZON_MS = 90 * MINUTE_MS;
const CLOCK_SLACK_WALL_MS = 5_000;

/** The live picture of all vehicles: takes their positions in, and says what they come to. All that it remembers is bounded. */
export class LiveBoard {
  readonly legTimes: LegTimes;
  private readonly bands: BandScale;
  private readonly states = new Map<string, VehicleState>();
  private readonly promises: PromiseBook;
  private orders: ReadonlyMap<string, readonly OrderedTrip[]> = new Map();
  private boardings: ExpectedBoardings | undefined;
  private watches: readonly VehicleWatch[] = [];
  private advice: readonly HeadwayAdvice[] = [];
  private departures = new Map<string, LiveDeparture>();
  private lastArrivals = new Map<string, number>();
  /** When a vehicle last left each stop of a pattern: `<pattern> <stop>`. */
  private lastLeft = new Map<string, number>();
  private listening_ms: number | undefined;

  constructor(private readonly options: BoardOptions) {
    this.legTimes = new LegTimes(options.learnt?.legs);
    this.bands = new BandScale(options.learnt?.bands);
    this.promises = new PromiseBook(this.bands);
  }

  get memory(): BoardMemory {
    return { legs: this.legTimes.document, bands: this.bands.document };
  }

  /** Takes positions in, in time order, and makes the picture. */
  advance(reports: readonly PositionReport[], { now, speed, orders, boardings }: BoardMoment): BoardUpdate {
    this.listening_ms ??= now;
    this.boardings = boardings;
    this.orders = groupOrders(orders);
    const aheadMs = Math.max(MINUTE_MS, CLOCK_SLACK_WALL_MS * speed);
    for (const report of reports) this.take(report, { now, aheadMs });
    this.forget(now);
    const predictions = this.predict(now);
    const headways = this.headways(now);
    this.watch(now, headways);
    this.advice = this.advise(now, predictions, headways);
    return { picture: this.picture(now, predictions, headways), outcomes: this.promises.takeOutcomes() };
  }

  private take(report: PositionReport, { now, aheadMs }: Pick<FollowContext, 'now' | 'aheadMs'>): void {
    const { patternOf, hourOf } = this.options;
    const before = this.states.get(report.vehicle);
    if (!before && this.states.size >= MOST_VEHICLES) return;
    const { state, passages } = followVehicle(before, report, {
      now,
      aheadMs,
      orders: this.orders.get(report.vehicle) ?? [],
      patternOf,
      legTimes: this.legTimes,
      hourOf,
      boardingAt: this.boardingAt,
    });
    if (!state) return;
    this.states.set(report.vehicle, state);
    this.note(state, before, passages);
  }

  private readonly boardingAt = (trip: OrderedTrip, call: number): Duration | undefined => {
    const times = this.options.patternOf(trip.pattern)?.times;
    const people = this.boardings && times && boardingsAt(this.boardings, trip, times, call);
    return people === undefined ? undefined : boardingTime(people, this.options.boardingS?.(trip.vehicle));
  };

  /** Writes down departures and arrivals, and judges what was predicted. */
  private note(state: VehicleState, before: VehicleState | undefined, passages: readonly Passage[]): void {
    const { trip: driven } = state;
    if (!driven) return;
    const { line, pattern, departs_ms, vehicle } = driven.trip;
    const key = `${vehicle} ${tripName(driven.trip)}`;
    if (driven.left_ms !== undefined && !this.departures.has(key))
      this.departures.set(key, { line, pattern, vehicle, planned_ms: departs_ms, actual_ms: driven.left_ms });
    if (driven.isDone && before?.trip?.isDone !== true) this.lastArrivals.set(pattern, state.report.ts);
    for (const { kind, stop, at_ms } of passages)
      if (kind === 'departure') this.lastLeft.set(`${pattern} ${stop}`, at_ms);
    this.promises.judge(driven.trip, passages);
  }

  private forget(now: number): void {
    for (const [vehicle, { report }] of this.states) {
      if (report.ts >= now - FORGET_MS) continue;
      this.states.delete(vehicle);
      this.promises.forget(vehicle);
    }
    for (const [key, { planned_ms }] of this.departures)
      if (planned_ms < now - KEEP_DEPARTURES_MS - HOUR_MS || this.departures.size > MOST_DEPARTURES)
        this.departures.delete(key);
    for (const known of [this.lastArrivals, this.lastLeft])
      for (const [key, at] of known) if (at < now - HOUR_MS) known.delete(key);
  }

  private predict(now: number): readonly TripPrediction[] {
    const predictions: TripPrediction[] = [];
    for (const [vehicle, orders] of this.orders) {
      const state = this.states.get(vehicle);
      if (!state || !isFresh(state, now) || !this.options.fleet.has(vehicle)) continue;
      const driven = state.trip?.isDone === false && !state.trip.off ? state.trip : undefined;
      const progress = driven && progressOf(state);
      const later = orders
        .filter(
          ({ departs_ms }) =>
            departs_ms > (state.trip?.trip.departs_ms ?? now - MINUTE_MS) && departs_ms <= now + HORIZON_MS,
        )
        .slice(0, TRIPS_AHEAD);
      const made = predictArrivals({
        progress,
        trips: progress ? [driven.trip, ...later] : later,
        patternOf: this.options.patternOf,
        legTimes: this.legTimes,
        bands: this.bands,
        hourOf: this.options.hourOf,
        now,
        layoverS: this.options.layoverS,
        boardingAt: this.boardingAt,
        ...(this.options.deadheadS && { deadheadS: this.options.deadheadS }),
      });
      predictions.push(...made);
      const [current] = made;
      if (progress && current) this.promises.promise(current);
    }
    return predictions;
  }

  private fresh(now: number): readonly VehicleState[] {
    return [...this.states.values()].filter((state) => isFresh(state, now));
  }

  private headways(now: number): readonly PatternHeadways[] {
    const { patternOf, fleet, baysOf = anyBays } = this.options;
    return listHeadways({
      states: this.fresh(now),
      orders: [...this.orders.values()].flat(),
      patternOf,
      fleet,
      lastLeft: this.lastLeft,
      lastArrivals: this.lastArrivals,
      hasBay: (stop) => baysOf(stop) !== undefined,
      now,
    });
  }

  private advise(
    now: number,
    predictions: readonly TripPrediction[],
    headways: readonly PatternHeadways[],
  ): readonly HeadwayAdvice[] {
    const { patternOf, fleet, baysOf = anyBays, turnsOf = () => [], stopName = (stop) => stop } = this.options;
    return adviseVehicles({
      before: this.advice,
      headways,
      states: this.fresh(now),
      predictions,
      orders: [...this.orders.values()].flat(),
      patternOf,
      fleet,
      lastLeft: this.lastLeft,
      boardings: this.boardings,
      turnsOf,
      baysOf,
      stopName,
      now,
    });
  }

  private watch(now: number, headways: readonly PatternHeadways[]): void {
    const gaps = new Map(
      headways.flatMap(({ control, gaps: all, front }) =>
        all.flatMap(({ vehicle, ahead_s }) => {
          const before = front.get(vehicle);
          return control && before !== undefined
            ? [[vehicle, { ahead_s, target_s: control.target_s, front: before }] as const]
            : [];
        }),
      ),
    );
    this.watches = watchVehicles(this.watches, {
      now,
      vehicles: [...this.states.values()].map((state) => this.watched(state, now, gaps.get(state.report.vehicle))),
      due: this.dueTrips(now),
      listening_ms: this.listening_ms ?? now,
    });
  }

  private watched(state: VehicleState, now: number, headway: WatchedVehicle['headway']): WatchedVehicle {
    const { report, interval_s, standing, trip } = state;
    const driven = trip?.isDone === false ? trip : undefined;
    const orders = this.orders.get(report.vehicle) ?? [];
    const due = orders.filter(({ departs_ms }) => departs_ms <= now).at(-1);
    const last = driven && this.options.patternOf(driven.trip.pattern)?.path.stops.length;
    const stop = driven?.matched?.nextStop;
    return {
      vehicle: report.vehicle,
      isKnown: this.options.fleet.has(report.vehicle),
      heard_ms: report.ts,
      interval_s,
      standing,
      ...(driven && {
        trip: {
          line: driven.trip.line,
          since_ms: driven.since_ms,
          isOrdered: driven.isOrdered,
          ...(!driven.isOrdered && due && { orderedLine: due.line }),
        },
      }),
      ...(driven?.off && { off: driven.off }),
      ...(driven?.matched?.atStop && { atStop: { isTerminal: stop === 0 || stop === (last ?? 0) - 1 } }),
      ...(headway && { headway }),
    };
  }

  /** Of each vehicle the last trip that it was told to have left on. */
  private dueTrips(now: number): readonly DueTrip[] {
    return [...this.orders].flatMap(([vehicle, orders]): readonly DueTrip[] => {
      const due = orders.filter(({ departs_ms }) => departs_ms <= now).at(-1);
      const durationS = due && this.options.patternOf(due.pattern)?.times.at(-1)?.offsetS;
      return due && durationS !== undefined && this.options.fleet.has(vehicle)
        ? [{ vehicle, line: due.line, departs_ms: due.departs_ms, ends_ms: due.departs_ms + durationS * 1000 }]
        : [];
    });
  }

  private picture(
    now: number,
    predictions: readonly TripPrediction[],
    headways: readonly PatternHeadways[],
  ): LivePicture {
    const troubles = lastingWatches(this.watches, now);
    const advice = new Map(this.advice.map((one) => [one.vehicle, one]));
    const expected = new Map(predictions.map((one) => [`${one.departure.vehicle} ${tripName(one.departure)}`, one]));
    return {
      at_ms: now,
      vehicles: [...this.states.values()].map((state) => {
        const { vehicle } = state.report;
        const prediction = state.trip && expected.get(`${vehicle} ${tripName(state.trip.trip)}`);
        const own = troubles.flatMap(({ vehicle: whose, ...trouble }) => (whose === vehicle ? [trouble] : []));
        const pattern = state.trip && this.options.patternOf(state.trip.trip.pattern);
        return liveVehicle(state, pattern, { troubles: own, prediction, advice: advice.get(vehicle) });
      }),
      predictions,
      headways: headways.map(({ pattern, line, gaps, target_s }) => ({
        pattern,
        line,
        gaps,
        ...(target_s !== undefined && { target_s: Math.round(target_s) }),
      })),
      departures: this.departuresOfHour(now),
      missing: troubles.filter(({ trouble }) => trouble === 'missing'),
    };
  }

  /** What was planned for the last hour, and when it left. */
  private departuresOfHour(now: number): readonly LiveDeparture[] {
    const planned = [...this.orders.values()].flat().flatMap((trip): readonly LiveDeparture[] => {
      const { line, pattern, vehicle, departs_ms } = trip;
      if (departs_ms > now || departs_ms <= now - KEEP_DEPARTURES_MS) return [];
      const seen = this.departures.get(`${vehicle} ${tripName(trip)}`);
      return [seen ?? { line, pattern, vehicle, planned_ms: departs_ms }];
    });
    return planned.sort((a, b) => a.planned_ms - b.planned_ms).slice(-MOST_DEPARTURES);
  }
}

const anyBays = (): undefined => undefined;

/** Heard lately, as often as its positions come. */
const isFresh = ({ report, interval_s }: VehicleState, now: number): boolean =>
  report.ts >= now - Math.max(STALE_MS, 5_000 * interval_s);

const groupOrders = (orders: readonly OrderedTrip[]): ReadonlyMap<string, readonly OrderedTrip[]> => {
  const groups = new Map<string, OrderedTrip[]>();
  for (const trip of orders.toSorted((a, b) => a.departs_ms - b.departs_ms)) {
    const group = groups.get(trip.vehicle);
    if (group) group.push(trip);
    else groups.set(trip.vehicle, [trip]);
  }
  return groups;
};

const progressOf = ({ trip, report }: VehicleState): TripProgress | undefined =>
  trip?.matched && {
    ts: report.ts,
    progressM: trip.matched.progressM,
    nextStop: trip.matched.nextStop,
    atStop: trip.matched.atStop,
    ...(trip.stoppedAt !== undefined && { stoppedAt: trip.stoppedAt }),
    pace: trip.learnt.pace,
  };
