import { describe, expect, it } from '@jest/globals';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { electricPack } from '../tiny-day.fixture.js';
import { VehicleBatteries } from '../vehicle-batteries.js';
import { EXPECTED_WORLD } from '../world/world.js';
import { DepotChargers } from './depot-chargers.js';

const at = (minute: number) => epochMs(minute * MINUTE_MS);
/** Buses of 100 kWh that take 1 kWh by km and 60 kW; two chargers at the hall, of 90 kW together. */
const yard = () => {
  const batteries = new VehicleBatteries(electricPack, EXPECTED_WORLD);
  const chargers = new DepotChargers(electricPack, batteries);
  const come = (vehicle: string, km: number): void => {
    batteries.drive(vehicle, km);
    chargers.stand(vehicle, 'a');
  };
  const run = (minute: number, told: Readonly<Record<string, number>> = {}) =>
    chargers.run(at(minute), 'hall', (task) => told[task]);
  return { batteries, chargers, come, run };
};

describe('chargers', () => {
  const stay = { vehicle: 'bus-01', depot: 'depot', kwh: 10, start: at(10), end: epochMs(HOUR_MS) };

  it('feed nobody else, only in the stay, as fast as they are told, or evenly', () => {
    const { come, run, chargers } = yard();
    come('bus-01', 50);
    come('bus-02', 50);
    chargers.follow([stay]);
    // 10 kWh in 50 minutes.
    expect([run(9), run(10)]).toEqual([0, 12]);
    expect(run(11, { 'depot.bus-01': 30 })).toBe(30);
    expect(run(12, { 'depot.bus-01': 0 })).toBe(0);
    let kwh = 0.7;
    for (let minute = 13; minute < 60; minute += 1) kwh += run(minute) / 60;
    expect(kwh).toBeCloseTo(10, 9);
    chargers.follow([{ ...stay, kwh: 20 }]);
    expect(run(60)).toBe(0);
  });

  it('have power and plugs for so many, who is first in the plan first, and nobody takes more than the battery holds', () => {
    const { batteries, chargers, come, run } = yard();
    for (const vehicle of ['bus-01', 'bus-02', 'bus-03']) come(vehicle, 50);
    chargers.follow(
      ['bus-01', 'bus-02', 'bus-03'].map((vehicle) => ({ ...stay, vehicle, kwh: 80, start: at(0), end: at(240) })),
    );
    const told = { 'depot.bus-01': 60, 'depot.bus-02': 60, 'depot.bus-03': 60 };
    expect(run(0, told)).toBe(90);
    expect(chargers.run(at(0), 'field', () => undefined)).toBe(0);
    let kwh = 1.5;
    for (let minute = 1; minute < 240; minute += 1) kwh += run(minute, told) / 60;
    expect(kwh).toBeCloseTo(150, 9);
    expect(chargers.givenKwh).toBeCloseTo(150, 9);
    expect(batteries.missingKwh).toBeCloseTo(0, 9);
    chargers.leave('bus-01');
    batteries.drive('bus-01', 30);
    expect([batteries.canDrive('bus-01', 69), batteries.canDrive('bus-01', 71), run(239, told)]).toEqual([
      true,
      false,
      0,
    ]);
  });

  it('miss who should be there', () => {
    const { come, chargers } = yard();
    chargers.follow([stay]);
    expect(chargers.missingAt(at(9))).toEqual([]);
    expect(chargers.missingAt(at(10))).toEqual([{ vehicle: 'bus-01', place: 'a' }]);
    come('bus-01', 0);
    expect(chargers.missingAt(at(13))).toEqual([]);
  });
});
