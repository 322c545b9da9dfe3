import { expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';

import { Mileage } from './mileage.js';

const minutes = (count: number): number => count * MINUTE_MS;

it('counts empty rides, and pauses of up to an hour as duty', () => {
  const mileage = new Mileage();
  mileage.know({
    grid: { start: epochMs(0), slotMs: minutes(5), count: 36 },
    deadheads: [{ from_place: 'yard', to_place: 'a', slots: 2, km: 5 }],
    vehicles: [{ id: 'bus', type: 'bus', place: 'yard', ready_slot: 0 }],
  });
  const there = { from_place: 'a', to_place: 'b', km: 10 };
  const back = { from_place: 'b', to_place: 'a', km: 10 };
  // From the yard in 10 minutes, there in 20, 15 minutes at b, back in 20, two hours off, there in 20.
  mileage.leave('bus', there, minutes(60));
  mileage.arrive('bus', minutes(80));
  mileage.leave('bus', back, minutes(95));
  mileage.arrive('bus', minutes(115));
  mileage.leave('bus', there, minutes(235));
  mileage.arrive('bus', minutes(255));
  expect(mileage.km).toBe(35);
  expect(mileage.emptyShare).toBeCloseTo(5 / 35);
  expect(mileage.driverHours * 60).toBeCloseTo(10 + 20 + 15 + 20 + 20);
});
