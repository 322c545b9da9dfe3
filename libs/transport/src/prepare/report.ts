import { slotDuration } from '#libs/kernel';
import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';

/** Of one ride: who still waits when the horizon ends, and how long people waited over it. */
export interface LeftWaiting {
  readonly line: string;
  readonly group: string;
  readonly from_stop: string;
  readonly to_stop: string;
  readonly passengers: number;
}

/** What people read of a plan, added up from its flows. */
export interface DispatchReport {
  readonly lines: readonly {
    readonly line: string;
    /** Departures in each slot. */
    readonly departures: readonly number[];
    /** People waiting for the line at the end of each slot, over all its stops. */
    readonly queue: readonly number[];
    readonly mean_wait_s: number;
  }[];
  /** People waiting at the end of each slot, by stop. */
  readonly stops: readonly { readonly stop: string; readonly queue: readonly number[] }[];
  /** Vehicles that drive or charge in each slot. */
  readonly vehicles_used: readonly number[];
  readonly unserved: readonly LeftWaiting[];
}

/** Fewer people than this are none: rounding. */
const NOBODY = 1e-6;

export const reportDispatch = (problem: DispatchProblem, plan: DispatchPlan): DispatchReport => {
  const { grid, rides } = problem;
  const lines = [...new Set(problem.patterns.map(({ line }) => line))];
  const queuesWhere = (isOf: (ride: (typeof rides)[number]) => boolean): number[] => {
    const sum = new Array<number>(grid.count).fill(0);
    for (const [index, ride] of rides.entries()) {
      if (!isOf(ride)) continue;
      for (const [slot, people] of (plan.rides[index]?.queue ?? []).entries()) sum[slot] = (sum[slot] ?? 0) + people;
    }
    return sum;
  };
  return {
    lines: lines.map((line) => {
      const queue = queuesWhere((ride) => ride.line === line);
      const own = rides.filter((ride) => ride.line === line);
      const came = own.reduce((sum, { waiting, arrivals }) => sum + waiting + total(arrivals), 0);
      // Who comes in a slot comes evenly over it: half of it is not waited.
      const waitedSlots = total(queue) - own.reduce((sum, { arrivals }) => sum + total(arrivals), 0) / 2;
      return {
        line,
        departures: departuresOf(problem, plan, line),
        queue,
        mean_wait_s: came > 0 ? (Math.max(0, waitedSlots) * slotDuration(grid)) / came : 0,
      };
    }),
    stops: [...new Set(rides.map(({ from_stop }) => from_stop))].map((stop) => ({
      stop,
      queue: queuesWhere((ride) => ride.from_stop === stop),
    })),
    vehicles_used: Array.from(
      { length: grid.count },
      (_, slot) =>
        plan.blocks.filter(({ activities }) =>
          activities.some((activity) => activity.slot <= slot && slot < activity.until_slot),
        ).length,
    ),
    unserved: rides.flatMap(({ line, group, from_stop, to_stop }, index) => {
      const passengers = plan.rides[index]?.queue.at(-1) ?? 0;
      return passengers > NOBODY ? [{ line, group, from_stop, to_stop, passengers }] : [];
    }),
  };
};

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const departuresOf = ({ grid }: DispatchProblem, plan: DispatchPlan, line: string): readonly number[] => {
  const counts = new Array<number>(grid.count).fill(0);
  for (const departure of plan.departures) {
    const slot = Math.floor((departure.departs_ms - grid.start) / grid.slotMs);
    if (departure.line === line && slot in counts) counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
};
