import { epochMs, MINUTE_MS } from '#libs/kernel';
import type { DispatchPlan } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';

const SLOT_MS = 6 * MINUTE_MS;
const start = epochMs(1_800_000_000_000);
const NOBODY = [0, 0, 0, 0, 0, 0];

/**
 * Six slots of six minutes: what costs 10 an hour costs 1 a slot. A line from the town over a stop called mid to the hill and back. Two buses,
 * one of them in reserve, and an electric one that must charge before it can help. One bus is under way when it starts.
 */
export const townAndHill: DispatchProblem = {
  grid: { start, slotMs: SLOT_MS, count: 6 },
  currency: 'EUR',
  places: [{ id: 'depot', chargers: 1, charging_kw: 35 }, { id: 'town' }, { id: 'hill' }],
  vehicle_types: [
    { id: 'bus', seats: 8, standing: 2, accessible: 1, cost_per_hour: 10, cost_per_km: 1 },
    {
      id: 'electric',
      seats: 10,
      standing: 0,
      accessible: 0,
      cost_per_hour: 10,
      cost_per_km: 0,
      battery: { capacity_kwh: 20, reserve_kwh: 2, kwh_per_km: 1, charging_kw: 40 },
    },
  ],
  vehicles: [
    { id: 'bus-1', type: 'bus', place: 'town', ready_slot: 0, until_slot: 5 },
    { id: 'electric-1', type: 'electric', place: 'depot', ready_slot: 1, charge_kwh: 4 },
    { id: 'reserve-1', type: 'bus', place: 'depot', ready_slot: 0, call_out_cost: 7 },
  ],
  deadheads: [
    { from_place: 'depot', to_place: 'town', slots: 1, km: 2 },
    { from_place: 'town', to_place: 'depot', slots: 1, km: 2 },
  ],
  patterns: [
    {
      line: 'L',
      pattern: 'out',
      from_place: 'town',
      to_place: 'hill',
      busy_slots: 2,
      km: 3,
      stops: [
        { stop: 'town', offset_slots: 0 },
        { stop: 'mid', offset_slots: 1 },
        { stop: 'hill', offset_slots: 2 },
      ],
      least: [1, 1, 1, 2, 2, 2],
      most: [1, null, 0, null, 1, null],
      previous: [1, 1],
    },
    {
      line: 'L',
      pattern: 'back',
      from_place: 'hill',
      to_place: 'town',
      busy_slots: 2,
      km: 3,
      stops: [
        { stop: 'hill', offset_slots: 0 },
        { stop: 'town', offset_slots: 2 },
      ],
      added: [0, 0, 1, 1, 0, 0],
      types: ['bus'],
    },
  ],
  bays: [{ stop: 'town', bays: 2 }],
  groups: [
    { id: 'fans', waiting_cost_per_hour: 10, late_cost_per_hour: 0 },
    { id: 'athletes', waiting_cost_per_hour: 20, longest_wait_slots: 1, late_cost_per_hour: 50 },
  ],
  rides: [
    { line: 'L', group: 'fans', from_stop: 'town', to_stop: 'hill', waiting: 6, arrivals: [4, 0, 0, 0, 0, 1] },
    { line: 'L', group: 'fans', from_stop: 'town', to_stop: 'mid', waiting: 1, arrivals: NOBODY, accessible: true },
    { line: 'L', group: 'fans', from_stop: 'hill', to_stop: 'town', waiting: 0, arrivals: [0, 3, 0, 0, 0, 0], then: 3 },
    { line: 'L', group: 'fans', from_stop: 'town', to_stop: 'mid', waiting: 0, arrivals: NOBODY },
    {
      line: 'L',
      group: 'athletes',
      from_stop: 'hill',
      to_stop: 'town',
      waiting: 0,
      arrivals: [2, 0, 0, 0, 0, 0],
      board_by_slot: 4,
    },
    { line: 'L', group: 'fans', from_stop: 'mid', to_stop: 'hill', waiting: 2, arrivals: NOBODY },
  ],
  under_way: [{ pattern: 'out', vehicle: 'bus-9', type: 'bus', slot: -1 }],
  prices: { change_cost: 4, missed_cost: 5, left_wait_slots: 3 },
};

/** A plan made by hand; its figures are added up in `check-dispatch.spec.ts`. */
export const townAndHillPlan: DispatchPlan = {
  grid: townAndHill.grid,
  departures: [
    { line: 'L', pattern: 'out', departs_ms: start, vehicle: 'bus-1' },
    { line: 'L', pattern: 'back', departs_ms: start + 2 * SLOT_MS, vehicle: 'bus-1' },
    { line: 'L', pattern: 'out', departs_ms: start + 4 * SLOT_MS, vehicle: 'electric-1' },
  ],
  blocks: [
    {
      vehicle: 'bus-1',
      activities: [
        { kind: 'trip', pattern: 'out', slot: 0, until_slot: 2 },
        { kind: 'trip', pattern: 'back', slot: 2, until_slot: 4 },
      ],
    },
    {
      vehicle: 'electric-1',
      activities: [
        { kind: 'charge', place: 'depot', slot: 1, until_slot: 2, kwh: 3 },
        { kind: 'deadhead', from_place: 'depot', to_place: 'town', slot: 2, until_slot: 3 },
        { kind: 'trip', pattern: 'out', slot: 4, until_slot: 6 },
      ],
    },
    {
      vehicle: 'reserve-1',
      activities: [{ kind: 'deadhead', from_place: 'depot', to_place: 'town', slot: 0, until_slot: 1 }],
    },
  ],
  boardings: [
    { ride: 5, pattern: 'out', slot: -1, people: 2 },
    { ride: 0, pattern: 'out', slot: 0, people: 6 },
    { ride: 1, pattern: 'out', slot: 0, people: 1 },
    { ride: 2, pattern: 'back', slot: 2, people: 3 },
    { ride: 4, pattern: 'back', slot: 2, people: 2 },
    { ride: 0, pattern: 'out', slot: 4, people: 4 },
    { ride: 3, pattern: 'out', slot: 4, people: 3 },
  ],
  rides: [
    { queue: [4, 4, 4, 4, 0, 1], late: NOBODY },
    { queue: NOBODY, late: NOBODY },
    { queue: [0, 3, 0, 0, 0, 0], late: NOBODY },
    { queue: NOBODY, late: NOBODY },
    { queue: [2, 2, 0, 0, 0, 0], late: [0, 2, 0, 0, 0, 0] },
    { queue: NOBODY, late: NOBODY },
  ],
  cost: { waiting: 22, late: 10, left: 3, driving: 16, call_out: 7, changes: 4, missed: 10, total: 72 },
};
