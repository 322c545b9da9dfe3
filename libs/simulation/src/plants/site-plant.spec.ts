import { describe, expect, it } from '@jest/globals';
import type { Venue } from '#libs/games';
import { epochMs, HOUR_MS } from '#libs/kernel';
import type { Overlay } from '../overlays/overlay-schema.js';
import { tinyPack } from '../tiny-day.fixture.js';
import { EXPECTED_WORLD } from '../world/world.js';
import { WorldChanges } from '../world/world-changes.js';
import { SitePlant } from './site-plant.js';

const start = epochMs(Date.UTC(2026, 0, 5));
const window = { start, end: epochMs(start + 24 * HOUR_MS) };
const terms = { import_limit_kw: 75, export_limit_kw: 0 };
const feeders = [...tinyPack.feeders, { id: 'south', name: 'South', limit_kw: 100 }];
const trip = (feeder: string): Overlay => ({ kind: 'feeder_trip', feeder, from: '01:00', minutes: 60 });

const plantOf = (own: Partial<Venue>, ...overlays: Overlay[]) => {
  const [hall] = tinyPack.venues;
  if (!hall) throw new Error('There is a hall.');
  const venue = { ...hall, ...own };
  const pack = { ...tinyPack, feeders, venues: [venue] };
  return new SitePlant(pack, venue, window, {
    world: EXPECTED_WORLD,
    changes: new WorldChanges(pack, overlays, window),
  });
};
const order = (hours: number, told: Readonly<Record<string, number>> = {}) => ({
  ...{ at: epochMs(start + hours * HOUR_MS), askedKw: 20, sunKw: 0, rule: undefined },
  told: (asset: string) => told[asset],
  runCharging: () => 0,
});
const genset: Venue['generators'] = [
  {
    ...{ id: 'genset', capacity_kw: 12, min_kw: 0, start_cost: 0, stop_cost: 0, min_up_minutes: 0, min_down_minutes: 0 },
    fuel: { curve: [[0, 0], [12, 4]], price: 2, carbon_kg: 3 },
    point: 'genset.power',
  },
]; // prettier-ignore
const loads: Venue['loads'] = [
  { id: 'exits', tier: 'life_safety', share: 0.2 },
  { id: 'cameras', tier: 'broadcast', share: 0.1 },
];

describe('a venue in the dark', () => {
  it('lives on its generator and battery, and what is missing is missing by tier', () => {
    const plant = plantOf({ generators: genset, loads, battery: undefined }, trip('north'));
    expect(plant.runMinute(order(0.5)).gridKw).toEqual(new Map([['hall', 20]]));
    const { gridKw, unservedKw } = plant.runMinute(order(1));
    expect([...gridKw]).toEqual([]);
    expect(Object.fromEntries(unservedKw)).toEqual({ normal: 8, broadcast: 0, life_safety: 0 });
    // 4 litres an hour, for a minute.
    expect(plant.generation).toEqual({ cost: expect.closeTo(8 / 60), carbonKg: expect.closeTo(12 / 60) });
  });

  it('keeps for life safety what a generator out of order leaves of the battery', () => {
    const out: Overlay = { kind: 'asset', venue: 'hall', asset: 'genset' };
    const plant = plantOf({ generators: genset, loads }, trip('north'), out);
    // The battery gives 10 of 20.
    expect(Object.fromEntries(plant.runMinute(order(1)).unservedKw)).toEqual({
      normal: 10,
      broadcast: 0,
      life_safety: 0,
    });
    const bare = plantOf({ generators: genset, loads }, trip('north'), out, { ...out, asset: 'battery' });
    expect(Object.fromEntries(bare.runMinute(order(1)).unservedKw)).toEqual({
      normal: 14,
      broadcast: 2,
      life_safety: 4,
    });
  });
});

describe('a venue of two connections', () => {
  const connections = [{ id: 'hall-b', feeder: 'south', ...terms }];
  const point = 'transfer.position';
  const switches = [{ id: 'transfer', connections: ['hall', 'hall-b'], operation_cost: 0, most_operations: 2, point }];
  const flows = (plant: SitePlant, hours: number) => Object.fromEntries(plant.runMinute(order(hours)).gridKw);

  it('shares its import by their limits, and what is alive carries all', () => {
    const plant = plantOf({ connections }, trip('south'));
    expect(flows(plant, 0.5)).toEqual({ hall: 5, 'hall-b': 15 });
    expect(flows(plant, 1)).toEqual({ hall: 20 });
  });

  it('goes by a switch to the one that is alive, and back', () => {
    const plant = plantOf({ connections, switches }, trip('north'));
    expect([0.5, 1, 2].map((hours) => flows(plant, hours))).toEqual([{ hall: 20 }, { 'hall-b': 20 }, { hall: 20 }]);
  });
});

it('runs thermal machines as told, by their thermostat else, and not while they are out of order', () => {
  const store = { capacity_kwh: 90, power_kw: 40, soc_min_ratio: 0.2, soc_max_ratio: 0.8, initial_soc_ratio: 0.5, loss_ratio_per_hour: 0 };
  const thermal = [{ id: 'ice', machine: { id: 'chiller', capacity_kw: 60, cop: 3 }, store, share: 0.3, point: 'ice.state' }];
  const plant = plantOf({ thermal }, { kind: 'asset', venue: 'hall', asset: 'chiller', from: '02:00' });
  const kw = (hours: number, told = {}) => plant.runMinute(order(hours, told)).gridKw.get('hall');
  // 6 of the 20 kW are the chiller's for 18 of cold.
  expect([kw(0), kw(0.5, { chiller: 60 }), kw(1, { chiller: 0 }), kw(2, { chiller: 60 })]).toEqual([20, 34, 14, 14]);
  expect(plant.storedKwh).toBeCloseTo(10 + (45 + (60 - 18 - 18 - 18) / 60) / 3, 9);
}); // prettier-ignore
