import { type HeadwayAdvice, minutes } from './headways.js';
import { legName, type LineCall, type LineCalls } from './line-calls.js';
import type { Turn } from './list-turns.js';
import type { LivePattern, PatternTimes } from './trip-plan.js';

export interface TurnInputs {
  readonly vehicle: string;
  /** Its trip under way. */
  readonly trip: string;
  readonly pattern: string;
  /** Index of the stop ahead, or at which it stands. */
  readonly nextStop: number;
  /** Expected at that stop; negative when early. */
  readonly delay_s: number;
  /** People aboard; undefined: nobody knows, and nobody is turned. */
  readonly aboard: number | undefined;
  /** Close behind another vehicle it may turn without being late. */
  readonly isBunched: boolean;
  readonly turns: readonly Turn[];
  /** Its next trip: it is not to be on it before its time. */
  readonly next?: { readonly trip: string; readonly pattern: string; readonly departs_ms: number };
  readonly patternOf: (pattern: string) => LivePattern | undefined;
  /** Of its line, its own among them. */
  readonly calls: LineCalls;
  /** When the last vehicle left on a way out of a stop; undefined: nobody saw it. */
  readonly lastLeft: (leg: string) => number | undefined;
  /** People who come in a second for each way out of a stop. */
  readonly rates: ReadonlyMap<string, number>;
  /** Planned headway of its pattern, s. */
  readonly target_s: number;
  /** Free places of a vehicle of the line; undefined: nobody knows. */
  readonly roomOf: (vehicle: string) => number | undefined;
  readonly stopName?: (stop: string) => string;
  /** It was told to turn already: then it takes less to let that stand. */
  readonly isTold: boolean;
  readonly now: number;
}

/** Late enough to be worth a thought: a share of the headway, and s. */
const LATE_SHARE = 0.5;
const LEAST_LATE_S = 180;
/** A gap of the other direction is worth closing from so many planned headways on. */
const GAP = 1.3;
/** From standing at one side of the stop to leaving from the other, s. */
const TURN_S = 90;
/** People who are set down wait for the next vehicle so long at most, s. */
const SET_DOWN_S = 300;
/** Less waiting than this is lost in what predictions are off, passenger minutes. */
const WORTH_MIN = 10;
const STILL_WORTH_MIN = 1;

/**
 * Where a vehicle had better turn back, when waiting and changing then cost people fewer minutes than when it goes on to the end: the gap of the other direction is
 * closed sooner, and those behind the turn wait for the vehicle after it. Who is aboard is set down at the stop; with anybody aboard, the next vehicle must come there
 * within five minutes and have room. Undefined where going on is as good, or too little is known.
 */
export const adviseShortTurn = (inputs: TurnInputs): HeadwayAdvice | undefined => {
  const { delay_s, target_s, isBunched, turns, nextStop } = inputs;
  const isLate = delay_s >= Math.max(LEAST_LATE_S, LATE_SHARE * target_s);
  if (!isLate && !isBunched) return undefined;
  const best = turns
    .filter(({ call }) => call >= nextStop)
    .flatMap((turn) => weigh(inputs, turn) ?? [])
    .reduce<Weighed | undefined>((a, b) => (a && a.savedMin >= b.savedMin ? a : b), undefined);
  if (!best || best.savedMin < (inputs.isTold ? STILL_WORTH_MIN : WORTH_MIN)) return undefined;
  const { turn } = best;
  return {
    vehicle: inputs.vehicle,
    action: 'short_turn',
    stop: turn.call,
    onto: turn.onto,
    reason: sayWhy(inputs, best),
  };
};

interface Weighed {
  readonly turn: Turn;
  /** Of the other direction at the turn: as it is, and up to this vehicle when it turns, s. */
  readonly gap_s: number;
  readonly closed_s: number;
  readonly setDown: number;
  readonly follower: LineCall;
  readonly followsAfter_s: number;
  /** Passenger minutes less than when it goes on. */
  readonly savedMin: number;
}

const weigh = (inputs: TurnInputs, turn: Turn): Weighed | undefined => {
  const { vehicle, trip, pattern, patternOf, calls, rates, next, aboard, now } = inputs;
  const [way, back] = [patternOf(pattern)?.times, patternOf(turn.onto)?.times];
  if (!way || !back || aboard === undefined) return undefined;
  const callsAt = (leg: string | undefined): readonly LineCall[] => (leg === undefined ? [] : (calls.get(leg) ?? []));
  const own = callsAt(legName(way, turn.call)).find((call) => call.trip === trip);
  if (!own) return undefined;
  const rest = way.slice(turn.call).flatMap((_, index) => legName(way, turn.call + index) ?? []);
  // Behind the turn somebody must come, and go all the way.
  const follower = callsAt(rest[0]).find(
    (call) =>
      call.vehicle !== vehicle &&
      call.at_ms >= own.at_ms &&
      rest.every((leg) => callsAt(leg).some((later) => later.trip === call.trip)),
  );
  if (!follower) return undefined;
  const boarded = way
    .slice(inputs.nextStop, turn.call)
    .reduce((sum, _, index) => sum + expectedAt(inputs, legName(way, inputs.nextStop + index), trip), 0);
  const setDown = aboard + boarded;
  const followsAfter_s = (follower.at_ms - own.at_ms) / 1000;
  if (setDown > 0 && !takesOver(inputs, follower, followsAfter_s, setDown)) return undefined;

  const fromS = back[turn.from]?.offsetS ?? 0;
  const due = next?.pattern === turn.onto ? next.departs_ms + fromS * 1000 : 0;
  const leaves_ms = Math.max(own.at_ms + TURN_S * 1000, due);
  const turned = new Map(
    back.slice(turn.from).flatMap(({ offsetS }, index) => {
      const leg = legName(back, turn.from + index);
      return leg === undefined ? [] : [[leg, leaves_ms + (offsetS - fromS) * 1000] as const];
    }),
  );
  const gone = new Set(rest);
  /** What it would have called at is not any more: the rest of its trip, and its next trip, which it now begins at the turn. */
  const isDropped = (leg: string, call: LineCall): boolean =>
    call.vehicle === vehicle && ((call.trip === trip && gone.has(leg)) || call.trip === next?.trip);
  const touched = new Set([...gone, ...turned.keys(), ...legsOf(next && patternOf(next.pattern)?.times)]);
  let savedS = 0;
  for (const leg of touched) {
    const rate = rates.get(leg) ?? 0;
    if (rate === 0) continue;
    const before = callsAt(leg);
    const joins = turned.get(leg);
    const after = [
      ...before.filter((call) => !isDropped(leg, call)).map(({ at_ms }) => at_ms),
      ...(joins === undefined ? [] : [joins]),
    ].sort((a, b) => a - b);
    const going = before.map(({ at_ms }) => at_ms);
    // One vehicle more comes after all that is known, a headway later, whatever is done now.
    const last = Math.max(now, going.at(-1) ?? now, after.at(-1) ?? now) + inputs.target_s * 1000;
    const since = inputs.lastLeft(leg) ?? now;
    savedS += rate * (waited(since, [...going, last]) - waited(since, [...after, last]));
  }
  const gap = gapAround(inputs, legName(back, turn.from), leaves_ms);
  if (!gap || gap.gap_s < GAP * inputs.target_s) return undefined;
  const savedMin = (savedS - setDown * followsAfter_s) / 60;
  return { turn, ...gap, setDown, follower, followsAfter_s, savedMin };
};

const takesOver = ({ roomOf }: TurnInputs, follower: LineCall, followsAfter_s: number, people: number): boolean =>
  followsAfter_s <= SET_DOWN_S && (roomOf(follower.vehicle) ?? 0) >= people;

const legsOf = (times: PatternTimes = []): readonly string[] => times.flatMap((_, call) => legName(times, call) ?? []);

/** People who board a trip where it leaves on a way out of a stop: all who come from the call before it on. */
const expectedAt = ({ calls, rates, lastLeft, now }: TurnInputs, leg: string | undefined, trip: string): number => {
  const known = leg === undefined ? [] : (calls.get(leg) ?? []);
  const index = known.findIndex((call) => call.trip === trip);
  const own = known[index];
  if (leg === undefined || !own) return 0;
  const since = known[index - 1]?.at_ms ?? lastLeft(leg) ?? now;
  return ((rates.get(leg) ?? 0) * (own.at_ms - since)) / 1000;
};

/** Seconds that all wait of whom one comes a second, up to the last of the times. */
const waited = (since_ms: number, times_ms: readonly number[]): number => {
  let from = since_ms;
  return times_ms.reduce((sum, at) => {
    const gapS = Math.max(0, at - from) / 1000;
    from = Math.max(from, at);
    return sum + gapS ** 2 / 2;
  }, 0);
};

/** The gap into which a vehicle would come that leaves then, and what is left of it before that; undefined where it is open. */
const gapAround = (
  { calls, lastLeft }: TurnInputs,
  leg: string | undefined,
  leaves_ms: number,
): Pick<Weighed, 'gap_s' | 'closed_s'> | undefined => {
  const known = leg === undefined ? [] : (calls.get(leg) ?? []);
  const after = known.find(({ at_ms }) => at_ms >= leaves_ms);
  const before =
    known.findLast(({ at_ms }) => at_ms < leaves_ms)?.at_ms ?? (leg === undefined ? undefined : lastLeft(leg));
  if (!after || before === undefined) return undefined;
  return { gap_s: (after.at_ms - before) / 1000, closed_s: (leaves_ms - before) / 1000 };
};

const sayWhy = (
  { delay_s, isBunched, target_s, stopName = (stop) => stop, patternOf }: TurnInputs,
  { turn, gap_s, closed_s, setDown, follower, followsAfter_s, savedMin }: Weighed,
): string => {
  const stop = stopName(patternOf(turn.onto)?.times[turn.from]?.stop ?? '');
  const state = isBunched ? 'close behind the vehicle ahead' : `${minutes(delay_s)} late`;
  const people = Math.round(setDown);
  const taken =
    people > 0
      ? `, and ${follower.vehicle} takes its ${people} ${people === 1 ? 'passenger' : 'passengers'} on ${minutes(followsAfter_s)} later`
      : '';
  return `It is ${state}, and the other direction has a gap of ${minutes(gap_s)} at ${stop} where ${minutes(target_s)} are planned: turned there it leaves ${minutes(closed_s)} after the one before${taken}, ${Math.round(savedMin)} passenger minutes less than going on.`;
};
