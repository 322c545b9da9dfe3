import { describe, expect, it } from '@jest/globals';
import { epochMs, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { electricPack } from '../tiny-day.fixture.js';
import { VehicleBatteries } from '../vehicle-batteries.js';
import { EXPECTED_WORLD } from '../world/world.js';
import { DepotChargers } from './depot-chargers.js';

const at = (minute: number) => epochMs(minute * MINUTE_MS);
/** Three buses of 100 kWh that take 1 kWh by km and 60 kW; two chargers at the hall, of 90 kW together. */
const yard = () => {
  const batteries = new VehicleBatteries(electricPack, EXPECTED_WORLD);
  const chargers = new DepotChargers(electricPack, batteries);
  const come = (vehicle: string, km: number, minute: number): void => {
    batteries.drive(vehicle, km);
    chargers.stand(vehicle, 'a', at(minute));
  };
  const run = (minute: number, told: Readonly<Record<string, number>> = {}) =>
    chargers.run(at(minute), 'hall', (task) => told[task]);
  return { batteries, chargers, come, run };
};

describe('chargers without a plan', () => {
  it('feed who came first, after plugging in, within chargers and power', () => {
    const { come, run, chargers } = yard();
    come('bus-01', 50, 0);
    come('bus-02', 50, 1);
    come('bus-03', 50, 2);
    expect([run(4), run(5), run(6), run(7)]).toEqual([0, 60, 90, 90]);
    chargers.leave('bus-01');
    expect(run(8)).toBe(90);
    expect(chargers.run(at(8), 'field', () => undefined)).toBe(0);
  });

  it('stop when the battery is full, and a vehicle goes as far as it is charged', () => {
    const { batteries, come, run } = yard();
    come('bus-01', 100, 0);
    expect(batteries.canDrive('bus-01', 1)).toBe(false);
    for (let minute = 5; minute < 65; minute += 1) run(minute);
    expect(batteries.canDrive('bus-01', 59)).toBe(true);
    expect(batteries.canDrive('bus-01', 61)).toBe(false);
    let kwh = 0;
    for (let minute = 65; minute < 180; minute += 1) kwh += run(minute) / 60;
    expect(kwh).toBeCloseTo(40, 9);
  });
});

describe('chargers with a plan', () => {
  const stay = { vehicle: 'bus-01', depot: 'depot', kwh: 10, start: at(10), end: epochMs(HOUR_MS) };

  it('feed nobody else, only in the stay, as much as it says and as fast as they are told', () => {
    const { come, run, chargers } = yard();
    come('bus-01', 50, 0);
    come('bus-02', 50, 0);
    chargers.follow([stay]);
    expect([run(9), run(10)]).toEqual([0, 60]);
    expect(run(11, { 'depot.bus-01': 30 })).toBe(30);
    let kwh = 1.5;
    for (let minute = 12; minute < 60; minute += 1) kwh += run(minute) / 60;
    expect(kwh).toBeCloseTo(10, 9);
    chargers.follow([{ ...stay, kwh: 20 }]);
    expect(run(60)).toBe(0);
  });

  it('miss who should be there', () => {
    const { come, chargers } = yard();
    chargers.follow([stay]);
    expect(chargers.missingAt(at(9))).toEqual([]);
    expect(chargers.missingAt(at(10))).toEqual([{ vehicle: 'bus-01', place: 'a' }]);
    come('bus-01', 0, 12);
    expect(chargers.missingAt(at(13))).toEqual([]);
  });
});
