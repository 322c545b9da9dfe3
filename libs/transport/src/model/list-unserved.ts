import { type EpochMs, HOUR_MS, slotStart } from '#libs/kernel';
import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';

/** People whom a plan lets wait longer than their group may, or past the last departure for their session. */
export interface Unserved {
  readonly line: string;
  readonly group: string;
  readonly from_stop: string;
  readonly to_stop: string;
  readonly accessible: boolean;
  /** Whether they miss their session, or only wait too long. */
  readonly reason: 'late_for_session' | 'waits_too_long';
  /** From the start of the first slot at whose end somebody is late until the end of the last. */
  readonly from_ms: EpochMs;
  readonly until_ms: EpochMs;
  /** Most at one time. */
  readonly people: number;
  /** Hours of waiting of those who are late, all together. */
  readonly waiting_hours: number;
}

/** Fewer than this at a time are rounding of forecasts. */
const SOMEBODY = 0.05;

/** Whom the plan does not serve in time, one entry a ride and unbroken stretch of time, most waiting first. Groups without limits are never in it. */
export const listUnserved = (problem: DispatchProblem, plan: DispatchPlan): readonly Unserved[] => {
  const { grid } = problem;
  return problem.rides
    .flatMap((ride, r) =>
      stretchesOf(plan.rides[r]?.late ?? []).map(({ from, until, late }): Unserved => ({
        line: ride.line,
        group: ride.group,
        from_stop: ride.from_stop,
        to_stop: ride.to_stop,
        accessible: ride.accessible ?? false,
        reason: ride.board_by_slot !== undefined && until > ride.board_by_slot ? 'late_for_session' : 'waits_too_long',
        from_ms: slotStart(grid, from),
        until_ms: slotStart(grid, until),
        people: Math.max(...late),
        waiting_hours: (late.reduce((sum, people) => sum + people, 0) * grid.slotMs) / HOUR_MS,
      })),
    )
    .sort((a, b) => b.waiting_hours - a.waiting_hours);
};

interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly late: readonly number[];
}

const stretchesOf = (late: readonly number[]): readonly Stretch[] => {
  const stretches: Stretch[] = [];
  let from = 0;
  for (let slot = 0; slot <= late.length; slot += 1) {
    if ((late[slot] ?? 0) >= SOMEBODY) continue;
    if (slot > from) stretches.push({ from, until: slot, late: late.slice(from, slot) });
    from = slot + 1;
  }
  return stretches;
};

/** Hours that people wait at stops in a plan, all together: who comes in a slot waits half of it on average. */
export const waitingHours = (problem: DispatchProblem, plan: DispatchPlan): number => {
  let slots = 0;
  for (const [r, { queue }] of plan.rides.entries()) {
    for (const [slot, people] of queue.entries()) slots += people - (problem.rides[r]?.arrivals[slot] ?? 0) / 2;
  }
  return (slots * problem.grid.slotMs) / HOUR_MS;
};
