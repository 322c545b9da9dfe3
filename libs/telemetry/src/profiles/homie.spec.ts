import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { homie5 } from './homie.js';
import type { DeviceReader } from './profile.js';

const open = (topic = 'homie/5/super-car/#') => homie5.createReader({ topic, timeZone: 'Europe/Rome' });
const tell = (reader: DeviceReader, topic: string, payload: string | object, retained = false) =>
  reader.read({
    topic,
    payload: new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    received: epochMs(1_767_700_000_000),
    retained,
  });
const rows = (...args: Parameters<typeof tell>) =>
  tell(...args).measurements.map(({ channel, value, unit }) => [channel, value, unit]);

// Properties as in homieiot/convention@063301d6, convention.md (CC-BY-4.0).
const describe1 = (properties: object) => ({ homie: '5.0', version: 7, nodes: { engine: { properties } } });
const TEMPERATURE = describe1({
  temperature: { name: 'Engine temperature', unit: '°C', datatype: 'float', format: '-20:120' },
});
const described = (properties: object, topic?: string) => {
  const reader = open(topic);
  tell(reader, 'homie/5/super-car/$description', describe1(properties), true);
  return reader;
};

describe('homie5: properties', () => {
  it('reads one with the unit of its description', () => {
    const reader = open();
    expect(tell(reader, 'homie/5/super-car/$description', TEMPERATURE, true)).toEqual({
      measurements: [],
      refused: [],
    });
    expect(tell(reader, 'homie/5/super-car/engine/temperature', '21.5')).toEqual({
      measurements: [{ channel: 'engine/temperature', ts: undefined, value: 21.5, unit: '°C', quality: 'good' }],
      refused: [],
    });
  });

  it.each([
    ['integer', '21', 21],
    ['integer', '-7', -7],
    ['float', '21.5', 21.5],
    ['float', '-0.25', -0.25],
    ['float', '1e3', 1000],
    ['float', '1.5E-3', 0.0015],
    ['float', '1e+3', 1000],
    ['boolean', 'true', 1],
    ['boolean', 'false', 0],
  ])('%s %s is %d', (datatype, text, value) => {
    const reader = described({ x: { datatype, unit: 'kWh' } });
    expect(rows(reader, 'homie/5/super-car/engine/x', text)).toEqual([['engine/x', value, 'kWh']]);
  });

  it.each([
    ['integer', '21.5', 'not_a_number'],
    ['integer', '1e3', 'not_a_number'],
    ['integer', '-', 'not_a_number'],
    ['integer', '+1', 'not_a_number'],
    ['integer', '9'.repeat(400), 'not_finite'],
    ['float', 'NaN', 'not_a_number'],
    ['float', 'Infinity', 'not_a_number'],
    ['float', '1e400', 'not_finite'],
    ['float', ' 21.5', 'not_a_number'],
    ['float', '21,5', 'not_a_number'],
    ['float', '0x10', 'not_a_number'],
    ['float', '1.2.3', 'not_a_number'],
    ['float', '9'.repeat(2000), 'too_large'],
    ['boolean', 'TRUE', 'not_a_number'],
    ['boolean', '1', 'not_a_number'],
  ])('%s %s is refused: %s', (datatype, text, code) => {
    const { measurements, refused } = tell(described({ x: { datatype } }), 'homie/5/super-car/engine/x', text);
    expect([measurements, refused.map((refusal) => refusal.code)]).toEqual([[], [code]]);
  });

  it.each([
    ['enum', '1'],
    ['string', '12'],
    ['string', 'x'.repeat(5000)],
    ['color', 'rgb,1,2,3'],
    ['datetime', '2024-10-08T10:15:30Z'],
    ['duration', 'PT12H'],
    ['json', '{"a":1}'],
    ['', '5'.repeat(5)],
  ])('skips %s %s', (datatype, text) => {
    const reader = described({ x: { datatype: datatype || 'unheard' } });
    expect(tell(reader, 'homie/5/super-car/engine/x', text)).toEqual({ measurements: [], refused: [] });
  });

  it.each([
    ['21.5', [['engine/x', 21.5, undefined]]],
    ['true', []],
    ['high', []],
    ['NaN', []],
    ['', []],
  ])('takes numbers before it is described: %j', (text, expected) => {
    expect(rows(open(), 'homie/5/super-car/engine/x', text)).toEqual(expected);
  });

  it('takes nothing that the broker had kept', () => {
    expect(tell(open(), 'homie/5/super-car/engine/x', '21.5', true)).toEqual({ measurements: [], refused: [] });
  });

  it.each([
    ['homie/5/super-car/#', 'homie', 'engine/x'],
    ['homie/5/super-car/engine/+', 'homie', 'engine/x'],
    ['homie/5/+/+/+', 'homie', 'super-car/engine/x'],
    ['homie/5/#', 'homie', 'super-car/engine/x'],
    ['+/5/super-car/#', 'arena', 'engine/x'],
    ['arena/5/super-car/#', 'arena', 'engine/x'],
    ['#', 'arena', 'super-car/engine/x'],
  ])('filter %s, domain %s: channel %s', (filter, domain, channel) => {
    expect(rows(open(filter), `${domain}/5/super-car/engine/x`, '1')).toEqual([[channel, 1, undefined]]);
  });

  it.each([
    'homie/5/super-car/engine/x/set',
    'homie/5/super-car/engine/x/$target',
    'homie/5/super-car/$alert/low',
    'homie/5/super-car/$log/warn',
    'homie/5/$broadcast/engine/x',
    'homie/5/super-car/engine/$x',
    'homie/5/super-car/engine',
    'homie/4/super-car/engine/x',
    'homie/super-car/engine/x',
    '',
  ])('ignores %j', (topic) => {
    expect(tell(open('#'), topic, '1')).toEqual({ measurements: [], refused: [] });
  });
});

describe('homie5: descriptions', () => {
  it('belong to their device, child devices and domains apart', () => {
    const reader = open('#');
    tell(reader, 'homie/5/bridge/$description', describe1({ x: { datatype: 'float', unit: 'W' } }), true);
    tell(
      reader,
      'homie/5/light1/$description',
      { ...describe1({ x: { datatype: 'float', unit: 'V' } }), root: 'bridge' },
      true,
    );
    expect(rows(reader, 'homie/5/bridge/engine/x', '1')).toEqual([['bridge/engine/x', 1, 'W']]);
    expect(rows(reader, 'homie/5/light1/engine/x', '1')).toEqual([['light1/engine/x', 1, 'V']]);
    expect(rows(reader, 'arena/5/light1/engine/x', '1')).toEqual([['light1/engine/x', 1, undefined]]);
  });

  it('are replaced by a newer one, and go with the device', () => {
    const reader = described({ x: { datatype: 'float', unit: 'W' } });
    tell(reader, 'homie/5/super-car/$description', describe1({ x: { datatype: 'float', unit: 'kW' } }));
    expect(rows(reader, 'homie/5/super-car/engine/x', '1')).toEqual([['engine/x', 1, 'kW']]);
    tell(reader, 'homie/5/super-car/$state', '');
    expect(rows(reader, 'homie/5/super-car/engine/x', '1')).toEqual([['engine/x', 1, undefined]]);
  });

  it('are kept when a later one cannot be read', () => {
    const reader = described({ x: { datatype: 'float', unit: 'W' } });
    expect(tell(reader, 'homie/5/super-car/$description', '{"nodes":').refused[0]?.code).toBe('not_json');
    expect(rows(reader, 'homie/5/super-car/engine/x', '1')).toEqual([['engine/x', 1, 'W']]);
    tell(reader, 'homie/5/super-car/$description', '');
    expect(rows(reader, 'homie/5/super-car/engine/x', '1')).toEqual([['engine/x', 1, undefined]]);
  });

  it('may have anything in them', () => {
    const reader = open();
    const nodes =
      '{"__proto__":{"properties":{"constructor":{"datatype":"float","unit":"W"}}},"a":null,"b":{"properties":[1]},"engine":{"properties":{"x":7}}}';
    expect(tell(reader, 'homie/5/super-car/$description', `{"nodes":${nodes}}`).refused).toEqual([]);
    expect(rows(reader, 'homie/5/super-car/__proto__/constructor', '1')).toEqual([['__proto__/constructor', 1, 'W']]);
    expect(rows(reader, 'homie/5/super-car/engine/x', '1')).toEqual([['engine/x', 1, undefined]]);
    expect(rows(reader, 'homie/5/super-car/toString/x', '1')).toEqual([['toString/x', 1, undefined]]);
  });
});

describe('homie5: states', () => {
  it.each([
    ['init', 'online'],
    ['ready', 'online'],
    ['sleeping', 'online'],
    ['disconnected', 'offline'],
    ['lost', 'offline'],
    ['', 'offline'],
    ['alert', undefined],
  ])('%j: %s', (text, presence) => {
    for (const retained of [false, true]) {
      expect(tell(open(), 'homie/5/super-car/$state', text, retained)).toEqual({
        measurements: [],
        refused: [],
        ...(presence ? { presence } : {}),
      });
    }
  });
});
