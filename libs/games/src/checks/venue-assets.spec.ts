import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { loadPack } from '../load-pack.js';
import { tinyFiles } from '../tiny-files.fixture.js';

/** Everything that a venue can have, as a technician would write it. */
const venues = `feeders:
  - { id: substation, name: Substation, limit_kw: 300, peak_price_per_kw_month: 12 }
  - { id: north, name: North, limit_kw: 150, parent: substation }
venues:
  - id: hall
    name: Hall
    stop: '1'
    grid: { feeder: north, import_limit_kw: 100, export_limit_kw: 0 }
    connections:
      - id: hall-b
        feeder: substation
        import_limit_kw: 60
        export_limit_kw: 0
        outages: [{ from: '2026-02-06T22:00', until: '2026-02-07T04:00' }]
    switches:
      - { id: transfer, connections: [hall, hall-b], operation_cost: 5, most_operations: 2, min_closed_minutes: 30, point: transfer.position }
    interlocks: [{ id: ring, connections: [hall, hall-b] }]
    pv: { rated_kw: 50 }
    battery:
      capacity_kwh: 40
      power_kw: 20
      charge_efficiency: 0.95
      discharge_efficiency: 0.95
      soc_min_ratio: 0.1
      soc_max_ratio: 0.9
      initial_soc_ratio: 0.5
      wear_cost_per_kwh: 0.02
      session_soc_ratio: 0.8
    loads:
      - { id: emergency, tier: life_safety, share: 0.1 }
      - { id: cameras, tier: broadcast, share: 0.2, ups: { power_kw: 8, autonomy_minutes: 20 } }
      - { id: field_lights, tier: broadcast, share: 0.05, restrike_minutes: 10 }
      - { id: kitchen, tier: normal, point: kitchen.active_power, shed_cost_per_kwh: 2 }
    generators:
      - id: genset
        capacity_kw: 80
        min_kw: 25
        start_cost: 5
        stop_cost: 0
        min_up_minutes: 30
        min_down_minutes: 30
        fuel: { curve: [[25, 9], [50, 15], [80, 23]], price: 1.4, carbon_kg: 2.7, on_hand: 300 }
        point: genset.active_power
    thermal:
      - id: ice
        machine: { id: chiller, capacity_kw: 60, cop: 3 }
        store:
          capacity_kwh: 90
          power_kw: 40
          soc_min_ratio: 0.2
          soc_max_ratio: 0.8
          initial_soc_ratio: 0.5
          loss_ratio_per_hour: 0.01
        share: 0.3
        point: ice.state
    tasks:
      - { id: snow, energy_kwh: 120, power_kw: 30, from: '22:00', until: '06:00', interruptible: true, point: snow.active_power }
    secured_sessions: true
  - id: field
    name: Field
    stop: '2'
    grid: { feeder: north, import_limit_kw: 80, export_limit_kw: 0 }
`;
const points = `      - { id: kitchen.active_power, kind: sub_power, unit: kW, min: 0, max: 30, interval_s: 60, recorded: { series: week.people, scale: 1, rule: linear } }
      - { id: genset.active_power, kind: asset_power, unit: kW, min: 0, max: 80, interval_s: 60 }
      - { id: snow.active_power, kind: asset_power, unit: kW, min: 0, max: 30, interval_s: 60 }
      - { id: transfer.position, kind: switch_position, unit: position, min: 0, max: 2, interval_s: 60 }
      - { id: ice.state, kind: store_soc, unit: ratio, min: 0, max: 1, interval_s: 60 }
  - id: gw-field
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pack-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const load = async (file = 'venues.yaml', from = '', to = '') => {
  const files = tinyFiles();
  files.set('venues.yaml', venues);
  files.set('devices.yaml', (files.get('devices.yaml') ?? '').replace('  - id: gw-field\n', points));
  files.set('energy.yaml', `${files.get('energy.yaml') ?? ''}risk: { load_quantile: 0.8, sun_quantile: 0.2 }\n`);
  const text = files.get(file) ?? '';
  expect(text).toContain(from);
  files.set(file, text.replace(from, to));
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  return loadPack(folder);
};

it('reads a venue with all its assets', async () => {
  const loaded = await load();
  expect(loaded).toMatchObject({ ok: true });
});

describe('a fault of energy names file, path, value and rule, and says what to do', () => {
  it.each([
    // Limits, efficiencies and prices that cannot be.
    ['limit_kw: 300', 'limit_kw: -300', 'feeders[0].limit_kw', '-300', 'positive'],
    ['import_limit_kw: 60', 'import_limit_kw: -60', 'venues[0].connections[0].import_limit_kw', '-60', 'positive'],
    ['charge_efficiency: 0.95', 'charge_efficiency: 1.05', 'venues[0].battery.charge_efficiency', '1.05', 'maximum'],
    ['price: 1.4', 'price: -1', 'venues[0].generators[0].fuel.price', '-1', 'minimum'],
    ['cop: 3', 'cop: 0', 'venues[0].thermal[0].machine.cop', '0', 'positive'],
    // The grid.
    ['parent: substation', 'parent: station', 'feeders[1].parent', '"station"', 'unknown_feeder'],
    ['limit_kw: 300,', 'limit_kw: 300, parent: north,', 'feeders[0].parent', '"north"', 'feeder_ring'],
    ['feeder: substation', 'feeder: west', 'venues[0].connections[0].feeder', '"west"', 'unknown_feeder'],
    ['id: hall-b', 'id: field', 'venues[0].connections[0].id', '"field"', 'duplicate_id'],
    [
      '[hall, hall-b], op',
      '[hall, field], op',
      'venues[0].switches[0].connections[1]',
      '"field"',
      'unknown_connection',
    ],
    ['[hall, hall-b], op', '[hall, hall], op', 'venues[0].switches[0].connections[1]', '"hall"', 'switched_twice'],
    [
      'ring, connections: [hall,',
      'ring, connections: [gate,',
      'venues[0].interlocks[0].connections[0]',
      '"gate"',
      'unknown_connection',
    ],
    [
      'point: transfer.position',
      'point: transfer.state',
      'venues[0].switches[0].point',
      '"transfer.state"',
      'unmeasured',
    ],
    ['id: transfer,', 'id: genset,', 'venues[0].switches[0].id', '"genset"', 'duplicate_id'],
    [
      "until: '2026-02-07T04:00'",
      "until: '2026-02-06T04:00'",
      'venues[0].connections[0].outages[0].until',
      '"2026-02-06T04:00"',
      'end_after_start',
    ],
    [
      "from: '2026-02-06T22:00'",
      "from: '2026-02-31T22:00'",
      'venues[0].connections[0].outages[0].from',
      '"2026-02-31T22:00"',
      'civil_time',
    ],
    // Loads.
    ['share: 0.2', 'share: 0.7', 'venues[0].thermal[0].share', '0.3', 'shares'],
    ['share: 0.1 ', 'share: 0.1, shed_cost_per_kwh: 9 ', 'venues[0].loads[0].shed_cost_per_kwh', '9', 'never_shed'],
    ['share: 0.2,', 'share: 0.2, shed_cost_per_kwh: 9,', 'venues[0].loads[1].shed_cost_per_kwh', '9', 'never_shed'],
    ['autonomy_minutes: 20', 'autonomy_minutes: 0.5', 'venues[0].loads[1].ups.autonomy_minutes', '0.5', 'minimum'],
    ['restrike_minutes: 10', 'restrike_minutes: 0', 'venues[0].loads[2].restrike_minutes', '0', 'positive'],
    [
      'shed_cost_per_kwh: 2 ',
      'shed_cost_per_kwh: 2, ups: { power_kw: 1, autonomy_minutes: 9 } ',
      'venues[0].loads[3].ups',
      '{"power_kw":1,"autonomy_minutes":9}',
      'switched_off',
    ],
    ['share: 0.1 }', 'share: 0.1, point: a.b }', 'venues[0].loads[0]', undefined, 'not_allowed'],
    // Assets.
    ['id: genset', 'id: snow', 'venues[0].tasks[0].id', '"snow"', 'duplicate_id'],
    ['id: chiller', 'id: battery', 'venues[0].thermal[0].machine.id', '"battery"', 'duplicate_id'],
    ['min_kw: 25', 'min_kw: 90', 'venues[0].generators[0].min_kw', '90', 'below_capacity'],
    ['[50, 15]', '[50, 22]', 'venues[0].generators[0].fuel.curve', '[[25,9],[50,22],[80,23]]', 'fuel_curve'],
    ['[50, 15]', '[20, 8]', 'venues[0].generators[0].fuel.curve', '[[25,9],[20,8],[80,23]]', 'fuel_curve'],
    ['soc_min_ratio: 0.2', 'soc_min_ratio: 0.8', 'venues[0].thermal[0].store.soc_min_ratio', '0.8', 'soc_band'],
    ['session_soc_ratio: 0.8', 'session_soc_ratio: 0.95', 'venues[0].battery.session_soc_ratio', '0.95', 'soc_band'],
    ['energy_kwh: 120', 'energy_kwh: 300', 'venues[0].tasks[0].energy_kwh', '300', 'window_too_short'],
    ['point: ice.state', 'point: ice.power', 'venues[0].thermal[0].point', '"ice.power"', 'unmeasured'],
    [
      'point: kitchen.active_power',
      'point: genset.active_power',
      'venues[0].loads[3].point',
      '"genset.active_power"',
      'unmeasured',
    ],
  ])('venues.yaml: %j to %j', async (from, to, path, value, rule) => {
    const loaded = await load('venues.yaml', from, to);
    const faults = loaded.ok ? [] : loaded.error;
    const named = { file: 'venues.yaml', path, rule, ...(value === undefined ? {} : { value }) };
    expect(faults).toContainEqual(expect.objectContaining(named));
    for (const { message } of faults) expect(message).toMatch(/\.$/);
  });

  it.each([
    ['energy.yaml', 'load_quantile: 0.8', 'load_quantile: 0.99', 'risk.load_quantile', '0.99', 'maximum'],
    ['transport.yaml', 'lon: 12.1', 'lon: 12.1, venue: lake', 'depots[0].venue', '"lake"', 'unknown_venue'],
    [
      'transport.yaml',
      'cost_per_km: 1 ',
      'cost_per_km: 1, battery: { capacity_kwh: 40, reserve_kwh: 50, kwh_per_km: 1, charging_kw: 50 } ',
      'vehicle_types[0].battery.reserve_kwh',
      '50',
      'reserve',
    ],
    // A tariff with a hole.
    ['week.csv', '2006-02-05T01:00,1,1,0.25', '2006-02-05T01:00,1,1,', 'row 3, price', '""', 'number'],
  ])('%s: %j to %j', async (file, from, to, path, value, rule) => {
    const loaded = await load(file, from, to);
    const faults = loaded.ok ? [] : loaded.error;
    expect(faults).toContainEqual(expect.objectContaining({ file, path, value, rule }));
  });
});
