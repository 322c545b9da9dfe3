import { type LearnInputs, learnPassage, type LearnMemory, NOTHING_LEARNT } from './learn-legs.js';
import type { Duration, LegTimes } from './leg-times.js';
import { type Fix, type Match, type Matched, matchPosition, type MatchMemory, refuseFix } from './match-position.js';
import { type Passage, passagesBetween } from './passages.js';
import {
  drivingPace,
  type LivePattern,
  type OrderedTrip,
  readTripName,
  scheduledPace,
  scheduledProgress,
} from './trip-plan.js';
import { planeAround } from '../roads/plane.js';

/** A position as a vehicle sent it; what it did not say is null. */
export interface PositionReport {
  readonly vehicle: string;
  readonly ts: number;
  readonly lat: number;
  readonly lon: number;
  readonly bearing: number | null;
  readonly speed_mps: number | null;
  readonly trip: string | null;
  readonly occupancy: number | null;
}

/** What is known of one vehicle. */
export interface VehicleState {
  readonly report: PositionReport;
  /** Mean time between its positions, s of event time. */
  readonly interval_s: number;
  /** Where it has been standing since, and how many positions say so. */
  readonly standing: {
    readonly since_ms: number;
    readonly positions: number;
    readonly lat: number;
    readonly lon: number;
  };
  readonly trip?: DrivenTrip;
}

/** The trip that a vehicle is on. */
export interface DrivenTrip {
  readonly trip: OrderedTrip;
  readonly since_ms: number;
  readonly isOrdered: boolean;
  readonly memory: MatchMemory | undefined;
  readonly matched?: Matched;
  /** Since when it stands at its stop. */
  readonly stoppedAt?: number;
  readonly off?: { readonly since_ms: number; readonly offM: number; readonly positions: number };
  readonly learnt: LearnMemory;
  /** When it left the first stop, as far as that was seen. */
  readonly left_ms?: number;
  readonly isDone: boolean;
}

export interface FollowContext {
  readonly now: number;
  /** A position may be so far ahead of the clock: two clocks never agree, ms. */
  readonly aheadMs: number;
  /** Of the vehicle, in time order: those that left in the last hours and those ahead. */
  readonly orders: readonly OrderedTrip[];
  readonly patternOf: (pattern: string) => LivePattern | undefined;
  readonly legTimes: LegTimes;
  readonly hourOf: (ms: number) => number;
  /** Time that people who are expected take to board a trip at a call; undefined: nobody knows of any. */
  readonly boardingAt?: (trip: OrderedTrip, call: number) => Duration | undefined;
}

export interface Followed {
  readonly state: VehicleState | undefined;
  /** Stops of its trip reached and left. */
  readonly passages: readonly Passage[];
  /** What became of the position: `idle` when it is on no trip. */
  readonly outcome: Match['kind'] | 'idle';
}

/** A vehicle is where it was while it is this near, m. */
const STANDING_M = 50;
/** Of the mean of intervals, the weight of the last one. */
const NEWEST = 0.2;
/** So near to the end a trip is over, m. */
const END_M = 40;
/** An ordered trip is taken up so long before its departure, and so long after it, ms. */
const EARLY_MS = 60_000;
const GIVEN_UP_MS = 60 * 60_000;
/** Less than this along a trip it may still be told to leave, m. */
const BEGUN_M = 60;

/** Takes one position of a vehicle in. One that is refused changes nothing but what is doubted. */
export const followVehicle = (
  state: VehicleState | undefined,
  report: PositionReport,
  context: FollowContext,
): Followed => {
  const fix = fixOf(report);
  const isOld = state !== undefined && report.ts <= state.report.ts;
  if (isOld || refuseFix(fix, context.now, context.aheadMs)) return { state, passages: [], outcome: 'refused' };
  const heard = hear(state, report);
  const chosen = chooseTrip(state?.trip, report, context);
  const pattern = chosen && context.patternOf(chosen.trip.pattern);
  if (!chosen || !pattern) return { state: heard, passages: [], outcome: 'idle' };
  const { trip, match, passages } = drive(chosen, pattern, fix, context);
  // Nothing of a jump is believed, not even that it moved.
  if (match.kind === 'refused' && state) return { state: { ...state, trip }, passages: [], outcome: match.kind };
  return { state: { ...heard, trip }, passages, outcome: match.kind };
};

const fixOf = ({ ts, lat, lon, bearing, speed_mps }: PositionReport): Fix => ({
  ts,
  lat,
  lon,
  ...(bearing !== null && { bearing }),
  ...(speed_mps !== null && { speed_mps }),
});

const hear = (state: VehicleState | undefined, report: PositionReport): Omit<VehicleState, 'trip'> => {
  const { ts, lat, lon } = report;
  if (!state) return { report, interval_s: 0, standing: { since_ms: ts, positions: 1, lat, lon } };
  const gap_s = (ts - state.report.ts) / 1000;
  const interval_s = state.interval_s === 0 ? gap_s : state.interval_s + NEWEST * (gap_s - state.interval_s);
  const { x, y } = planeAround(state.standing).toPoint(report);
  const isThere = Math.hypot(x, y) <= STANDING_M;
  const standing = isThere
    ? { ...state.standing, positions: state.standing.positions + 1 }
    : { since_ms: ts, positions: 1, lat, lon };
  return { report, interval_s, standing };
};

const isSame = (a: Pick<OrderedTrip, 'pattern' | 'departs_ms'>, b: Pick<OrderedTrip, 'pattern' | 'departs_ms'>) =>
  a.pattern === b.pattern && a.departs_ms === b.departs_ms;

/** What the vehicle says that it drives; when it says nothing, what its orders have it drive: the trip under way until its end, then the next whose time has come. */
const chooseTrip = (
  current: DrivenTrip | undefined,
  { vehicle, ts, trip: name }: PositionReport,
  { orders, patternOf }: FollowContext,
): DrivenTrip | undefined => {
  const said = name === null ? undefined : readTripName(name);
  const begin = (trip: OrderedTrip, isOrdered: boolean): DrivenTrip => ({
    trip,
    since_ms: ts,
    isOrdered,
    memory: undefined,
    learnt: NOTHING_LEARNT,
    isDone: false,
  });
  if (said) {
    const order = orders.find((trip) => isSame(trip, said));
    if (current && isSame(current.trip, said)) return { ...current, isOrdered: order !== undefined };
    const line = patternOf(said.pattern)?.path.line;
    return line === undefined ? undefined : begin(order ?? { ...said, line, vehicle }, order !== undefined);
  }
  const due = orders.filter(({ departs_ms }) => departs_ms <= ts + EARLY_MS && departs_ms > ts - GIVEN_UP_MS).at(-1);
  const hasBegun = (current?.matched?.progressM ?? 0) > BEGUN_M;
  if (current && !current.isDone && hasBegun && ts < current.trip.departs_ms + 3 * GIVEN_UP_MS) return current;
  if (!due || (current?.isDone && due.departs_ms <= current.trip.departs_ms)) return undefined;
  return current && isSame(current.trip, due) ? current : begin(due, true);
};

const drive = (
  driven: DrivenTrip,
  pattern: LivePattern,
  fix: Fix,
  { legTimes, hourOf, boardingAt }: FollowContext,
): { readonly trip: DrivenTrip; readonly match: Match; readonly passages: readonly Passage[] } => {
  const { trip, memory, matched } = driven;
  const elapsedS = (fix.ts - trip.departs_ms) / 1000;
  const expectedM = scheduledProgress(pattern, elapsedS);
  const match = matchPosition({ path: pattern.path, memory, fix, expectedM, paceMps: scheduledPace(pattern) });
  if (match.kind === 'refused') return { trip: { ...driven, memory: match.memory }, match, passages: [] };
  if (match.kind === 'off_route') {
    const { since_ms = fix.ts, positions = 0 } = driven.off ?? {};
    const off = { since_ms, offM: match.offM, positions: positions + 1 };
    return { trip: { ...driven, memory: match.memory, off }, match, passages: [] };
  }
  const passages =
    memory && matched
      ? passagesBetween(pattern.path, memory, { ts: fix.ts, progressM: match.progressM }, drivingPace(pattern))
      : [];
  const inputs: LearnInputs = {
    times: pattern.times,
    legTimes,
    hourOf,
    ...(boardingAt && { boardingAt: (call) => boardingAt(trip, call) }),
  };
  const learnt = passages.reduce((known, passage) => learnPassage(known, passage, inputs), driven.learnt);
  const stands = match.atStop && matched?.atStop === true && matched.nextStop === match.nextStop;
  const left_ms = driven.left_ms ?? leftAt(pattern, match, passages, fix.ts);
  return {
    trip: {
      ...onItsWay(driven),
      memory: match.memory,
      matched: match,
      learnt,
      ...(match.atStop && { stoppedAt: stands ? (driven.stoppedAt ?? fix.ts) : fix.ts }),
      ...(left_ms !== undefined && { left_ms }),
      isDone: match.progressM >= pattern.path.lengthM - END_M,
    },
    match,
    passages,
  };
};

/** Neither off its way nor standing, as far as is known. */
const onItsWay = ({ off: _off, stoppedAt: _stoppedAt, ...driven }: DrivenTrip): DrivenTrip => driven;

/** Seen leaving; or under way already when it was first seen: then as long before as the timetable takes up to there. */
const leftAt = (
  { path, times }: LivePattern,
  { progressM }: Matched,
  passages: readonly Passage[],
  ts: number,
): number | undefined => {
  const seen = passages.find(({ kind, stop }) => kind === 'departure' && stop === 0)?.at_ms;
  if (seen !== undefined || progressM <= BEGUN_M) return seen;
  return Math.round(ts - ((times.at(-1)?.offsetS ?? 0) * 1000 * progressM) / path.lengthM);
};
