import { expect, it } from '@jest/globals';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { TaskPlant } from './task-plant.js';

const spec = { id: 'snow', energy_kwh: 40, power_kw: 10, from: '22:00', until: '06:00', point: 'snow.power' };
const start = epochMs(Date.UTC(2026, 0, 5));
const day = { start, end: epochMs(start + 24 * HOUR_MS) };
const run = (plant: TaskPlant, fromHour: number, untilHour: number, told?: number) => {
  let kwh = 0;
  for (let minute = fromHour * 60; minute < untilHour * 60; minute += 1)
    kwh += plant.run(epochMs(start + minute * MINUTE_MS), told) / 60;
  return kwh;
};

it('by itself begins with its window and ends when it is done', () => {
  const plant = new TaskPlant(spec, 'UTC', day);
  // A quarter of the night was before midnight.
  expect(plant.doneKwh).toBe(10);
  expect(run(plant, 0, 3)).toBeCloseTo(30, 9);
  expect(run(plant, 3, 22)).toBeCloseTo(0, 9);
  expect(run(plant, 22, 24)).toBeCloseTo(20, 9);
  // Half of it is done after a quarter of its time.
  expect(plant.behindKwh(day.end)).toBeCloseTo(-10, 9);
});

it('does what it is told, and counts what is not done by its end', () => {
  const plant = new TaskPlant(spec, 'UTC', day);
  expect(run(plant, 0, 6, 2)).toBeCloseTo(12, 9);
  expect(plant.missedKwh).toBe(0);
  run(plant, 6, 7);
  expect(plant.missedKwh).toBeCloseTo(18, 9);
  run(plant, 7, 24, 0);
  expect(plant.behindKwh(day.end)).toBeCloseTo(10, 9);
});
