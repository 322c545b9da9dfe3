import { expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { GeneratorPlant } from './generator-plant.js';

const spec = {
  ...{ id: 'genset', capacity_kw: 100, min_kw: 30, start_cost: 5, stop_cost: 1 },
  ...{ min_up_minutes: 0, min_down_minutes: 0, point: 'genset.power' },
  fuel: { curve: [[0, 6], [50, 12], [100, 30]] as [number, number][], price: 2, carbon_kg: 3, on_hand: 1 }, // prettier-ignore
};
const at = (minute: number) => epochMs(minute * MINUTE_MS);

it('carries what is missing between its least and most power, and burns by its curve', () => {
  const plant = new GeneratorPlant(spec, () => false);
  expect([0, 10, 75, 150].map((missing, minute) => plant.run(at(minute), missing))).toEqual([0, 30, 75, 100]);
  expect(plant.run(at(4), 0)).toBe(0);
  // 9.6, 21 and 30 litres an hour for a minute each, a start and a stop.
  const fuel = (9.6 + 21 + 30) / 60;
  expect(plant.cost).toBeCloseTo(5 + 1 + 2 * fuel, 9);
  expect(plant.carbonKg).toBeCloseTo(3 * fuel, 9);
});

it('ends with its fuel', () => {
  const plant = new GeneratorPlant(spec, () => false);
  const ran = Array.from({ length: 5 }, (_, minute) => plant.run(at(minute), 100));
  expect(ran).toEqual([100, 100, 0, 0, 0]);
});

it('that does not start is out of order for two hours', () => {
  const plant = new GeneratorPlant(spec, (start) => start === 1);
  expect([0, 1, 119, 120].map((minute) => plant.run(at(minute), 40))).toEqual([0, 0, 0, 40]);
  expect(plant.cost).toBeGreaterThan(5);
});
