import { epochMs, MINUTE_MS } from '#libs/kernel';

import type { DispatchProblem, PatternProblem, Ride } from './contract.js';
import type { Dispatcher, Order, ShuttleView } from './dispatcher.js';
import type { Driving } from './driving.js';
import type { ShuttleDay } from './shuttle-day.js';

/** Driving just as planned, and people who board in no time. */
export const EXACT_DRIVING: Driving = { pace_ratio: 1, spread: 0, doors_s: 0, board_s: 0, alight_s: 0, turn_s: 300 };

const way = (pattern: string, from: string, to: string): PatternProblem => ({
  line: 'L',
  pattern,
  from_place: from,
  to_place: to,
  busy_slots: 3,
  km: 10,
  stops: [
    { stop: from, offset_slots: 0 },
    { stop: to, offset_slots: 2 },
  ],
});

export const tinyRide = (from: string, to: string, more: Partial<Ride> = {}): Ride => ({
  line: 'L',
  group: 'spectators',
  from_stop: from,
  to_stop: to,
  waiting: 0,
  arrivals: new Array<number>(12).fill(0),
  ...more,
});

/**
 * An hour in slots of 5 minutes. Line L between hall and park: 10 minutes each way and 5 of layover. One bus of 4 places, one of them accessible, stands at the hall. Going
 * empty takes 10 minutes.
 */
export const tinyShuttles: DispatchProblem = {
  grid: { start: epochMs(0), slotMs: 5 * MINUTE_MS, count: 12 },
  currency: 'EUR',
  places: [{ id: 'hall' }, { id: 'park' }],
  vehicle_types: [{ id: 'bus', seats: 3, standing: 1, accessible: 1, cost_per_hour: 60, cost_per_km: 1 }],
  vehicles: [{ id: 'bus-1', type: 'bus', place: 'hall', ready_slot: 0 }],
  deadheads: [
    { from_place: 'hall', to_place: 'park', slots: 2, km: 8 },
    { from_place: 'park', to_place: 'hall', slots: 2, km: 8 },
  ],
  patterns: [way('out', 'hall', 'park'), way('back', 'park', 'hall')],
  bays: [],
  groups: [
    { id: 'spectators', waiting_cost_per_hour: 10, late_cost_per_hour: 0 },
    { id: 'athletes', waiting_cost_per_hour: 30, late_cost_per_hour: 0 },
  ],
  rides: [tinyRide('hall', 'park'), tinyRide('park', 'hall')],
  under_way: [],
  prices: { change_cost: 0, missed_cost: 100, left_wait_slots: 6 },
};

/** A day with people who come when they are said to, ride by ride. */
export const tinyDay = (
  comes_s: readonly (readonly number[])[],
  instance: Partial<DispatchProblem> = {},
): ShuttleDay => ({
  instance: { ...tinyShuttles, ...instance },
  comes_s,
  driving: EXACT_DRIVING,
  breakdowns: [],
  seed: 1,
  run_out_s: 0,
});

export const trip = (pattern: string, at_s: number): Order => ({ kind: 'trip', pattern, at_s });

/** Says once what each vehicle does all day, and remembers what it saw. */
export const scripted = (
  orders: Readonly<Record<string, readonly Order[]>>,
): Dispatcher & { readonly views: ShuttleView[] } => {
  const views: ShuttleView[] = [];
  return {
    every_s: 300,
    views,
    decide: (view) => {
      views.push(view);
      const rest = Object.entries(orders).map(([vehicle, list]) => {
        const begun = view.departures.filter((departure) => departure.vehicle === vehicle).length;
        return [vehicle, list.slice(begun)] as const;
      });
      return Promise.resolve(new Map(rest));
    },
  };
};
