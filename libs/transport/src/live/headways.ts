/** A vehicle under way on a pattern, as headway control sees it. */
export interface HeadwayVehicle {
  readonly vehicle: string;
  readonly progressM: number;
  /** Index of the stop ahead, or at which it stands. */
  readonly nextStop: number;
  /** When it is expected to be done with that stop, ms. */
  readonly departs_ms: number;
  /** From when the last vehicle left that stop until this one does, s: better than by distance. Absent: nobody saw it. */
  readonly sinceLast_s?: number;
  /** People aboard; absent: nobody knows. */
  readonly aboard?: number;
  /** People that it may carry. */
  readonly capacity?: number;
}

export interface HeadwayPattern {
  readonly pattern: string;
  /** Under way on it. */
  readonly vehicles: readonly HeadwayVehicle[];
  /** Headway that the plan has, s. */
  readonly target_s: number;
  /** Mean speed along the pattern with its calls, m/s. */
  readonly paceMps: number;
  /** Of a circuit on which vehicles go round and round without a rest; absent: they leave it at its end. */
  readonly circuitM?: number;
  /** Seconds until the next vehicle leaves the first stop; absent: nobody knows. */
  readonly nextDeparture_s?: number;
  /** Seconds since the last vehicle that is not on it any more reached the end. */
  readonly lastArrival_s?: number;
  readonly lastStop: number;
  /** Vehicles may stand at a stop without being in the way. */
  readonly hasBay: (stop: number) => boolean;
  /** Vehicles that had better turn back: they are told nothing else. */
  readonly turns?: ReadonlyMap<string, HeadwayAdvice>;
}

export interface HeadwayAdvice {
  readonly vehicle: string;
  readonly action: 'hold' | 'skip' | 'short_turn' | 'go';
  /** Of the pattern: at which, or which. */
  readonly stop: number;
  /** Of a hold, ms. */
  readonly until_ms?: number;
  /** Of a short turn: the pattern on which it goes back. */
  readonly onto?: string;
  readonly reason: string;
}

/** A hold may last a share of the headway, and never so long that people aboard lose their patience, s. */
const HOLD_SHARE = 0.4;
const LONGEST_HOLD_S = 180;
/** Shorter ones are lost in the noise of a call, s. */
const LEAST_HOLD_S = 15;
/** Nothing is done about a headway within these shares of the even one. */
const CLOSE = 0.85;
const WIDE = 1.3;
/** Part of the imbalance that one hold takes away: all of it would swing. */
const GAIN = 0.8;
/** Of vehicles this near to each other the one that leaves first is ahead, m. */
const SAME_STOP_M = 20;
const BUNCHED = 0.35;
const GAP = 1.6;
const FULL = 0.95;
const NEARLY_EMPTY = 0.2;

interface Gaps {
  /** To the vehicle ahead and from the one behind, s; undefined: nobody there. */
  readonly ahead_s: number | undefined;
  readonly behind_s: number | undefined;
}

/** Time gaps of vehicles on a pattern by their distance along it. In the order of the way, the foremost first. */
export const headwaysOf = ({
  vehicles,
  paceMps,
  circuitM,
  nextDeparture_s,
  lastArrival_s,
}: Pick<HeadwayPattern, 'vehicles' | 'paceMps' | 'circuitM' | 'nextDeparture_s' | 'lastArrival_s'>): readonly (Gaps & {
  readonly vehicle: HeadwayVehicle;
})[] => {
  const order = vehicles.toSorted((a, b) =>
    Math.abs(a.progressM - b.progressM) < SAME_STOP_M ? a.departs_ms - b.departs_ms : b.progressM - a.progressM,
  );
  const between = (front: HeadwayVehicle, back: HeadwayVehicle, aroundM: number): number =>
    Math.max(0, aroundM + front.progressM - back.progressM) / paceMps;
  return order.map((vehicle, index) => {
    const [front, back] = [order[index - 1], order[index + 1]];
    const [foremost, last] = [order[0], order.at(-1)];
    const round =
      circuitM !== undefined && order.length > 1 && foremost && last ? between(last, foremost, circuitM) : undefined;
    const toEnd = lastArrival_s;
    const fromStart = nextDeparture_s === undefined ? undefined : nextDeparture_s + vehicle.progressM / paceMps;
    return {
      vehicle,
      ahead_s: vehicle.sinceLast_s ?? (front ? between(front, vehicle, 0) : (round ?? toEnd)),
      behind_s: back ? between(vehicle, back, 0) : (round ?? fromStart),
    };
  });
};

/**
 * What drivers had better do so that vehicles of a pattern do not bunch, one piece of advice a vehicle at most, none where the headway is good enough. A hold looks
 * both ways (Daganzo and Pilachowski 2011): it takes away most of half the difference between the gap behind and the gap ahead, so that headways even themselves out
 * without a timetable (Bartholdi and Eisenstein 2012); where nobody is behind, the gap ahead is drawn towards the planned headway (Daganzo 2009).
 */
export const adviseHeadways = (pattern: HeadwayPattern, now: number): readonly HeadwayAdvice[] =>
  headwaysOf(pattern).flatMap(({ vehicle, ...gaps }) => adviseOne(pattern, vehicle, gaps, now) ?? []);

const adviseOne = (
  pattern: HeadwayPattern,
  vehicle: HeadwayVehicle,
  gaps: Gaps,
  now: number,
): HeadwayAdvice | undefined => {
  const { nextStop: stop } = vehicle;
  if (stop >= pattern.lastStop) return undefined;
  return (
    pattern.turns?.get(vehicle.vehicle) ?? adviseSkip(pattern, vehicle, gaps) ?? adviseHold(pattern, vehicle, gaps, now)
  );
};

const adviseHold = (
  { target_s, hasBay }: HeadwayPattern,
  { vehicle, nextStop: stop, departs_ms, aboard, capacity }: HeadwayVehicle,
  { ahead_s, behind_s }: Gaps,
  now: number,
): HeadwayAdvice | undefined => {
  if (ahead_s === undefined) return undefined;
  // Where vehicles are further apart than planned all over, even is further too.
  const even_s = behind_s === undefined ? target_s : Math.max(target_s, (ahead_s + behind_s) / 2);
  if (ahead_s >= CLOSE * even_s) return undefined;
  const isFull = aboard !== undefined && capacity !== undefined && aboard >= FULL * capacity;
  if (isFull && !hasBay(stop)) return undefined;
  const wanted_s = behind_s === undefined ? even_s - ahead_s : Math.min(even_s - ahead_s, (behind_s - ahead_s) / 2);
  const hold_s = Math.min(GAIN * wanted_s, HOLD_SHARE * target_s, LONGEST_HOLD_S);
  if (hold_s < LEAST_HOLD_S) return undefined;
  const behind = behind_s === undefined ? 'nobody is near behind' : `the one behind is ${minutes(behind_s)} away`;
  return {
    vehicle,
    action: 'hold',
    stop,
    until_ms: Math.round(Math.max(now, departs_ms) + hold_s * 1000),
    reason: `It is ${minutes(ahead_s)} behind the vehicle ahead where ${minutes(target_s)} are planned, and ${behind}.`,
  };
};

/** Past a stop at which nobody gets off, when the gap ahead is wide and the next vehicle comes right behind for those who wait there. */
const adviseSkip = (
  { target_s, vehicles }: HeadwayPattern,
  { vehicle, nextStop: stop, aboard, progressM }: HeadwayVehicle,
  { ahead_s, behind_s }: Gaps,
): HeadwayAdvice | undefined => {
  if (aboard !== 0 || stop === 0) return undefined;
  if (ahead_s === undefined || ahead_s < GAP * target_s) return undefined;
  if (behind_s === undefined || behind_s > BUNCHED * target_s) return undefined;
  const follower = vehicles
    .filter((other) => other.progressM < progressM)
    .toSorted((a, b) => b.progressM - a.progressM)[0];
  const hasRoom =
    follower?.aboard !== undefined && follower.capacity !== undefined && follower.aboard < FULL * follower.capacity;
  if (!hasRoom) return undefined;
  return {
    vehicle,
    action: 'skip',
    stop,
    reason: `It is empty and ${minutes(ahead_s)} behind the vehicle ahead where ${minutes(target_s)} are planned; ${follower.vehicle} comes ${minutes(behind_s)} later and has room.`,
  };
};

/** A hold or a turn that was advised and is not any more is taken back at once, while it is still ahead. `nextStop`: where a vehicle is now. */
export const releaseAdvice = (
  before: readonly HeadwayAdvice[],
  after: readonly HeadwayAdvice[],
  nextStop: ReadonlyMap<string, number>,
  now: number,
): readonly HeadwayAdvice[] => {
  const advised = new Set(after.map(({ vehicle }) => vehicle));
  return before.flatMap(({ vehicle, action, stop, until_ms }): readonly HeadwayAdvice[] => {
    if (advised.has(vehicle)) return [];
    if (action === 'hold' && (until_ms ?? 0) > now)
      return [{ vehicle, action: 'go', stop, reason: 'The gaps before and behind it are even enough again.' }];
    if (action === 'short_turn' && (nextStop.get(vehicle) ?? Infinity) <= stop)
      return [{ vehicle, action: 'go', stop, reason: 'Turning back would not save people time any more.' }];
    return [];
  });
};

/** Right behind another vehicle, and nearly empty: what it drives for, the other does. */
export const isBunched = (
  { aboard, capacity }: Pick<HeadwayVehicle, 'aboard' | 'capacity'>,
  ahead_s: number | undefined,
  target_s: number,
): boolean =>
  ahead_s !== undefined &&
  ahead_s <= BUNCHED * target_s &&
  aboard !== undefined &&
  capacity !== undefined &&
  aboard <= NEARLY_EMPTY * capacity;

/** Whether the gaps are worth showing as bunched or gapped. */
export const judgeHeadway = (ahead_s: number, target_s: number): 'bunched' | 'gap' | 'even' => {
  if (ahead_s < BUNCHED * target_s) return 'bunched';
  return ahead_s > WIDE * target_s ? 'gap' : 'even';
};

export const minutes = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(1)} min`;
