import { describe, expect, it } from '@jest/globals';
import { townAndHill, townAndHillPlan } from '../check/town-and-hill.fixture.js';
import { disturb, DISTURBANCES } from './disturb.js';
import { generateInstance } from './generate.js';
import { readInstance } from './read-instance.js';

/** A copy of the document with the value at a path such as `rides.0.then` set, or taken out. */
const changed = (path: string, value: unknown): unknown => {
  const document: unknown = structuredClone(townAndHill);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const target = keys.reduce<unknown>((at, key) => Reflect.get(at as object, key) as unknown, document) as object;
  if (value === undefined) Reflect.deleteProperty(target, last);
  else Reflect.set(target, last, value);
  return document;
};

const wrongs: readonly (readonly [what: string, path: string, value: unknown, rule: string, where: string, found: string | undefined])[] = [
  ['a grid of no slots', 'grid.count', 0, 'minimum', 'grid.count', '0'],
  ['slots of no time', 'grid.slotMs', -1, 'minimum', 'grid.slotMs', '-1'],
  ['a key that nobody knows', 'prices.fare', 3, 'unknown_key', 'prices.fare', '3'],
  ['a part that is missing', 'rides', undefined, 'missing', 'rides', undefined],
  ['a bus of no seats', 'vehicle_types.0.seats', 0, 'minimum', 'vehicle_types[0].seats', '0'],
  ['more accessible places than places', 'vehicle_types.0.accessible', 11, 'maximum', 'vehicle_types[0].accessible', '11'],
  ['a reserve above the capacity', 'vehicle_types.1.battery.reserve_kwh', 21, 'maximum', 'vehicle_types[1].battery.reserve_kwh', '21'],
  ['a negative travel time', 'patterns.0.busy_slots', -2, 'minimum', 'patterns[0].busy_slots', '-2'],
  ['a deadhead in no time', 'deadheads.0.slots', 0, 'minimum', 'deadheads[0].slots', '0'],
  ['a deadhead to itself', 'deadheads.0.to_place', 'depot', 'same_place', 'deadheads[0].to_place', '"depot"'],
  ['the same deadhead twice', 'deadheads.1', townAndHill.deadheads[0], 'duplicate', 'deadheads[1]', '"depot to town"'],
  ['offsets that fall', 'patterns.0.stops.2.offset_slots', 0, 'never_falls', 'patterns[0].stops[2].offset_slots', '0'],
  ['a vehicle ready before its last call', 'patterns.0.busy_slots', 1, 'minimum', 'patterns[0].busy_slots', '1'],
  ['a pattern of one stop', 'patterns.1.stops', [{ stop: 'hill', offset_slots: 0 }], 'too_few', 'patterns[1].stops', '[{"stop":"hill","offset_slots":0}]'],
  ['a timetable of too few slots', 'patterns.0.scheduled', [1, 0], 'slots', 'patterns[0].scheduled', '2'],
  ['announced departures past the horizon', 'patterns.0.previous', [0, 0, 0, 0, 0, 0, 1], 'slots', 'patterns[0].previous', '7'],
  ['a floor that falls', 'patterns.0.least', [1, 0, 1, 1, 1, 1], 'never_falls', 'patterns[0].least[1]', '0'],
  ['a cancelled departure that people added', 'patterns.1.most', [null, null, 0, null, null, null], 'minimum', 'patterns[1].most[2]', '0'],
  ['arrivals of too many slots', 'rides.0.arrivals', [0, 0, 0, 0, 0, 0, 0], 'slots', 'rides[0].arrivals', '7'],
  ['arrivals that are no number', 'rides.0.arrivals.3', NaN, 'type', 'rides[0].arrivals[3]', 'NaN'],
  ['endless arrivals', 'rides.0.arrivals.3', Infinity, 'type', 'rides[0].arrivals[3]', 'Infinity'],
  ['people below zero', 'rides.0.waiting', -1, 'minimum', 'rides[0].waiting', '-1'],
  ['a stop that does not exist', 'rides.0.to_stop', 'moon', 'unknown_stop', 'rides[0].to_stop', '"moon"'],
  ['a ride that no pattern of its line makes', 'rides.0.from_stop', 'hill', 'served', 'rides[0]', '"hill to hill"'],
  ['a ride of an unknown line', 'rides.0.line', 'M', 'unknown_line', 'rides[0].line', '"M"'],
  ['a ride of an unknown group', 'rides.0.group', 'guests', 'unknown_group', 'rides[0].group', '"guests"'],
  ['a ride that goes on with none', 'rides.2.then', 6, 'unknown_ride', 'rides[2].then', '6'],
  ['a ride that goes on with itself', 'rides.2.then', 2, 'no_circle', 'rides[2].then', '2'],
  ['rides in a circle', 'rides.3.then', 2, 'no_circle', 'rides[2].then', '3'],
  ['a pattern from nowhere', 'patterns.0.from_place', 'unknown', 'unknown_place', 'patterns[0].from_place', '"unknown"'],
  ['a pattern for an unknown type', 'patterns.1.types.0', 'tram', 'unknown_type', 'patterns[1].types[0]', '"tram"'],
  ['a vehicle nowhere', 'vehicles.0.place', 'moon', 'unknown_place', 'vehicles[0].place', '"moon"'],
  ['two vehicles of one name', 'vehicles.2.id', 'bus-1', 'duplicate', 'vehicles[2].id', '"bus-1"'],
  ['two patterns of one name', 'patterns.1.pattern', 'out', 'duplicate', 'patterns[1].pattern', '"out"'],
  ['a duty over before it begins', 'vehicles.0.ready_slot', 6, 'after_ready', 'vehicles[0].until_slot', '5'],
  ['more charge than the battery holds', 'vehicles.1.charge_kwh', 21, 'capacity', 'vehicles[1].charge_kwh', '21'],
  ['charge without a battery', 'vehicles.0.charge_kwh', 5, 'electric', 'vehicles[0].charge_kwh', '5'],
  ['bays at an unknown stop', 'bays.0.stop', 'moon', 'unknown_stop', 'bays[0].stop', '"moon"'],
  ['an unknown pattern under way', 'under_way.0.pattern', 'ring', 'unknown_pattern', 'under_way[0].pattern', '"ring"'],
  ['a price below zero', 'prices.change_cost', -1, 'minimum', 'prices.change_cost', '-1'],
]; // prettier-ignore

describe('readInstance', () => {
  it.each(wrongs)('refuses %s', (_what, path, value, rule, where, found) => {
    const read = readInstance('i.json', changed(path, value));
    const faults = read.ok ? [] : read.error;
    const places = faults.map((fault) => ({ path: fault.path, value: fault.value, rule: fault.rule }));
    expect(places).toContainEqual({ path: where, value: found, rule });
  });

  it('names every fault at once', () => {
    const read = readInstance('i.json', { ...townAndHill, bays: [{ stop: 'moon', bays: 1 }], places: [] });
    expect(read.ok ? [] : read.error.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['unknown_stop', 'unknown_place']));
  }); // prettier-ignore

  it('takes what JSON keeps of any generated problem, as it was', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const fleet = seed % 2 === 0 ? 'tight' : 'loose';
      const problem = generateInstance({ lines: 1 + (seed % 13), slots: 1 + ((seed * 7) % 40), seed, fleet });
      expect(readInstance('i.json', JSON.parse(JSON.stringify(problem)))).toEqual({ ok: true, value: problem });
    }
  });

  it.each(DISTURBANCES)('takes a problem after a %s', (kind) => {
    expect(readInstance('i.json', disturb(townAndHill, townAndHillPlan, kind, 1))).toMatchObject({ ok: true });
  });

  it('takes a day of 25 hours and a problem without anything to do', () => {
    const empty = { places: [], vehicles: [], deadheads: [], patterns: [], bays: [], rides: [], under_way: [] };
    const read = readInstance('i.json', { ...townAndHill, ...empty, grid: { ...townAndHill.grid, count: 300 } });
    expect(read.ok).toBe(true);
  });
});
