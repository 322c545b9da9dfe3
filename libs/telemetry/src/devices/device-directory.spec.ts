import { describe, expect, it } from '@jest/globals';
import type { Device } from '#libs/games';

import { DeviceDirectory } from './device-directory.js';
import { profiles } from '../profiles/index.js';

const device = (id: string, topic: string, more: Partial<Device> = {}): Device => ({
  id,
  venue: 'arena',
  profile: profiles[0]?.name ?? '',
  topic,
  points: [{ id: `${id}.power`, kind: 'sub_power', unit: 'kW', min: 0, max: 9, interval_s: 60, from: 'power' }],
  ...more,
});

describe('DeviceDirectory', () => {
  it('finds the devices of a topic, with the numbers of their points', () => {
    const directory = new DeviceDirectory({
      devices: [device('a', 'site/a/#'), device('b', 'site/+/em'), device('c', 'site/c', { gateway: 'gw' })],
      timeZone: 'Europe/Rome',
      points: [
        { id: 1, venue: 'arena', gateway: 'a', point: 'a.power' },
        { id: 2, venue: 'field', gateway: 'b', point: 'b.power' },
        { id: 3, venue: 'arena', gateway: 'gw', point: 'c.power' },
      ],
    });
    const find = (topic: string) => directory.findDevices(topic).map(({ device: { id } }) => id);
    expect(find('site/a/em')).toEqual(expect.arrayContaining(['a', 'b']));
    expect(find('site/x/em')).toEqual(['b']);
    expect(find('elsewhere')).toEqual([]);
    const numbers = directory.devices.map(({ source, channels }) => [source, channels.get('power')?.[0]?.point.id]);
    expect(numbers).toEqual([
      ['a', 1],
      ['b', undefined],
      ['gw', 3],
    ]);
  });

  it('has no device of a format that is not known', () => {
    const devices = [device('a', 'a', { profile: 'morse' })];
    expect(() => new DeviceDirectory({ devices, timeZone: 'UTC', points: [] })).toThrow('morse');
  });
});
