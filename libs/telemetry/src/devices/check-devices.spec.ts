import { describe, expect, it } from '@jest/globals';
import type { Device, DevicePoint } from '#libs/games';

import { checkDevices } from './check-devices.js';

const point: DevicePoint = {
  id: 'main.power',
  kind: 'sub_power',
  unit: 'kW',
  min: 0,
  max: 9,
  interval_s: 60,
  from: 'power',
  source_unit: 'W',
  factor: -1,
};
const device: Device = { id: 'a', venue: 'hall', profile: 'senml', topic: 'a/#', points: [point] };
const rulesOf = (change: Partial<Device>) =>
  checkDevices([device, { ...device, ...change }]).map(({ path, rule }) => [path, rule]);

describe('checkDevices', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(rulesOf({})).toEqual([]);
    expect(checkDevices([])).toEqual([]);
  });

  it('names the formats that there are', () => {
    expect(checkDevices([{ ...device, profile: 'morse' }])).toEqual([
      {
        file: 'devices.yaml',
        path: 'devices[0].profile',
        value: '"morse"',
        rule: 'unknown_profile',
        message: expect.stringContaining('senml'),
      },
    ]);
  });

  it.each(['a/#/b', 'a+', 'a#', '$share/group/a'])('refuses the filter %j', (topic) => {
    expect(rulesOf({ topic })).toEqual([['devices[1].topic', 'topic_filter']]);
  });

  it.each([
    '#',
    '+/#',
    'venueflow/#',
    'venueflow/v1/#',
    'venueflow/v1/hall/#',
    '+/v1/hall/x',
    '+/+/+',
    'venueflow/+/x',
  ])('keeps %j away from the platform’s own topics', (topic) => {
    expect(rulesOf({ topic })).toEqual([['devices[1].topic', 'own_topics']]);
  });

  it.each([
    '+',
    '+/+',
    'venueflow',
    'venueflow/v1',
    'venueflow/v2/#',
    '+/status/#',
    'venueflow2/v1/x',
    'a/venueflow/v1/x',
  ])('lets %j pass', (topic) => {
    expect(rulesOf({ topic })).toEqual([]);
  });

  it.each([
    [{ source_unit: 'Wh' }, 'source_unit', 'source_unit'],
    [{ source_unit: 'horses' }, 'source_unit', 'source_unit'],
    [{ unit: 'people', source_unit: '1', factor: 2 }, 'factor', 'factor_of_people'],
    [{ kind: 'energy_counter', unit: 'kWh', source_unit: 'Wh' }, 'factor', 'factor_of_counter'],
  ] as const)('refuses a point with %j', (change, key, rule) => {
    expect(rulesOf({ points: [point, { ...point, ...change }] })).toEqual([[`devices[1].points[1].${key}`, rule]]);
  });
});
