import { describe, expect, it } from '@jest/globals';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';

import { DepotChargers } from './plants/depot-chargers.js';
import { SitePlants } from './site-plants.js';
import type { Overlay } from './overlays/overlay-schema.js';
import { tinyPack } from './tiny-day.fixture.js';
import { VehicleBatteries } from './vehicle-batteries.js';
import { drawWorld } from './world/world.js';
import { WorldChanges } from './world/world-changes.js';

const start = epochMs(Date.UTC(2026, 0, 5));
const window = { start, end: epochMs(start + 3 * HOUR_MS) };

const run = (energy: 'idle' | 'rule' | 'planned', overlays: Overlay[] = []) => {
  const [hall, field] = tinyPack.venues;
  if (!hall?.battery || !field) throw new Error('The hall has a battery.');
  const lossy = { ...hall, battery: { ...hall.battery, charge_efficiency: 0.9, discharge_efficiency: 0.8 } };
  const pack = { ...tinyPack, venues: [lossy, field] };
  const world = drawWorld(2, 1);
  const chargers = new DepotChargers(pack, new VehicleBatteries(pack, world));
  const plants = new SitePlants(pack, window, { world, changes: new WorldChanges(pack, overlays, window) }, energy, chargers); // prettier-ignore
  const step = (kw: number): void => plants.tell([{ venue: 'hall', asset: 'battery', from_ms: start, until_ms: window.end, value: kw, unit: 'kW' }]); // prettier-ignore
  const minutes = (from: number, until: number): void => {
    for (let minute = from; minute < until; minute += 1) plants.runMinute(epochMs(start + minute * MINUTE_MS));
  };
  return { plants, step, minutes };
};

/** kWh that the hall asked for. */
const asked = (plants: SitePlants): number =>
  (plants.historyAt('hall', 'load', window.end, 15 * MINUTE_MS)?.values.slice(-12) ?? []).reduce<number>(
    (sum, kw) => sum + (kw ?? 0) / 4,
    0,
  );

describe('a site', () => {
  it('loses nothing but by the battery’s efficiencies', () => {
    const { plants, step, minutes } = run('planned');
    const before = plants.storedKwh;
    step(8);
    minutes(0, 40);
    const between = plants.storedKwh;
    step(-6);
    minutes(40, 180);
    const [charged, given] = [(between - before) / 0.9, (between - plants.storedKwh) * 0.8];
    // At a price of 0.1 and 0.5 an hour: what was bought is what was asked for, and what the battery took more than it gave.
    expect(plants.meter.carbonKg / 0.2).toBeCloseTo(asked(plants) + charged - given, 9);
  });

  it('in the dark lives on its battery, and counts what is missing', () => {
    const { plants, minutes } = run('idle', [{ kind: 'feeder_trip', feeder: 'north', from: '00:00', minutes: 180 }]);
    const before = plants.storedKwh;
    minutes(0, 180);
    expect(plants.meter.carbonKg).toBe(0);
    expect(plants.unservedKwh.get('normal')).toBeCloseTo(asked(plants) - (before - plants.storedKwh) * 0.8, 9);
    expect(plants.storedKwh).toBeCloseTo(0, 9);
  });

  it('by the rule keeps the import limit while the battery lasts', () => {
    const [idle, rule] = [run('idle'), run('rule')];
    idle.minutes(0, 180);
    rule.minutes(0, 180);
    expect(rule.plants.meter.overLimitKwh).toBeLessThan(idle.plants.meter.overLimitKwh);
    expect(idle.plants.meter.overLimitKwh).toBeGreaterThan(2);
  });
});
