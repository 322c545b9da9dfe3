import type { LatLon, Point } from '../roads/plane.js';
import { distanceToPath, type PathPlace, type PatternPath, placesNear } from './pattern-path.js';

/** What a receiver says. Times are epoch ms of the event clock. */
export interface Fix extends LatLon {
  readonly ts: number;
  /** Degrees clockwise from north. */
  readonly bearing?: number;
  readonly speed_mps?: number;
}

/** One way in which a vehicle can have come here: where it would be, and how unlikely that is (minus the logarithm of its likelihood). */
interface Belief {
  readonly alongM: number;
  readonly cost: number;
}

/** What is remembered of a vehicle on its trip from fix to fix. */
export interface MatchMemory {
  readonly ts: number;
  readonly point: Point;
  readonly beliefs: readonly Belief[];
  readonly progressM: number;
  /** A fix that does not go with those before it: a second one there is believed. */
  readonly doubted?: { readonly ts: number; readonly point: Point };
}

export interface Matched {
  readonly kind: 'matched';
  /** From the pattern's start along its path, m. */
  readonly progressM: number;
  /** From the path, m. */
  readonly offM: number;
  /** Index of the stop ahead, or at which it stands; the last one's at the end. */
  readonly nextStop: number;
  readonly atStop: boolean;
  readonly memory: MatchMemory;
}

export type RefusedFix = 'no_position' | 'stale' | 'in_the_future' | 'duplicate' | 'out_of_order' | 'jump';

export type Match =
  | Matched
  | { readonly kind: 'off_route'; readonly offM: number; readonly memory: MatchMemory | undefined }
  | { readonly kind: 'refused'; readonly reason: RefusedFix; readonly memory: MatchMemory | undefined };

export interface MatchInputs {
  readonly path: PatternPath;
  /** Of the trip's last fix; undefined at its first. */
  readonly memory: MatchMemory | undefined;
  readonly fix: Fix;
  /** Where the timetable has the vehicle at the time of the fix, m along the path. */
  readonly expectedM: number;
  /** Of the timetable, m/s. */
  readonly paceMps: number;
}

/** A fix older than this tells nothing of where a vehicle is, ms of event time. */
export const STALE_MS = 5 * 60_000;

/** Standard deviation of a receiver in a street, m. */
const NOISE_M = 20;
/** No further from the path than this: from a shape, and from straight lines between stops, which streets go round. */
const OFF_SHAPE_M = 200;
const OFF_STRAIGHT_M = 400;
/** Faster than any road vehicle, m/s. */
const FASTEST_MPS = 45;
/** What a standing vehicle may seem to move by noise, m. */
const SLACK_M = 80;
const BACK_M = 120;
/** Of a first fix: how far from the timetable a vehicle is about, m. */
const EXPECTED_SPREAD_M = 400;
const MOVING_MPS = 2;
const MOST_BELIEFS = 6;
/** A belief this much less likely than the best is given up. */
const LOST_CAUSE = 12;
const STOP_RADIUS_M = 35;
const STANDING_MPS = 1.5;
/** Past a stop by this it is behind, m. */
const PASSED_M = 15;
/** A best belief this far back is another one, not noise, m. */
const RECONSIDERED_M = 120;

/** Why a fix is no fix of now: for the live picture. */
export const refuseFix = (
  { ts, lat, lon }: Fix,
  now: number,
  aheadMs: number,
): Extract<RefusedFix, 'no_position' | 'stale' | 'in_the_future'> | undefined => {
  if (!Number.isFinite(lat) || !Number.isFinite(lon) || (lat === 0 && lon === 0)) return 'no_position';
  if (ts > now + aheadMs) return 'in_the_future';
  return ts < now - Math.max(STALE_MS, 2 * aheadMs) ? 'stale' : undefined;
};

/**
 * Puts a position on its pattern's path. A hidden Markov model with the beliefs of the last fix (Newson and Krumm 2009): a place's likelihood is its distance from
 * the fix and its heading; a step's is how well the metres along the path go with those over the ground and with the timetable's pace. So a street that the
 * pattern takes twice is told apart by where the vehicle was before. It goes forward only, apart from noise.
 */
export const matchPosition = ({ path, memory, fix, expectedM, paceMps }: MatchInputs): Match => {
  const point = path.plane.toPoint(fix);
  const order = memory && orderOf(memory, fix);
  if (order) return { kind: 'refused', reason: order, memory };
  if (memory && isJump(memory, { ts: fix.ts, point })) return doubt(path, memory, fix, point, expectedM, paceMps);
  const places = placesNear(path, point, path.followsShape ? OFF_SHAPE_M : OFF_STRAIGHT_M);
  if (places.length === 0) return { kind: 'off_route', offM: distanceToPath(path, point), memory };
  const step = memory && { dtS: (fix.ts - memory.ts) / 1000, movedM: distance(memory.point, point), paceMps };
  const believed = places.flatMap((place): readonly (Belief & { readonly place: PathPlace })[] => {
    const past = memory && step ? cheapestStep(memory.beliefs, place.alongM, step) : firstCost(place, expectedM);
    return past === Infinity ? [] : [{ alongM: place.alongM, cost: past + placeCost(place, fix), place }];
  });
  const best = believed.reduce<(typeof believed)[number] | undefined>(
    (a, b) => (a && a.cost <= b.cost ? a : b),
    undefined,
  );
  if (!best)
    return memory
      ? doubt(path, memory, fix, point, expectedM, paceMps)
      : { kind: 'off_route', offM: distanceToPath(path, point), memory };
  const before = memory?.progressM ?? 0;
  const progressM = best.alongM > before || best.alongM < before - RECONSIDERED_M ? best.alongM : before;
  const beliefs = believed
    .map(({ alongM, cost }) => ({ alongM, cost: cost - best.cost }))
    .filter(({ cost }) => cost < LOST_CAUSE)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST_BELIEFS);
  const standing = (fix.speed_mps ?? (step ? step.movedM / Math.max(1, step.dtS) : Infinity)) <= STANDING_MPS;
  return {
    kind: 'matched',
    progressM,
    offM: best.place.offM,
    ...findStop(path, progressM, standing),
    memory: { ts: fix.ts, point, beliefs, progressM },
  };
};

const orderOf = (memory: MatchMemory, { ts }: Fix): 'duplicate' | 'out_of_order' | undefined => {
  if (ts === memory.ts) return 'duplicate';
  return ts < memory.ts ? 'out_of_order' : undefined;
};

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

interface Seen {
  readonly ts: number;
  readonly point: Point;
}

const isJump = (before: Seen, after: Seen): boolean =>
  distance(before.point, after.point) > SLACK_M + (FASTEST_MPS * (after.ts - before.ts)) / 1000;

/** A fix that cannot follow the ones before is left out, until another one confirms it: then all begins anew there. */
const doubt = (
  path: PatternPath,
  memory: MatchMemory,
  fix: Fix,
  point: Point,
  expectedM: number,
  paceMps: number,
): Match => {
  const seen = { ts: fix.ts, point };
  const { doubted } = memory;
  if (!doubted || doubted.ts >= fix.ts || isJump(doubted, seen))
    return { kind: 'refused', reason: 'jump', memory: { ...memory, doubted: seen } };
  return matchPosition({ path, memory: undefined, fix, expectedM, paceMps });
};

const firstCost = ({ alongM }: PathPlace, expectedM: number): number =>
  Math.abs(alongM - expectedM) / EXPECTED_SPREAD_M;

const placeCost = ({ offM, heading }: PathPlace, { bearing, speed_mps }: Fix): number => {
  const off = 0.5 * (offM / NOISE_M) ** 2;
  if (bearing === undefined || speed_mps === undefined || speed_mps < MOVING_MPS) return Math.min(off, LOST_CAUSE);
  const course = ((90 - bearing) * Math.PI) / 180;
  return Math.min(off, LOST_CAUSE) + 2 * (1 - Math.cos(course - heading));
};

interface Step {
  readonly dtS: number;
  readonly movedM: number;
  readonly paceMps: number;
}

const cheapestStep = (beliefs: readonly Belief[], alongM: number, step: Step): number =>
  beliefs.reduce((least, belief) => Math.min(least, belief.cost + stepCost(alongM - belief.alongM, step)), Infinity);

/** Along the path it is no shorter than over the ground; longer round bends, the more of them the longer the time. The timetable's pace says a little. */
const stepCost = (aheadM: number, { dtS, movedM, paceMps }: Step): number => {
  if (aheadM < -BACK_M || aheadM > SLACK_M + FASTEST_MPS * dtS) return Infinity;
  const bend = aheadM < movedM ? (movedM - aheadM) / NOISE_M : (aheadM - movedM) / (NOISE_M + 3 * dtS);
  return bend + Math.abs(aheadM - paceMps * dtS) / (150 + paceMps * dtS);
};

const findStop = (
  { stops }: PatternPath,
  progressM: number,
  standing: boolean,
): Pick<Matched, 'nextStop' | 'atStop'> => {
  const here = standing ? nearestStop(stops, progressM) : undefined;
  if (here !== undefined) return { nextStop: here, atStop: true };
  const ahead = stops.findIndex(({ atM }) => atM > progressM - PASSED_M);
  return { nextStop: ahead < 0 ? stops.length - 1 : ahead, atStop: false };
};

const nearestStop = (stops: PatternPath['stops'], progressM: number): number | undefined => {
  let nearest: number | undefined;
  let least = STOP_RADIUS_M;
  for (const [index, { atM }] of stops.entries()) {
    const off = Math.abs(atM - progressM);
    if (off <= least) [nearest, least] = [index, off];
  }
  return nearest;
};
