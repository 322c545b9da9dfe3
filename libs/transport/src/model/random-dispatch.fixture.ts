import fc from 'fast-check';
import type { DispatchProblem } from '../problem/problem.js';
import { tinyDispatch } from './tiny-dispatch.fixture.js';

const people = fc.nat(14);
const perSlot = (slots: number, value: fc.Arbitrary<number>): fc.Arbitrary<number[]> =>
  fc.array(value, { minLength: slots, maxLength: slots });

/** Two places, an out and a back pattern and a loop, up to three vehicles of two types, one with a small battery, six slots: small enough to be solved to the end at once. */
export const randomDispatch: fc.Arbitrary<DispatchProblem> = fc
  .record({
    vehicles: fc.array(
      fc.record(
        {
          type: fc.constantFrom('bus', 'van', 'ebus'),
          place: fc.constantFrom('depot', 'hall'),
          ready_slot: fc.nat(2),
          until_slot: fc.integer({ min: 3, max: 6 }),
          call_out_cost: fc.constantFrom(0, 3),
        },
        { requiredKeys: ['type', 'place', 'ready_slot'] },
      ),
      { maxLength: 3 },
    ),
    arrivals: fc.array(perSlot(6, people), { minLength: 5, maxLength: 5 }),
    waiting: fc.array(people, { minLength: 5, maxLength: 5 }),
    bays: fc.option(fc.integer({ min: 1, max: 2 })),
    longest: fc.option(fc.integer({ min: 1, max: 3 })),
    previous: perSlot(3, fc.nat(1)),
    most: perSlot(6, fc.constantFrom(0, 1, 1)),
    underWay: fc.boolean(),
  })
  .map(({ vehicles, arrivals, waiting, bays, longest, previous, most, underWay }) => {
    const demand = (at: number) => ({ arrivals: arrivals[at] ?? [], waiting: waiting[at] ?? 0 });
    return tinyDispatch({
      slots: 6,
      places: [{ id: 'depot', chargers: 1 }, { id: 'hall' }],
      deadheads: [
        { from_place: 'depot', to_place: 'hall', slots: 2, km: 2 },
        { from_place: 'hall', to_place: 'depot', slots: 2, km: 2 },
      ],
      vehicle_types: [
        { id: 'bus', cost_per_km: 0.5, accessible: 2 },
        { id: 'van', seats: 4 },
        { id: 'ebus', battery: { capacity_kwh: 12, reserve_kwh: 2, kwh_per_km: 1, charging_kw: 30 } },
      ],
      vehicles: vehicles.map((vehicle, at) => ({ id: `v${at}`, ...vehicle })),
      patterns: [
        {
          pattern: 'out',
          to_place: 'hall',
          busy_slots: 2,
          km: 4,
          previous,
          calls: [
            ['a', 0],
            ['b', 1],
            ['c', 2],
          ],
        },
        {
          pattern: 'back',
          from_place: 'hall',
          busy_slots: 2,
          km: 4,
          most,
          calls: [
            ['c', 0],
            ['b', 1],
            ['a', 2],
          ],
        },
        {
          pattern: 'loop',
          line: 'M',
          busy_slots: 2,
          km: 2,
          least: [0, 0, 1, 1, 2, 2],
          calls: [
            ['a', 0],
            ['x', 1],
            ['a', 2],
          ],
        },
      ],
      bays: bays === null ? [] : [{ stop: 'a', bays }],
      under_way: underWay ? [{ pattern: 'out', vehicle: 'gone', type: 'van', slot: -1 }] : [],
      groups: [
        { id: 'fans', late_cost_per_hour: 20, ...(longest === null ? {} : { longest_wait_slots: longest }) },
        { id: 'press', waiting_cost_per_hour: 30 },
      ],
      rides: [
        { from_stop: 'a', to_stop: 'c', ...demand(0) },
        { from_stop: 'b', to_stop: 'c', group: 'press', ...demand(1) },
        { from_stop: 'c', to_stop: 'a', accessible: true, ...demand(2) },
        { line: 'M', from_stop: 'x', to_stop: 'a', ...demand(3), then: 4 },
        { line: 'M', from_stop: 'a', to_stop: 'x', ...demand(4) },
      ],
      prices: { change_cost: 0.5, missed_cost: 3, left_wait_slots: 2 },
    });
  });
