import { describe, expect, it } from '@jest/globals';
import { tinyDispatch } from '../model/tiny-dispatch.fixture.js';
import { classesOf } from './classes.js';

/** A bus with so much in its battery beside the reserve, ready in a slot of four: each round takes two slots and 10 kWh. */
const isWatched = (kwh: number, ready_slot = 0): boolean | undefined =>
  classesOf(
    tinyDispatch({
      slots: 4,
      vehicle_types: [
        { id: 'bus', battery: { capacity_kwh: 100, reserve_kwh: 5, kwh_per_km: 1, charging_kw: 50 } },
      ],
      patterns: [{ pattern: 'round', calls: [['a', 0]], busy_slots: 2, km: 10 }],
      rides: [],
      vehicles: [{ charge_kwh: 5 + kwh, ready_slot }],
    }),
  )[0]?.watched; // prettier-ignore

describe('classesOf', () => {
  it('watches a battery that does not last the longest way, whole where it leaves within the horizon', () => {
    expect(isWatched(20)).toBe(false);
    expect(isWatched(19)).toBe(true);
    expect(isWatched(19, 1)).toBe(true);
    expect(isWatched(10, 3)).toBe(false);
  });
});
