import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { loadPack } from '../load-pack.js';
import { tinyFiles } from '../tiny-files.fixture.js';

const devices = `devices:
  - id: meter
    venue: hall
    profile: shelly
    topic: meter/#
    points:
      - { id: kitchen.power, kind: sub_power, unit: kW, min: 0, max: 9, interval_s: 60, from: 'em:0.total_act_power' }
      - { id: kitchen.energy, kind: energy_counter, unit: kWh, min: 0, max: 1e6, interval_s: 60, from: total, source_unit: Wh, rollover_at: 99999 }
      - { id: kitchen.used, kind: interval_energy, unit: kWh, min: 0, max: 9, interval_s: 60, difference_of: kitchen.energy }
      - { id: kitchen.temperature, kind: sensor, unit: °C, min: -30, max: 60, interval_s: 60, from: temp }
  - id: sensors
    venue: hall
    gateway: gw-hall
    profile: senml
    topic: senml/+
    points:
      - { id: roof.temperature, kind: sensor, unit: °C, min: -30, max: 60, interval_s: 60, from: temp, factor: -1 }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pack-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The faults of a small pack with these devices, after one change of its devices.yaml. */
const faultsOf = async (from = '', to = '') => {
  const files = tinyFiles();
  const text = `${files.get('devices.yaml') ?? ''}${devices}`;
  expect(text).toContain(from);
  files.set('devices.yaml', text.replace(from, to));
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  const loaded = await loadPack(folder);
  return loaded.ok ? [] : loaded.error;
};

describe('devices of a pack', () => {
  it('may measure anything, by themselves or for a gateway', async () => {
    expect(await faultsOf()).toEqual([]);
  });

  it('may measure what planners read, instead of a gateway', async () => {
    const moved =
      '      - { id: pv.active_power, kind: pv_power, unit: kW, min: 0, max: 50, interval_s: 60, recorded: { series: week.load, scale: 1, rule: linear } }\n';
    expect(await faultsOf(moved)).toContainEqual(expect.objectContaining({ rule: 'unmeasured' }));
    const byDevice = tinyFiles().get('devices.yaml')?.replace(moved, '') ?? '';
    writeFileSync(
      join(folder, 'devices.yaml'),
      `${byDevice}${devices}`.replace('kitchen.power, kind: sub_power', 'kitchen.power, kind: pv_power'),
    );
    const loaded = await loadPack(folder);
    expect(loaded.ok ? [] : loaded.error).toEqual([]);
  });

  it.each([
    ['id: sensors', 'id: meter', 'devices[1].id', 'duplicate_id'],
    ['id: sensors', 'id: gw-hall', 'devices[1].id', 'duplicate_id'],
    ['venue: hall\n    profile', 'venue: lake\n    profile', 'devices[0].venue', 'unknown_venue'],
    ['gateway: gw-hall', 'gateway: gw-field', 'devices[1].gateway', 'unknown_gateway'],
    ['id: roof.temperature', 'id: kitchen.temperature', 'devices[1].points[0].id', 'duplicate_point'],
    ['id: roof.temperature', 'id: main.active_power', 'devices[1].points[0].id', 'duplicate_point'],
    [
      'min: 0, max: 9, interval_s: 60, from',
      'min: 9, max: 9, interval_s: 60, from',
      'devices[0].points[0].min',
      'min_below_max',
    ],
    ['kind: sub_power, unit: kW', 'kind: sub_power, unit: kWh', 'devices[0].points[0].unit', 'unit_of_kind'],
    ['kind: energy_counter, unit: kWh', 'kind: energy_counter, unit: kW', 'devices[0].points[1].unit', 'unit_of_kind'],
    [
      'kind: interval_energy, unit: kWh',
      'kind: interval_energy, unit: kW',
      'devices[0].points[2].unit',
      'unit_of_kind',
    ],
    ['kind: interval_energy, unit: kWh', 'kind: sensor, unit: V', 'devices[0].points[2].unit', 'unit_of_difference'],
    [", from: 'em:0.total_act_power'", '', 'devices[0].points[0].id', 'from_or_difference'],
    [
      'from: temp }\n  - id',
      'from: temp, difference_of: kitchen.energy }\n  - id',
      'devices[0].points[3].id',
      'from_or_difference',
    ],
    [
      'difference_of: kitchen.energy',
      'difference_of: kitchen.power',
      'devices[0].points[2].difference_of',
      'unknown_counter',
    ],
    [
      'from: temp, factor: -1',
      'difference_of: kitchen.energy',
      'devices[1].points[0].difference_of',
      'unknown_counter',
    ],
    [
      'difference_of: kitchen.energy',
      'difference_of: kitchen.energy, factor: 2',
      'devices[0].points[2].factor',
      'belongs_to_counter',
    ],
    ['from: temp, factor: -1', 'from: temp, rollover_at: 9', 'devices[1].points[0].rollover_at', 'rollover_of_counter'],
    ['kind: sub_power', 'kind: grid_power', 'devices[0].points[0].kind', 'one_per_venue'],
    ['factor: -1', 'factor: 0', 'devices[1].points[0].factor', 'not_allowed'],
  ])('%j to %j', async (from, to, path, rule) => {
    const faults = await faultsOf(from, to);
    expect(faults).toContainEqual(expect.objectContaining({ file: 'devices.yaml', path, rule }));
    for (const { message } of faults) expect(message).toMatch(/\.$/);
  });

  it('may be two of a kind that no planner reads', async () => {
    expect(await faultsOf('kind: interval_energy, unit: kWh', 'kind: sub_power, unit: kW')).toEqual([]);
  });
});
