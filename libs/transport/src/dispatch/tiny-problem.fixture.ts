import { epochMs } from '#libs/kernel';
import type { DispatchProblem, PatternProblem, RideDemand } from '../problem.js';

type TinyPattern = Pick<PatternProblem, 'line' | 'cycle_slots'> &
  Partial<PatternProblem> & {
    /** `[stop, offset_slots]` in order. */
    readonly calls: readonly (readonly [string, number])[];
  };

type TinyRide = Pick<RideDemand, 'line' | 'from_stop' | 'to_stop'> & Partial<RideDemand>;

type TinyProblem = Partial<Omit<DispatchProblem, 'patterns' | 'demand' | 'vehicles'>> & {
  readonly slots: number;
  readonly fleet: number;
  readonly patterns: readonly TinyPattern[];
  readonly demand: readonly TinyRide[];
};

/** A dispatch problem with 20 seats, no timetable and no floor, where a person waiting for a slot of 5 minutes costs 1, and a vehicle's slot costs 1. */
export const tinyProblem = ({ slots, fleet, patterns, demand, ...rest }: TinyProblem): DispatchProblem => {
  const none = new Array<number>(slots).fill(0);
  return {
    grid: { start: epochMs(1_800_000_000_000), slotMs: 300_000, count: slots },
    currency: 'EUR',
    vehicles: Array.from({ length: fleet }, (_, index) => `bus-${index + 1}`),
    ready_slot: {},
    under_way: [],
    waiting_cost_per_hour: 12,
    vehicle_cost_per_hour: 12,
    patterns: patterns.map(({ calls, ...pattern }) => ({
      pattern: `${pattern.line}-1`,
      seats: 20,
      scheduled: none,
      least: none,
      stops: calls.map(([stop, offset_slots]) => ({ stop, offset_slots })),
      ...pattern,
    })),
    demand: demand.map((ride) => ({ waiting: 0, arrivals: none, ...ride })),
    ...rest,
  };
};

/** `slots` zeros but for the given slots. */
export const inSlots = (slots: number, values: Readonly<Record<number, number>>): number[] =>
  Array.from({ length: slots }, (_, slot) => values[slot] ?? 0);
