import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { zigbee2mqtt } from './zigbee2mqtt.js';

const NOW = epochMs(1_767_700_000_000);
const read = (topic: string, payload: unknown, { filter = 'zigbee2mqtt/z1/#', retained = false } = {}) =>
  zigbee2mqtt.createReader({ topic: filter, timeZone: 'Europe/Rome' }).read({
    topic,
    payload: new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    received: NOW,
    retained,
  });
const rows = (...args: Parameters<typeof read>) =>
  read(...args).measurements.map(({ channel, value, unit }) => [channel, value, unit]);
const state = (payload: unknown) => rows('zigbee2mqtt/z1', payload);

describe('zigbee2mqtt: a state', () => {
  it('reads a plug (Koenkk/zigbee2mqtt#32463, issue log)', () => {
    const plug = {
      child_lock: 'UNLOCK',
      countdown: 0,
      current: 0,
      energy: 12.05,
      identify: null,
      last_seen: '2026-07-27T09:41:41+02:00',
      linkquality: 43,
      power: 0,
      power_outage_memory: 'off',
      state: 'OFF',
      update: { installed_version: 268449287, latest_source: null, latest_version: 268449287, state: 'idle' },
      voltage: 243,
    };
    expect(state(plug)).toEqual([
      ['countdown', 0, undefined],
      ['current', 0, 'A'],
      ['energy', 12.05, 'kWh'],
      ['identify', null, undefined],
      ['linkquality', 43, undefined],
      ['power', 0, 'W'],
      ['state', 0, undefined],
      ['voltage', 243, 'V'],
    ]);
    expect(read('zigbee2mqtt/z1', plug).measurements[0]?.ts).toBe(Date.parse('2026-07-27T07:41:41Z'));
  });

  it('reads two channels (maziggy/bambuddy#173, issue text)', () => {
    const meter = {
      current_l1: 0.125,
      energy_l2: 0.006,
      power_l1: 8,
      power_apparent_l1: 9,
      power_factor_l1: 0,
      produced_energy_l1: 0,
      state_l1: 'ON',
      voltage_l1: 228.08,
    };
    expect(state(meter)).toEqual([
      ['current_l1', 0.125, 'A'],
      ['energy_l2', 0.006, 'kWh'],
      ['power_l1', 8, 'W'],
      ['power_apparent_l1', 9, 'VA'],
      ['power_factor_l1', 0, undefined],
      ['produced_energy_l1', 0, 'kWh'],
      ['state_l1', 1, undefined],
      ['voltage_l1', 228.08, 'V'],
    ]);
  });

  it.each([
    [
      { temperature: 27.34, humidity: 44.72, pressure: 993 },
      [
        ['temperature', 27.34, '°C'],
        ['humidity', 44.72, '%'],
        ['pressure', 993, 'hPa'],
      ],
    ],
    [
      { power_phase_b: 5, voltage_phase_c: 231, current_phase_b: 1.5, power_reactive_phase_c: 3, ac_frequency: 50 },
      [
        ['power_phase_b', 5, 'W'],
        ['voltage_phase_c', 231, 'V'],
        ['current_phase_b', 1.5, 'A'],
        ['power_reactive_phase_c', 3, 'VAr'],
        ['ac_frequency', 50, 'Hz'],
      ],
    ],
    [
      { occupancy: true, contact: false },
      [
        ['occupancy', 1, undefined],
        ['contact', 0, undefined],
      ],
    ],
    [
      { battery: 97, voltage: 3005 },
      [
        ['battery', 97, '%'],
        ['voltage', 3005, 'mV'],
      ],
    ],
    [
      { battery: null, voltage: null },
      [
        ['battery', null, '%'],
        ['voltage', null, 'V'],
      ],
    ],
    [
      { battery: 97, voltage: 3 },
      [
        ['battery', 97, '%'],
        ['voltage', 3, 'V'],
      ],
    ],
    [{ voltage: 2300 }, [['voltage', 2300, 'V']]],
    [{ illuminance: 16994 }, [['illuminance', 16994, 'lx']]],
    [
      { color: { x: 0.31, y: 0.33 }, color_mode: 'xy' },
      [
        ['color.x', 0.31, undefined],
        ['color.y', 0.33, undefined],
      ],
    ],
    [{ state: 'TOGGLE', action: 'ON', steps: [1, 2] }, []],
    [{ last_seen: 1_700_000_000_000, update_available: false, device: { networkAddress: 7 } }, []],
  ])('%j', (payload, expected) => {
    expect(state(payload)).toEqual(expected);
  });

  it.each([
    ['2026-07-27T07:41:41.000Z', '2026-07-27T07:41:41Z'],
    ['2026-07-27T09:41:41+02:00', '2026-07-27T07:41:41Z'],
    [1_785_138_101_000, '2026-07-27T07:41:41Z'],
  ])('last_seen %j', (last_seen, instant) => {
    for (const retained of [false, true]) {
      const [measurement] = read('zigbee2mqtt/z1', { last_seen, power: 1 }, { retained }).measurements;
      expect(measurement).toEqual({ channel: 'power', ts: Date.parse(instant), value: 1, unit: 'W', quality: 'good' });
    }
  });

  it.each(['2026-07-27T09:41:41', 'N/A', null, 0, 1e300])('last_seen %j is none', (last_seen) => {
    expect(read('zigbee2mqtt/z1', { last_seen, power: 1 }).measurements.map(({ ts }) => ts)).toEqual([undefined]);
    expect(read('zigbee2mqtt/z1', { last_seen, power: 1 }, { retained: true }).measurements).toEqual([]);
  });
});

describe('zigbee2mqtt: attributes', () => {
  it.each([
    ['power', '12.5', [['power', 12.5, 'W']]],
    ['voltage_l1', '229', [['voltage_l1', 229, 'V']]],
    ['state', 'ON', [['state', 1, undefined]]],
    ['occupancy', 'true', [['occupancy', 1, undefined]]],
    ['occupancy', 'false', [['occupancy', 0, undefined]]],
    ['power', '', [['power', null, 'W']]],
    ['color-x', '0.31', [['color.x', 0.31, undefined]]],
    ['action', 'single', []],
    ['update-installed_version', '268449287', []],
    ['last_seen', '1700000000000', []],
    ['color', '255,0,0', []],
  ])('%s %j', (attribute, text, expected) => {
    expect(rows(`zigbee2mqtt/z1/${attribute}`, text)).toEqual(expected);
    expect(rows(`zigbee2mqtt/z1/${attribute}`, text, { retained: true })).toEqual([]);
  });

  it('refuses what is no finite number and no UTF-8', () => {
    expect(read('zigbee2mqtt/z1/power', '1e400').refused[0]?.code).toBe('not_finite');
    const reader = zigbee2mqtt.createReader({ topic: 'zigbee2mqtt/#', timeZone: 'UTC' });
    const message = { topic: 'zigbee2mqtt/z1/power', payload: Uint8Array.of(0xff), received: NOW, retained: false };
    expect(reader.read(message).refused[0]?.code).toBe('not_utf8');
  });
});

describe('zigbee2mqtt: topics', () => {
  it.each([
    ['zigbee2mqtt/z1', 'zigbee2mqtt/z1', 'power'],
    ['zigbee2mqtt/+', 'zigbee2mqtt/z1', 'z1/power'],
    ['zigbee2mqtt/#', 'zigbee2mqtt/kitchen/lamp', 'kitchen/lamp/power'],
    ['zigbee2mqtt/kitchen/+', 'zigbee2mqtt/kitchen/lamp', 'lamp/power'],
    ['zigbee2mqtt/kitchen/lamp/#', 'zigbee2mqtt/kitchen/lamp', 'power'],
    ['home/zigbee2mqtt/+', 'home/zigbee2mqtt/z1', 'z1/power'],
    ['+/z1', 'zigbee2mqtt/z1', 'power'],
    ['#', 'zigbee2mqtt/z1', 'z1/power'],
  ])('filter %s, state on %s: %s', (filter, topic, channel) => {
    expect(rows(topic, ' {"power":1}', { filter })).toEqual([[channel, 1, 'W']]);
  });

  it.each([
    ['zigbee2mqtt/z1/power', 'zigbee2mqtt/z1/power', 'power'],
    ['zigbee2mqtt/z1/+', 'zigbee2mqtt/z1/power', 'power'],
    ['zigbee2mqtt/+/power', 'zigbee2mqtt/z1/power', 'z1/power'],
    ['zigbee2mqtt/#', 'zigbee2mqtt/kitchen/lamp/power', 'kitchen/lamp/power'],
  ])('filter %s, attribute on %s: %s', (filter, topic, channel) => {
    expect(rows(topic, '1', { filter })).toEqual([[channel, 1, 'W']]);
  });

  it.each([
    ['zigbee2mqtt/z1/availability', '{"state":"online"}', 'online'],
    ['zigbee2mqtt/z1/availability', '{"state":"offline"}', 'offline'],
    ['zigbee2mqtt/z1/availability', 'offline', 'offline'],
    ['zigbee2mqtt/kitchen/lamp/availability', 'online', 'online'],
    ['zigbee2mqtt/z1/availability', '{"state":1}', undefined],
  ])('%s %s', (topic, payload, presence) => {
    expect(read(topic, payload, { filter: 'zigbee2mqtt/#', retained: true })).toEqual({
      measurements: [],
      refused: [],
      ...(presence ? { presence } : {}),
    });
  });

  it.each([
    ['zigbee2mqtt/bridge/state', '{"state":"online"}'],
    ['zigbee2mqtt/bridge/devices', '[{"power":1}]'],
    ['zigbee2mqtt/bridge/response/device/remove', '{"power":1}'],
    ['zigbee2mqtt/z1/set', '{"power":1}'],
    ['zigbee2mqtt/z1/set/power', '1'],
    ['zigbee2mqtt/z1/get', '{"power":1}'],
    ['zigbee2mqtt/kitchen/lamp/get/power', '1'],
    ['zigbee2mqtt/z1', ''],
  ])('ignores %s %s', (topic, payload) => {
    expect(read(topic, payload, { filter: 'zigbee2mqtt/#' })).toEqual({ measurements: [], refused: [] });
  });

  it('ignores the bridge below a base of several levels', () => {
    expect(rows('home/zigbee2mqtt/bridge/info', '{"power":1}', { filter: 'home/zigbee2mqtt/#' })).toEqual([]);
  });

  it.each([
    ['zigbee2mqtt/z1', 'hello', 'not_json'],
    ['zigbee2mqtt/z1', '12', 'wrong_shape'],
    ['zigbee2mqtt/kitchen/lamp', '{"power":', 'not_json'],
    ['zigbee2mqtt/z1', '{"power":-1e999}', 'not_finite'],
  ])('refuses %s %s', (topic, payload, code) => {
    expect(read(topic, payload).refused.map((refusal) => refusal.code)).toEqual([code]);
  });
});
