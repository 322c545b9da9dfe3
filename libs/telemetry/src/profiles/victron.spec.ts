import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import type { DeviceReader } from './profile.js';
import { victron } from './victron.js';

const NOW = 1_767_700_000_000;
const open = (topic = 'N/c0619ab1/#') => victron.createReader({ topic, timeZone: 'Europe/Rome' });
const tell = (reader: DeviceReader, topic: string, payload: string, seconds = 0, retained = false) =>
  reader.read({ topic, payload: new TextEncoder().encode(payload), received: epochMs(NOW + seconds * 1000), retained });
const read = (path: string, payload: string, filter?: string) => tell(open(filter), `N/c0619ab1/${path}`, payload);
const requestsOf = (reader: DeviceReader) =>
  reader.keepalive?.requests.map(({ topic, payload }) => [topic, new TextDecoder().decode(payload)]);

const ALL = '';
const CHANGES = '{"keepalive-options":["suppress-republish"]}';

describe('victron: notifications', () => {
  it('reads a value (victronenergy/dbus-flashmq@bb470b7a, README.md, MIT)', () => {
    expect(read('pvinverter/20/Ac/Power', '{"value": 936}')).toEqual({
      measurements: [{ channel: 'pvinverter/20/Ac/Power', ts: undefined, value: 936, unit: 'W', quality: 'good' }],
      refused: [],
    });
  });

  it.each([
    ['system/0/Ac/Consumption/L1/Power', 'W'],
    ['system/0/Dc/0/Power', 'W'],
    ['system/0/Dc/Battery/Voltage', 'V'],
    ['system/0/Dc/Battery/Soc', '%'],
    ['battery/512/Soc', '%'],
    ['battery/512/Dc/0/Current', 'A'],
    ['battery/512/Dc/0/Temperature', '°C'],
    ['battery/512/Alarms/HighTemperature', undefined],
    ['battery/512/ConsumedAmphours', undefined],
    ['grid/30/Ac/Energy/Forward', 'kWh'],
    ['grid/30/Ac/L2/Energy/Reverse', 'kWh'],
    ['grid/30/Ac/Frequency', 'Hz'],
    ['vebus/257/Ac/ActiveIn/L1/P', 'W'],
    ['vebus/257/Ac/Out/L1/S', 'VA'],
    ['vebus/257/Ac/Out/L1/V', 'V'],
    ['vebus/257/Ac/Out/L1/I', 'A'],
    ['vebus/257/Ac/Out/L1/F', 'Hz'],
    ['vebus/257/Energy/AcIn1ToInverter', 'kWh'],
    ['solarcharger/279/Yield/User', 'kWh'],
    ['solarcharger/279/Yield/Power', 'W'],
    ['temperature/24/Humidity', '%'],
    ['vebus/257/Mode', undefined],
  ])('%s is in %s', (path, unit) => {
    expect(read(path, '{"max":9,"min":0,"value":1.5}').measurements).toEqual([
      { channel: path, ts: undefined, value: 1.5, unit, quality: 'good' },
    ]);
  });

  it.each([
    ['{"value":null}', [null]],
    ['{"value":0}', [0]],
    ['{"value":true}', [1]],
    ['{"value":"HQ1234"}', []],
    ['{"value":[]}', []],
    ['{"value":[1]}', []],
    ['{"value":{"x":1}}', []],
  ])('%s', (payload, values) => {
    const { measurements, refused } = read('pvinverter/20/Ac/L2/Power', payload);
    expect([measurements.map(({ value }) => value), refused]).toEqual([values, []]);
  });

  it('says that a device is gone', () => {
    expect(read('pvinverter/20/Ac/Power', '')).toEqual({ measurements: [], refused: [], presence: 'offline' });
  });

  it.each([
    ['{"value":1e400}', 'not_finite'],
    ['{"min":0}', 'wrong_shape'],
    ['936', 'wrong_shape'],
    ['{"value":', 'not_json'],
  ])('refuses %s', (payload, code) => {
    expect(read('pvinverter/20/Ac/Power', payload).refused.map((refusal) => refusal.code)).toEqual([code]);
  });

  it.each([
    ['N/c0619ab1/full_publish_completed', '{"full-publish-completed-echo":"Ucq2YLVt6ZWdgUNf","value":1718860914}'],
    ['N/c0619ab1/keepalive', '{"value":1}'],
    ['N/c0619ab1/heartbeat', ''],
    ['W/c0619ab1/vebus/257/Hub4/L1/AcPowerSetpoint', '{"value":-200}'],
    ['R/c0619ab1/system/0/Serial', ''],
    ['W/c0619ab1/N/1/2/3/4', '{"value":1}'],
    ['N', '{"value":1}'],
    ['', '{"value":1}'],
  ])('ignores %s', (topic, payload) => {
    expect(tell(open('#'), topic, payload)).toEqual({ measurements: [], refused: [] });
  });

  it('takes nothing that the broker had kept', () => {
    const topic = 'N/c0619ab1/pvinverter/20/Ac/Power';
    expect(tell(open(), topic, '{"value":936}', 0, true)).toEqual({ measurements: [], refused: [] });
  });

  it.each([
    ['N/c0619ab1/pvinverter/+/Ac/Power', 'pvinverter/20/Ac/Power'],
    ['N/+/pvinverter/20/Ac/Power', 'c0619ab1/pvinverter/20/Ac/Power'],
    ['N/#', 'c0619ab1/pvinverter/20/Ac/Power'],
    ['#', 'c0619ab1/pvinverter/20/Ac/Power'],
  ])('filter %s: channel %s', (filter, channel) => {
    expect(read('pvinverter/20/Ac/Power', '{"value":1}', filter).measurements[0]?.channel).toBe(channel);
  });
});

describe('victron: keepalive', () => {
  it('asks the portal of its filter, more often than its timeout of 60 s', () => {
    const reader = open('N/c0619ab1/pvinverter/+/Ac/Power');
    expect(requestsOf(reader)).toEqual([['R/c0619ab1/keepalive', ALL]]);
    expect(reader.keepalive?.everyMs).toBe(30_000);
  });

  it('asks for everything until everything was published once, then only for what changes', () => {
    const reader = open();
    tell(reader, 'N/c0619ab1/pvinverter/20/Ac/Power', '{"value":936}');
    expect(requestsOf(reader)).toEqual([['R/c0619ab1/keepalive', ALL]]);
    tell(reader, 'N/c0619ab1/full_publish_completed', '{"value":1718860914}', 1);
    expect(requestsOf(reader)).toEqual([['R/c0619ab1/keepalive', CHANGES]]);
  });

  it('takes a minute of messages for it where the filter leaves its end out', () => {
    const reader = open('N/c0619ab1/pvinverter/#');
    for (const seconds of [0, 30, 59]) tell(reader, 'N/c0619ab1/pvinverter/20/Ac/Power', '{"value":9}', seconds);
    expect(requestsOf(reader)).toEqual([['R/c0619ab1/keepalive', ALL]]);
    tell(reader, 'N/c0619ab1/pvinverter/20/Ac/Power', '{"value":9}', 60);
    expect(requestsOf(reader)).toEqual([['R/c0619ab1/keepalive', CHANGES]]);
  });

  it('asks for everything again after a silence', () => {
    const reader = open();
    tell(reader, 'N/c0619ab1/full_publish_completed', '{"value":1}');
    tell(reader, 'N/c0619ab1/pvinverter/20/Ac/Power', '{"value":9}', 59);
    expect(requestsOf(reader)).toEqual([['R/c0619ab1/keepalive', CHANGES]]);
    tell(reader, 'N/c0619ab1/pvinverter/20/Ac/Power', '{"value":9}', 120);
    expect(requestsOf(reader)).toEqual([['R/c0619ab1/keepalive', ALL]]);
  });

  it('learns portals that its filter does not name, a bounded number of them', () => {
    const reader = open('N/+/#');
    expect(requestsOf(reader)).toEqual([]);
    tell(reader, 'N/c0619ab1/keepalive', '{"value":1}');
    tell(reader, 'N/c0619ab2/system/0/Serial', '{"value":"c0619ab2"}');
    expect(requestsOf(reader)).toEqual([
      ['R/c0619ab1/keepalive', ALL],
      ['R/c0619ab2/keepalive', ALL],
    ]);
    for (let portal = 0; portal < 1000; portal++) tell(reader, `N/p${portal}/keepalive`, '{"value":1}');
    expect(requestsOf(reader)).toHaveLength(64);
  });

  it('never publishes to a name that is no portal id', () => {
    const reader = open('N/+/#');
    for (const name of ['', '+', '#', 'a b', '..', 'x'.repeat(65), '\0'])
      tell(reader, `N/${name}/keepalive`, '{"value":1}');
    expect(requestsOf(reader)).toEqual([]);
  });

  it('asks below the levels that a bridge puts before', () => {
    expect(requestsOf(open('site1/N/c0619ab1/#'))).toEqual([['site1/R/c0619ab1/keepalive', ALL]]);
  });
});
