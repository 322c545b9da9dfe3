import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { generateInstance } from './generate.js';

const size = { lines: 12, slots: 24, seed: 1, fleet: 'tight' } as const;
const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

describe('generateInstance', () => {
  it('gives the same bytes for the same seed', () => {
    expect(hash(generateInstance(size))).toBe(hash(generateInstance(size)));
    expect(hash(generateInstance(size))).not.toBe(hash(generateInstance({ ...size, seed: 2 })));
  });

  it('has two patterns or more a line, and everything that a problem can have but rides around a terminus', () => {
    const problem = generateInstance({ ...size, lines: 60, slots: 36 });
    expect(new Set(problem.patterns.map(({ line }) => line)).size).toBe(60);
    expect(problem.patterns.length).toBeGreaterThan(120);
    expect(problem.places.some(({ chargers }) => chargers !== undefined)).toBe(true);
    expect(problem.vehicles.some((vehicle) => vehicle.charge_kwh !== undefined)).toBe(true);
    expect(problem.vehicles.some((vehicle) => vehicle.until_slot !== undefined)).toBe(true);
    expect(problem.vehicles.some((vehicle) => vehicle.call_out_cost !== undefined)).toBe(true);
    expect(problem.rides.some((ride) => ride.accessible === true)).toBe(true);
    expect(problem.rides.some((ride) => ride.board_by_slot !== undefined)).toBe(true);
    expect(problem.under_way.length).toBeGreaterThan(0);
  });

  it('has little over half the vehicles in a tight fleet', () => {
    const [tight, loose] = (['tight', 'loose'] as const).map((fleet) => generateInstance({ ...size, fleet }));
    const ratio = (tight?.vehicles.length ?? 0) / (loose?.vehicles.length ?? 1);
    expect(ratio).toBeGreaterThan(0.52);
    expect(ratio).toBeLessThan(0.63);
  });

  it.each([1, 2, 7])('can be as small as one line in %i slots', (slots) => {
    const problem = generateInstance({ lines: 1, slots, seed: 3, fleet: 'loose' });
    expect(problem.rides.every(({ arrivals }) => arrivals.length === slots)).toBe(true);
    expect(problem.vehicles.every((vehicle) => (vehicle.until_slot ?? Infinity) > vehicle.ready_slot)).toBe(true);
  });
});
