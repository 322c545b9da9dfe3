import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { shellyGen2 } from './shelly.js';

const NOW = epochMs(1_767_700_000_000);
const ID = 'shellypro3em-x';
const read = (topic: string, payload: unknown, { filter = `${ID}/#`, retained = false } = {}) =>
  shellyGen2.createReader({ topic: filter, timeZone: 'Europe/Rome' }).read({
    topic,
    payload: new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    received: NOW,
    retained,
  });
const rows = (...args: Parameters<typeof read>) =>
  read(...args).measurements.map(({ channel, value, unit }) => [channel, value, unit]);

// home-assistant-libs/aioshelly@ea7a88f4, fixtures of a Pro 3EM (Apache-2.0).
const EM = {
  id: 0,
  a_act_power: 375.5,
  a_aprt_power: 547.4,
  a_current: 2.392,
  a_freq: 50.0,
  a_pf: 0.76,
  a_voltage: 229.0,
  n_current: null,
  total_act_power: 558.965,
  total_aprt_power: 882.413,
  total_current: 3.856,
  user_calibrated_phase: [],
};
const EM_ROWS = [
  ['em:0.a_act_power', 375.5, 'W'],
  ['em:0.a_aprt_power', 547.4, 'VA'],
  ['em:0.a_current', 2.392, 'A'],
  ['em:0.a_freq', 50, 'Hz'],
  ['em:0.a_pf', 0.76, undefined],
  ['em:0.a_voltage', 229, 'V'],
  ['em:0.n_current', null, 'A'],
  ['em:0.total_act_power', 558.965, 'W'],
  ['em:0.total_aprt_power', 882.413, 'VA'],
  ['em:0.total_current', 3.856, 'A'],
];
const notify = (params: unknown, method = 'NotifyStatus') => ({ src: ID, dst: `${ID}/events`, method, params });

describe('shelly_gen2: status of a component', () => {
  it('reads a three-phase meter', () => {
    expect(rows(`${ID}/status/em:0`, EM)).toEqual(EM_ROWS);
  });

  it('has no time', () => {
    expect(read(`${ID}/status/em:0`, EM).measurements.map(({ ts }) => ts)).toEqual(EM_ROWS.map(() => undefined));
  });

  it('counts energy in Wh (the same fixture; evcc-io/evcc#7335)', () => {
    const data = {
      id: 0,
      a_total_act_energy: 2034616.71,
      a_total_act_ret_energy: 0.0,
      total_act: 2589773.39,
      total_act_ret: 1026.61,
    };
    expect(rows(`${ID}/status/emdata:0`, data)).toEqual([
      ['emdata:0.a_total_act_energy', 2034616.71, 'Wh'],
      ['emdata:0.a_total_act_ret_energy', 0, 'Wh'],
      ['emdata:0.total_act', 2589773.39, 'Wh'],
      ['emdata:0.total_act_ret', 1026.61, 'Wh'],
    ]);
  });

  it('names a component by its topic, whatever its own id says (Jan200101/ShellyPy#20, issue text)', () => {
    const em1 = {
      id: 1,
      current: 2.598,
      voltage: 234.9,
      act_power: 501.8,
      aprt_power: 612.4,
      pf: 0.84,
      freq: 50,
      calibration: 'factory',
    };
    expect(rows(`${ID}/status/em1:0`, em1)).toEqual([
      ['em1:0.current', 2.598, 'A'],
      ['em1:0.voltage', 234.9, 'V'],
      ['em1:0.act_power', 501.8, 'W'],
      ['em1:0.aprt_power', 612.4, 'VA'],
      ['em1:0.pf', 0.84, undefined],
      ['em1:0.freq', 50, 'Hz'],
    ]);
  });

  it.each([
    ['switch:0', { id: 0, source: 'init', output: true }, [['switch:0.output', 1, undefined]]],
    [
      'switch:1',
      { apower: 8.9, voltage: 237.5, current: 0.04 },
      [
        ['switch:1.apower', 8.9, 'W'],
        ['switch:1.voltage', 237.5, 'V'],
        ['switch:1.current', 0.04, 'A'],
      ],
    ],
    [
      'switch:0',
      { aenergy: { total: 6.532, by_minute: [45.2, 47.1], minute_ts: 1626935779 }, ret_aenergy: { total: 1.5 } },
      [
        ['switch:0.aenergy.total', 6.532, 'Wh'],
        ['switch:0.aenergy.minute_ts', 1626935779, undefined],
        ['switch:0.ret_aenergy.total', 1.5, 'Wh'],
      ],
    ],
    [
      'switch:0',
      { temperature: { tC: 46.2, tF: 115.2 }, errors: ['overtemp'] },
      [
        ['switch:0.temperature.tC', 46.2, '°C'],
        ['switch:0.temperature.tF', 115.2, '°F'],
      ],
    ],
    [
      'pm1:0',
      { apower: 0, aprtpower: 12.1, freq: 49.98 },
      [
        ['pm1:0.apower', 0, 'W'],
        ['pm1:0.aprtpower', 12.1, 'VA'],
        ['pm1:0.freq', 49.98, 'Hz'],
      ],
    ],
    [
      'em1data:2',
      { id: 2, total_act_energy: 5.5, total_act_ret_energy: 0 },
      [
        ['em1data:2.total_act_energy', 5.5, 'Wh'],
        ['em1data:2.total_act_ret_energy', 0, 'Wh'],
      ],
    ],
    ['humidity:0', { rh: 42.2 }, [['humidity:0.rh', 42.2, '%']]],
    [
      'temperature:100',
      { tC: null, tF: null },
      [
        ['temperature:100.tC', null, '°C'],
        ['temperature:100.tF', null, '°F'],
      ],
    ],
    [
      'devicepower:0',
      { battery: { V: 5.9, percent: 87 }, external: { present: false } },
      [
        ['devicepower:0.battery.V', 5.9, 'V'],
        ['devicepower:0.battery.percent', 87, '%'],
        ['devicepower:0.external.present', 0, undefined],
      ],
    ],
    [
      'cover:0',
      { current: 0.5, current_pos: 50, apower: 110 },
      [
        ['cover:0.current', 0.5, 'A'],
        ['cover:0.current_pos', 50, undefined],
        ['cover:0.apower', 110, 'W'],
      ],
    ],
    ['illuminance:0', { lux: 120 }, [['illuminance:0.lux', 120, 'lx']]],
    ['wifi', { sta_ip: '10.0.0.2', status: 'got ip', rssi: -61 }, [['wifi.rssi', -61, undefined]]],
  ])('%s %j', (component, status, expected) => {
    expect(rows(`${ID}/status/${component}`, status)).toEqual(expected);
  });

  it('is no measurement when the broker had kept it', () => {
    expect(read(`${ID}/status/em:0`, EM, { retained: true })).toEqual({ measurements: [], refused: [] });
  });
});

describe('shelly_gen2: notifications', () => {
  it('reads a frame with its time (documented envelope around the fixture above)', () => {
    const frame = notify({ ts: 1702991000.123, 'em:0': EM });
    expect(rows(`${ID}/events/rpc`, frame)).toEqual(EM_ROWS);
    expect(read(`${ID}/events/rpc`, frame).measurements[0]?.ts).toBe(1_702_991_000_123);
  });

  it('reads what changed of several components', () => {
    const frame = notify({
      ts: 1702991000.5,
      'switch:0': { id: 0, apower: 3 },
      'input:1': { id: 1, state: true },
      sys: { uptime: 7 },
    });
    expect(rows(`${ID}/events/rpc`, frame)).toEqual([
      ['switch:0.apower', 3, 'W'],
      ['input:1.state', 1, undefined],
      ['sys.uptime', 7, undefined],
    ]);
  });

  it('reads a full status', () => {
    const frame = notify(
      { ts: 1680962879.62, ble: {}, 'temperature:0': { id: 0, tC: 19.8 }, sys: { time: null } },
      'NotifyFullStatus',
    );
    expect(read(`${ID}/events/rpc`, frame).measurements).toEqual([
      { channel: 'temperature:0.tC', ts: 1_680_962_879_620, value: 19.8, unit: '°C', quality: 'good' },
      { channel: 'sys.time', ts: 1_680_962_879_620, value: null, unit: undefined, quality: 'good' },
    ]);
  });

  it.each([
    ['absent', {}],
    ['null', { ts: null }],
    ['counted from the start', { ts: 3.62 }],
    ['a text', { ts: '1702991000' }],
    ['past the end of time', { ts: 8.64e13 }],
  ])('has the time of arrival when its own is %s; kept by the broker, it is no measurement', (_name, time) => {
    const frame = notify({ ...time, 'temperature:0': { tC: 19.8 } });
    expect(read(`${ID}/events/rpc`, frame).measurements.map(({ ts }) => ts)).toEqual([undefined]);
    expect(read(`${ID}/events/rpc`, frame, { retained: true }).measurements).toEqual([]);
  });

  it('is a measurement when the broker had kept it with its time', () => {
    const frame = notify({ ts: 1702991000.123, 'temperature:0': { tC: 19.8 } });
    expect(read(`${ID}/events/rpc`, frame, { retained: true }).measurements).toHaveLength(1);
  });

  it('ignores events', () => {
    const events = [{ component: 'input:0', id: 0, event: 'btn_down', ts: 1631266595.44 }];
    expect(read(`${ID}/events/rpc`, notify({ ts: 1631266595.44, events }, 'NotifyEvent'))).toEqual({
      measurements: [],
      refused: [],
    });
  });

  it('refuses a frame without params', () => {
    expect(read(`${ID}/events/rpc`, { method: 'NotifyStatus' }).refused[0]?.code).toBe('wrong_shape');
  });
});

describe('shelly_gen2: replies, presence, names', () => {
  const reply = {
    id: 1,
    src: 'shellyplus1pm-a',
    dst: 'venue',
    result: { 'switch:0': { id: 0, apower: 8.9 }, sys: { uptime: 11 } },
  };

  it('reads the reply to Shelly.GetStatus', () => {
    expect(rows('venue/rpc', reply, { filter: 'venue/rpc' })).toEqual([
      ['switch:0.apower', 8.9, 'W'],
      ['sys.uptime', 11, undefined],
    ]);
    expect(rows('venue/rpc', reply, { filter: '+/rpc' })[0]?.[0]).toBe('shellyplus1pm-a/switch:0.apower');
  });

  it('ignores commands to it', () => {
    const command = { id: 1, src: 'venue', method: 'Switch.Set', params: { id: 0, on: true } };
    expect(read(`${ID}/rpc`, command)).toEqual({ measurements: [], refused: [] });
  });

  it.each([
    ['true', 'online'],
    ['false', 'offline'],
    ['maybe', undefined],
  ])('online %s: %s', (text, presence) => {
    expect(read(`${ID}/online`, text, { retained: true }).presence).toBe(presence);
  });

  it.each([
    ['+/status/#', `${ID}/status/temperature:0`, `${ID}/temperature:0.tC`],
    ['#', `${ID}/status/temperature:0`, `${ID}/temperature:0.tC`],
    ['hall/+/status/+', `hall/${ID}/status/temperature:0`, `${ID}/temperature:0.tC`],
    ['+/+/status/+', `hall/${ID}/status/temperature:0`, `hall/${ID}/temperature:0.tC`],
    [`${ID}/+/temperature:0`, `${ID}/status/temperature:0`, 'temperature:0.tC'],
    [`${ID}/status/+`, `${ID}/status/temperature:0`, 'temperature:0.tC'],
  ])('filter %s, topic %s: channel %s', (filter, topic, channel) => {
    expect(rows(topic, { tC: 19.8 }, { filter })).toEqual([[channel, 19.8, '°C']]);
  });

  it.each([
    [`${ID}/status/em:0`, '{"a":', 'not_json'],
    [`${ID}/status/em:0`, '[1]', 'wrong_shape'],
    [`${ID}/status/em:0`, '{"act_power":1e400}', 'not_finite'],
    [`${ID}/events/rpc`, '12', 'wrong_shape'],
  ])('refuses %s %s', (topic, payload, code) => {
    expect(read(topic, payload).refused.map((refusal) => refusal.code)).toEqual([code]);
  });

  it.each([`${ID}/command`, `${ID}/announce`, 'x', ''])('ignores %j', (topic) => {
    expect(read(topic, '{"a":1}')).toEqual({ measurements: [], refused: [] });
  });
});
