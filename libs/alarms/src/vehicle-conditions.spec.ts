import { expect, it } from '@jest/globals';
import { vehicleConditions } from './vehicle-conditions.js';

const stuck = (number: number) => ({
  vehicle: `bus-${number}`,
  trouble: 'stuck',
  text: `bus-${number} has not moved.`,
});

it('raises for each vehicle that is stuck, missing or unknown', () => {
  const vehicles = [stuck(1), { vehicle: 'x', trouble: 'unknown', text: 'x is no vehicle of the fleet.' }];
  expect(vehicleConditions({ vehicles }).map(({ id, priority, text }) => [id, priority, text])).toEqual([
    ['vehicle_stuck:bus-1', 'high', 'bus-1 has not moved.'],
    ['vehicle_unknown:x', 'medium', 'x is no vehicle of the fleet.'],
  ]);
});

it('leaves what drivers sort out by themselves to the page', () => {
  expect(vehicleConditions({ vehicles: [{ vehicle: 'bus-1', trouble: 'bunched', text: '' }] })).toEqual([]);
});

it('raises once for a whole fleet', () => {
  const vehicles = Array.from({ length: 6 }, (_, index) => stuck(index + 1));
  expect(vehicleConditions({ vehicles })).toMatchObject([{ id: 'vehicle_stuck:many', raises: true }]);
  expect(vehicleConditions({ vehicles: vehicles.slice(1) })).toHaveLength(5);
});
