import fc from 'fast-check';
import { epochMs } from '#libs/kernel';
import type { DispatchProblem, PatternProblem, Ride, Vehicle } from '../problem/problem.js';

const SLOTS = 6;

const bySlot = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(value, { minLength: SLOTS, maxLength: SLOTS });
const come = bySlot(fc.oneof(fc.constant(0), fc.nat(9), fc.double({ min: 0, max: 6, noNaN: true })));
const some = fc.nat(12);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

/** Without the keys that have no value. */
const given = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

const vehicle: fc.Arbitrary<Omit<Vehicle, 'id'>> = fc
  .record({
    type: fc.constantFrom('bus', 'van', 'electric'),
    place: fc.constantFrom('depot', 'town', 'hill'),
    ready_slot: fc.nat(2),
    until_slot: maybe(fc.integer({ min: 3, max: SLOTS })),
    call_out_cost: maybe(fc.constantFrom(0, 5)),
    charge_kwh: maybe(fc.integer({ min: 2, max: 9 })),
  })
  .map(({ charge_kwh, ...each }) => given({ ...each, charge_kwh: each.type === 'electric' ? charge_kwh : undefined }));

/** What people and the timetable say about a pattern. */
const words: fc.Arbitrary<Partial<PatternProblem>> = fc
  .record({
    types: maybe(fc.constantFrom(['bus'], ['van', 'electric'])),
    added: maybe(bySlot(fc.constantFrom(0, 0, 0, 1))),
    most: maybe(bySlot(fc.constantFrom(null, 0, 1, 2))),
    previous: maybe(fc.array(fc.nat(1), { maxLength: SLOTS })),
    headway: maybe(fc.integer({ min: 2, max: 5 })),
  })
  .map(({ types, added, most, previous, headway }) =>
    given({
      types,
      added,
      most: most?.map((limit, slot) => (limit === null ? null : Math.max(limit, added?.[slot] ?? 0))),
      previous,
      least: headway && Array.from({ length: SLOTS }, (_, slot) => Math.floor((slot + 1) / headway)),
      scheduled: headway && Array.from({ length: SLOTS }, (_, slot) => (slot % headway === 0 ? 1 : 0)),
    }),
  )
  .map((each) => each as Partial<PatternProblem>);

const calls = (...each: readonly (readonly [stop: string, offset: number])[]): PatternProblem['stops'] =>
  each.map(([stop, offset_slots]) => ({ stop, offset_slots }));

/** A line over a hill with an express, and a loop in the town that people ride past its terminus. Two slots away is the depot. */
const patterns: readonly PatternProblem[] = [
  { line: 'L', pattern: 'out', from_place: 'town', to_place: 'hill', busy_slots: 2, km: 3, stops: calls(['town', 0], ['mid', 1], ['hill', 2]) },
  { line: 'L', pattern: 'out-express', from_place: 'town', to_place: 'hill', busy_slots: 1, km: 3, stops: calls(['town', 0], ['hill', 1]) },
  { line: 'L', pattern: 'back', from_place: 'hill', to_place: 'town', busy_slots: 2, km: 3, stops: calls(['hill', 0], ['mid', 1], ['town', 1]) },
  { line: 'M', pattern: 'loop', from_place: 'town', to_place: 'town', busy_slots: 3, km: 2, stops: calls(['town', 0], ['park', 1], ['pool', 1], ['town', 2]) },
]; // prettier-ignore

const rides: readonly Omit<Ride, 'waiting' | 'arrivals'>[] = [
  { line: 'L', group: 'fans', from_stop: 'town', to_stop: 'hill' },
  { line: 'L', group: 'press', from_stop: 'town', to_stop: 'hill', board_by_slot: 3 },
  { line: 'L', group: 'fans', from_stop: 'town', to_stop: 'mid', accessible: true },
  { line: 'L', group: 'fans', from_stop: 'mid', to_stop: 'hill' },
  { line: 'L', group: 'athletes', from_stop: 'hill', to_stop: 'town' },
  { line: 'L', group: 'fans', from_stop: 'hill', to_stop: 'town' },
  { line: 'M', group: 'fans', from_stop: 'pool', to_stop: 'town', then: 7 },
  { line: 'M', group: 'fans', from_stop: 'town', to_stop: 'park' },
  { line: 'M', group: 'press', from_stop: 'park', to_stop: 'town' },
];

/** Any problem, with everything that a problem can have and small enough to be solved to the end: two lines, six slots, up to four vehicles. */
export const anyDispatch: fc.Arbitrary<DispatchProblem> = fc
  .record({
    vehicles: fc.array(vehicle, { maxLength: 4 }),
    said: fc.tuple(...patterns.map(() => words)),
    people: fc.tuple(...rides.map(() => fc.record({ waiting: some, arrivals: come }))),
    chargers: fc.nat(2),
    power: maybe(fc.integer({ min: 10, max: 60 })),
    bays: maybe(fc.integer({ min: 0, max: 3 })),
    longest: maybe(fc.nat(3)),
    gone: fc.array(fc.record({ pattern: fc.nat(patterns.length - 1), slot: fc.integer({ min: -2, max: 0 }) }), {
      maxLength: 2,
    }),
    prices: fc.record({
      change_cost: fc.nat(4),
      missed_cost: fc.nat(6),
      left_wait_slots: fc.double({ min: 0, max: 5, noNaN: true }),
    }),
  })
  .map(({ vehicles, said, people, chargers, power, bays, longest, gone, prices }) => ({
    grid: { start: epochMs(1_800_000_000_000), slotMs: 360_000, count: SLOTS },
    currency: 'EUR',
    places: [{ id: 'town' }, { id: 'hill' }, { id: 'depot', ...given({ chargers, charging_kw: power }) }],
    vehicle_types: [
      { id: 'bus', seats: 7, standing: 3, accessible: 1, cost_per_hour: 30, cost_per_km: 0.5 },
      { id: 'van', seats: 4, standing: 0, accessible: 4, cost_per_hour: 20, cost_per_km: 0 },
      {
        id: 'electric',
        seats: 8,
        standing: 0,
        accessible: 0,
        cost_per_hour: 10,
        cost_per_km: 0.1,
        battery: { capacity_kwh: 12, reserve_kwh: 2, kwh_per_km: 1, charging_kw: 40 },
      },
    ],
    vehicles: vehicles.map((each, index) => ({ id: `v${index}`, ...each })),
    deadheads: [
      { from_place: 'depot', to_place: 'town', slots: 1, km: 1 },
      { from_place: 'town', to_place: 'depot', slots: 1, km: 1 },
      { from_place: 'hill', to_place: 'depot', slots: 2, km: 2 },
    ],
    patterns: patterns.map((pattern, index) => ({ ...pattern, ...said[index] })),
    bays: bays === undefined ? [] : [{ stop: 'town', bays }],
    groups: [
      { id: 'fans', waiting_cost_per_hour: 10, late_cost_per_hour: 10, ...given({ longest_wait_slots: longest }) },
      { id: 'press', waiting_cost_per_hour: 10, late_cost_per_hour: 40 },
      { id: 'athletes', waiting_cost_per_hour: 30, longest_wait_slots: 1, late_cost_per_hour: 60 },
    ],
    rides: rides.map((ride, index) => ({ ...ride, ...(people[index] ?? { waiting: 0, arrivals: [] }) })),
    under_way: gone.map(({ pattern, slot }, index) => ({
      pattern: patterns[pattern]?.pattern ?? '',
      vehicle: `gone-${index}`,
      type: 'bus',
      slot,
    })),
    prices,
  }));
