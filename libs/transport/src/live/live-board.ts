import { HOUR_MS, MINUTE_MS } from '#libs/kernel';
import type { TripPrediction } from '../realtime/contract.js';
import { BandScale, leadGroup } from './band-scale.js';
import { type FollowContext, followVehicle, type PositionReport, type VehicleState } from './follow-vehicle.js';
import {
  adviseHeadways,
  type HeadwayAdvice,
  headwaysOf,
  type HeadwayPattern,
  type HeadwayVehicle,
  releaseHolds,
} from './headways.js';
import { LegTimes, type LegTimesDocument } from './leg-times.js';
import type { LiveDeparture, LivePicture, LiveVehicle, TroubleWords } from './live-picture.js';
import { STALE_MS } from './match-position.js';
import type { Passage } from './passages.js';
import { predictArrivals, type TripProgress } from './predict-arrivals.js';
import { type LivePattern, type OrderedTrip, scheduledPace, tripName } from './trip-plan.js';
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
}

/** How an arrival was predicted, and how it was. */
export interface PredictionOutcome {
  readonly line: string;
  readonly lead_s: number;
  /** Actual minus predicted, s. */
  readonly error_s: number;
  readonly isInside: boolean;
}

export interface BoardUpdate {
  readonly picture: LivePicture;
  readonly outcomes: readonly PredictionOutcome[];
}

/** One vehicle's predictions of its trip, the first of each lead time: to be judged when it arrives. */
interface Promised {
  readonly trip: string;
  readonly stops: Map<
    string,
    { readonly lead_s: number; readonly arrives_ms: number; readonly low_ms: number; readonly high_ms: number }
  >;
}

const MOST_VEHICLES = 2_000;
/** A vehicle that was not heard for so long is taken off the board. */
const FORGET_MS = 2 * HOUR_MS;
const KEEP_DEPARTURES_MS = HOUR_MS;
const MOST_DEPARTURES = 5_000;
/** Later trips of a vehicle that are predicted. */
const TRIPS_AHEAD = 1;
const HORIZON_MS = 90 * MINUTE_MS;
/** Orders that tell the planned headway. */
const HEADWAY_WINDOW = { before: 45 * MINUTE_MS, after: 30 * MINUTE_MS };
/** Positions must come so many times in a headway before anybody is told what to do about it. */
const FIXES_PER_HEADWAY = 8;
/** An arrival is known well enough to judge a prediction within this share of its lead time, or these ms. */
const SHARP = { share: 0.2, least_ms: 30_000 };
const CLOCK_SLACK_WALL_MS = 5_000;

/** The live picture of all vehicles: takes their positions in, and says what they come to. All that it remembers is bounded. */
export class LiveBoard {
  readonly legTimes: LegTimes;
  private readonly bands: BandScale;
  private readonly states = new Map<string, VehicleState>();
  private readonly promised = new Map<string, Promised>();
  private orders: ReadonlyMap<string, readonly OrderedTrip[]> = new Map();
  private watches: readonly VehicleWatch[] = [];
  private advice: readonly HeadwayAdvice[] = [];
  private departures = new Map<string, LiveDeparture>();
  private lastArrivals = new Map<string, number>();
  /** When a vehicle last left each stop of a pattern: `<pattern> <stop>`. */
  private lastLeft = new Map<string, number>();
  private outcomes: PredictionOutcome[] = [];
  private listening_ms: number | undefined;

  constructor(private readonly options: BoardOptions) {
    this.legTimes = new LegTimes(options.learnt?.legs);
    this.bands = new BandScale(options.learnt?.bands);
  }

  get memory(): BoardMemory {
    return { legs: this.legTimes.document, bands: this.bands.document };
  }

  /** Takes positions in, in time order, and makes the picture. */
  advance(reports: readonly PositionReport[], { now, speed, orders }: BoardMoment): BoardUpdate {
    this.listening_ms ??= now;
    this.orders = groupOrders(orders);
    const aheadMs = Math.max(MINUTE_MS, CLOCK_SLACK_WALL_MS * speed);
    for (const report of reports) this.take(report, { now, aheadMs });
    this.forget(now);
    const predictions = this.predict(now);
    const headways = this.headways(now);
    this.watch(now, headways);
    const advice = headways.flatMap(({ control }) => (control ? adviseHeadways(control, now) : []));
    this.advice = steady(this.advice, [...advice, ...releaseHolds(this.advice, advice, now)], now);
    const outcomes = this.outcomes;
    this.outcomes = [];
    return { picture: this.picture(now, predictions, headways), outcomes };
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
    });
    if (!state) return;
    this.states.set(report.vehicle, state);
    this.note(state, before, passages);
  }

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
    const promised = this.promised.get(vehicle);
    if (promised?.trip !== key) return;
    for (const { kind, stop, at_ms, within_ms } of passages) {
      if (kind !== 'arrival') continue;
      for (const [name, { lead_s, arrives_ms, low_ms, high_ms }] of promised.stops) {
        if (!name.startsWith(`${stop} `)) continue;
        promised.stops.delete(name);
        if (within_ms > Math.max(SHARP.least_ms, SHARP.share * lead_s * 1000)) continue;
        const isInside = low_ms <= at_ms && at_ms <= high_ms;
        this.bands.observe(lead_s, isInside);
        this.outcomes.push({ line, lead_s, error_s: (at_ms - arrives_ms) / 1000, isInside });
      }
    }
  }

  private forget(now: number): void {
    for (const [vehicle, { report }] of this.states) {
      if (report.ts >= now - FORGET_MS) continue;
      this.states.delete(vehicle);
      this.promised.delete(vehicle);
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
        ...(this.options.deadheadS && { deadheadS: this.options.deadheadS }),
      });
      predictions.push(...made);
      const [current] = made;
      if (progress && current) this.promise(vehicle, current);
    }
    return predictions;
  }

  private promise(vehicle: string, { departure, ts, stops }: TripPrediction): void {
    const trip = `${vehicle} ${tripName(departure)}`;
    const known = this.promised.get(vehicle);
    const promised = known?.trip === trip ? known : { trip, stops: new Map() };
    for (const { stop_sequence, arrives_ms, low_ms, high_ms } of stops) {
      const lead_s = (arrives_ms - ts) / 1000;
      const name = `${stop_sequence - 1} ${leadGroup(lead_s)}`;
      if (lead_s <= 0 || low_ms === undefined || high_ms === undefined || promised.stops.has(name)) continue;
      promised.stops.set(name, { lead_s, arrives_ms, low_ms, high_ms });
    }
    this.promised.set(vehicle, promised);
  }

  private headways(now: number): readonly PatternHeadways[] {
    const byPattern = new Map<string, VehicleState[]>();
    for (const state of this.states.values()) {
      const { trip } = state;
      if (!trip?.matched || trip.isDone || trip.off || !isFresh(state, now)) continue;
      const { pattern } = trip.trip;
      byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), state]);
    }
    return [...byPattern].flatMap(([pattern, states]): readonly PatternHeadways[] => {
      const live = this.options.patternOf(pattern);
      return live ? [this.headwaysOn(live, states, now)] : [];
    });
  }

  private headwaysOn(live: LivePattern, states: readonly VehicleState[], now: number): PatternHeadways {
    const { pattern, line, stops } = live.path;
    const planned = [...this.orders.values()]
      .flat()
      .filter((trip) => trip.pattern === pattern)
      .map(({ departs_ms }) => departs_ms)
      .sort((a, b) => a - b);
    const target_s = plannedHeadway(planned, now);
    const next = planned.find((at) => at > now);
    const arrived = this.lastArrivals.get(pattern);
    const control: HeadwayPattern = {
      pattern,
      vehicles: states.map((state) => headwayVehicle(state, this.options.fleet, this.lastLeft)),
      target_s: target_s ?? Infinity,
      paceMps: scheduledPace(live),
      ...(next !== undefined && { nextDeparture_s: (next - now) / 1000 }),
      ...(arrived !== undefined && { lastArrival_s: (now - arrived) / 1000 }),
      lastStop: stops.length - 1,
      hasBay: (stop) => stop === 0,
    };
    const gaps = headwaysOf(control).flatMap(({ vehicle, ahead_s }) =>
      ahead_s === undefined ? [] : [{ vehicle: vehicle.vehicle, ahead_s: Math.round(ahead_s) }],
    );
    const slowest_s = Math.max(...states.map(({ interval_s }) => interval_s));
    const isSeenOften = target_s !== undefined && slowest_s > 0 && slowest_s * FIXES_PER_HEADWAY <= target_s;
    const front = new Map(
      headwaysOf(control).map(({ vehicle }, index, all) => [vehicle.vehicle, all[index - 1]?.vehicle.vehicle]),
    );
    return {
      pattern,
      line,
      gaps,
      front,
      ...(target_s !== undefined && { target_s }),
      ...(isSeenOften && { control }),
    };
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
        const words = troubles.flatMap(({ vehicle: whose, ...trouble }) => (whose === vehicle ? [trouble] : []));
        return this.liveVehicle(state, words, prediction, advice.get(vehicle));
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

  private liveVehicle(
    { report, trip: driven }: VehicleState,
    troubles: readonly TroubleWords[],
    prediction: TripPrediction | undefined,
    advice: HeadwayAdvice | undefined,
  ): LiveVehicle {
    const { vehicle, ts, lat, lon, bearing, speed_mps, occupancy } = report;
    const bare: LiveVehicle = {
      vehicle,
      ts,
      lat,
      lon,
      ...(bearing !== null && { bearing }),
      ...(speed_mps !== null && { speed_mps }),
      ...(occupancy !== null && { occupancy }),
      troubles,
    };
    const pattern = driven && this.options.patternOf(driven.trip.pattern);
    if (!driven || !pattern || driven.isDone) return bare;
    const { line, pattern: name, departs_ms } = driven.trip;
    const stopOf = (index: number): string => pattern.path.stops[index]?.stop ?? '';
    const next = prediction?.stops[0];
    const planned = next && departs_ms + (pattern.times[next.stop_sequence - 1]?.offsetS ?? 0) * 1000;
    const { matched } = driven;
    return {
      ...bare,
      trip: { line, pattern: name, departs_ms, ordered: driven.isOrdered },
      ...(matched && {
        progress_m: Math.round(matched.progressM),
        length_m: Math.round(pattern.path.lengthM),
        off_m: Math.round(driven.off?.offM ?? matched.offM),
        next_stop: { sequence: matched.nextStop + 1, stop: stopOf(matched.nextStop), at_stop: matched.atStop },
      }),
      ...(next && planned !== undefined && { delay_s: Math.round((next.arrives_ms - planned) / 1000) }),
      ...(advice && {
        advice: {
          action: advice.action,
          stop: stopOf(advice.stop),
          reason: advice.reason,
          ...(advice.until_ms !== undefined && { until_ms: advice.until_ms }),
        },
      }),
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

interface PatternHeadways {
  readonly pattern: string;
  readonly line: string;
  readonly gaps: readonly { readonly vehicle: string; readonly ahead_s: number }[];
  /** The vehicle before each one. */
  readonly front: ReadonlyMap<string, string | undefined>;
  readonly target_s?: number;
  /** Absent where positions come too seldom, or nobody planned a headway. */
  readonly control?: HeadwayPattern;
}

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

const headwayVehicle = (
  { report, trip }: VehicleState,
  fleet: ReadonlyMap<string, number>,
  lastLeft: ReadonlyMap<string, number>,
): HeadwayVehicle => {
  const capacity = fleet.get(report.vehicle);
  const { progressM = 0, nextStop = 0, atStop = false } = trip?.matched ?? {};
  const left = atStop ? lastLeft.get(`${trip?.trip.pattern ?? ''} ${nextStop}`) : undefined;
  return {
    vehicle: report.vehicle,
    progressM,
    nextStop,
    departs_ms: report.ts,
    ...(left !== undefined && left < report.ts && { sinceLast_s: (report.ts - left) / 1000 }),
    ...(report.occupancy !== null && { aboard: report.occupancy }),
    ...(capacity !== undefined && { capacity }),
  };
};

/** Mean of the gaps between departures planned around now; undefined with fewer than two. */
const plannedHeadway = (planned: readonly number[], now: number): number | undefined => {
  const around = planned.filter((at) => at > now - HEADWAY_WINDOW.before && at <= now + HEADWAY_WINDOW.after);
  const [first, last] = [around[0], around.at(-1)];
  return first === undefined || last === undefined || last === first
    ? undefined
    : (last - first) / 1000 / (around.length - 1);
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
