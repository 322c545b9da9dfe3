import { describe, expect, it } from '@jest/globals';
import { outageFaults } from './outage-faults.js';

const grid = { feeder: 'north', import_limit_kw: 300, export_limit_kw: 0 };
const fuel = { curve: [[0, 1] as [number, number], [9, 4] as [number, number]], price: 1, carbon_kg: 1 };
const generator = {
  id: 'genset',
  capacity_kw: 9,
  min_kw: 0,
  start_cost: 0,
  stop_cost: 0,
  min_up_minutes: 0,
  min_down_minutes: 0,
  fuel,
  point: 'a.b',
};
const pack = {
  feeders: [{ id: 'north', name: 'North', limit_kw: 400 }],
  venues: [
    { id: 'dome', name: 'Dome', stop: '1', grid, connections: [{ id: 'dome-b', ...grid }], generators: [generator] },
    { id: 'rink', name: 'Rink', stop: '2', grid },
  ],
};

describe('outageFaults', () => {
  it.each([
    { of: 'feeder', id: 'north' } as const,
    { of: 'connection', id: 'rink' } as const,
    { of: 'connection', id: 'dome-b' } as const,
    { of: 'generator', id: 'dome/genset' } as const,
  ])('has nothing against %j', (target) => expect(outageFaults(target, pack)).toEqual([]));

  it.each([
    [{ of: 'feeder', id: 'south' } as const, 'There is no feeder "south". Choose one of north.'],
    [{ of: 'connection', id: 'x' } as const, 'There is no connection "x". Choose one of dome, dome-b, rink.'],
    [
      { of: 'generator', id: 'rink/genset' } as const,
      'There is no generator "rink/genset". Choose one of dome/genset.',
    ],
  ])('refuses %j', (target, message) =>
    expect(outageFaults(target, pack).map((fault) => fault.message)).toEqual([message]),
  );
});
