import { MINUTE_MS, type Random, seededRandom } from '#libs/kernel';
import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem, PatternProblem } from '../problem/problem.js';
import { roundTo } from './draws.js';
import { rollForward } from './roll-forward.js';

export const DISTURBANCES = ['breakdown', 'closure', 'overrun'] as const;
export type Disturbance = (typeof DISTURBANCES)[number];

/** So much later it is known: what people were told to do meanwhile is done. */
const LATER_MS = 10 * MINUTE_MS;
const BROKEN_SHARE = 0.02;
const CLOSED_SHARE = 1 / 30;
const CLOSED_MS = 90 * MINUTE_MS;
const OVERRUN_MS = 40 * MINUTE_MS;

/**
 * Ten minutes later something has happened, and what the plan says is announced:
 * - `breakdown`: one in fifty of the vehicles that have a trip to make does not start;
 * - `closure`: the way of one line in thirty is closed for 90 minutes; a way round takes 10 minutes more;
 * - `overrun`: who would leave one of the three fullest stops leaves 40 minutes later.
 *
 * The horizon ends when it did. The same problem, plan and seed give the same problem. The grid has two slots or more.
 */
export const disturb = (
  problem: DispatchProblem,
  plan: DispatchPlan,
  kind: Disturbance,
  seed: number,
): DispatchProblem => {
  const { slotMs, count } = problem.grid;
  const now = rollForward(problem, plan, Math.min(count - 1, Math.ceil(LATER_MS / slotMs)));
  return HAPPENINGS[kind](now, plan, seededRandom(seed));
};

/** So many of them, as they are drawn. */
const draw = <T>(random: Random, from: readonly T[], count: number): ReadonlySet<T> => {
  const left = [...from];
  return new Set(
    Array.from({ length: Math.min(count, from.length) }, () =>
      left.splice(Math.floor(random() * left.length), 1),
    ).flat(),
  );
};

const breakDown = (problem: DispatchProblem, plan: DispatchPlan, random: Random): DispatchProblem => {
  const due = new Set(
    plan.departures.filter(({ departs_ms }) => departs_ms >= problem.grid.start).map(({ vehicle }) => vehicle),
  );
  const standing = problem.vehicles.filter(({ id, ready_slot }) => ready_slot === 0 && due.has(id));
  const broken = draw(random, standing, Math.max(1, Math.round(standing.length * BROKEN_SHARE)));
  return { ...problem, vehicles: problem.vehicles.filter((vehicle) => !broken.has(vehicle)) };
};

const closeRoads = (problem: DispatchProblem, _plan: DispatchPlan, random: Random): DispatchProblem => {
  const { count, slotMs } = problem.grid;
  const lines = [...new Set(problem.patterns.map(({ line }) => line))];
  const closed = draw(random, lines, Math.max(1, Math.round(lines.length * CLOSED_SHARE)));
  const until = Math.min(count, Math.ceil(CLOSED_MS / slotMs));
  const longer = Math.ceil(LATER_MS / slotMs);
  return {
    ...problem,
    patterns: problem.patterns.flatMap((pattern) =>
      closed.has(pattern.line)
        ? [closedUntil(pattern, until, count), wayRound(pattern, longer, until, count)]
        : [pattern],
    ),
  };
};

const closedUntil = (pattern: PatternProblem, until: number, count: number): PatternProblem => {
  const { most, least, added } = pattern;
  const due = least?.[until - 1] ?? 0;
  return {
    ...pattern,
    most: Array.from({ length: count }, (_, slot) => (slot < until ? 0 : (most?.[slot] ?? null))),
    // What is due meanwhile is let off.
    ...(least ? { least: least.map((departures, slot) => (slot < until ? 0 : departures - due)) } : {}),
    ...(added ? { added: added.map((departures, slot) => (slot < until ? 0 : departures)) } : {}),
  };
};

/** The same calls, the later the farther from the first. */
const wayRound = (pattern: PatternProblem, longer: number, until: number, count: number): PatternProblem => {
  const { line, from_place, to_place, busy_slots, km, stops, types } = pattern;
  const run = Math.max(1, stops.at(-1)?.offset_slots ?? 1);
  return {
    line,
    pattern: `${pattern.pattern}-round`,
    from_place,
    to_place,
    busy_slots: busy_slots + longer,
    km: roundTo(km * (1 + longer / busy_slots), 2),
    stops: stops.map(({ stop, offset_slots }) => ({
      stop,
      offset_slots: offset_slots + Math.round((longer * offset_slots) / run),
    })),
    ...(types ? { types } : {}),
    most: Array.from({ length: count }, (_, slot) => (slot < until ? null : 0)),
  };
};

const overrun = (problem: DispatchProblem, _plan: DispatchPlan, random: Random): DispatchProblem => {
  const { count, slotMs } = problem.grid;
  const later = Math.round(OVERRUN_MS / slotMs);
  const leaving = new Map<string, number>();
  for (const { from_stop, arrivals } of problem.rides) {
    leaving.set(
      from_stop,
      arrivals.reduce((sum, people) => sum + people, leaving.get(from_stop) ?? 0),
    );
  }
  const fullest = [...leaving]
    .filter(([, people]) => people > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3);
  const stops = new Set([...draw(random, fullest, 1)].map(([stop]) => stop));
  return {
    ...problem,
    rides: problem.rides.map((ride) =>
      stops.has(ride.from_stop)
        ? { ...ride, arrivals: Array.from({ length: count }, (_, slot) => ride.arrivals[slot - later] ?? 0) }
        : ride,
    ),
  };
};

const HAPPENINGS: Readonly<
  Record<Disturbance, (problem: DispatchProblem, plan: DispatchPlan, random: Random) => DispatchProblem>
> = { breakdown: breakDown, closure: closeRoads, overrun };
