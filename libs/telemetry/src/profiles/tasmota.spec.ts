import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { tasmota } from './tasmota.js';

const at = (iso: string) => epochMs(Date.parse(iso));
const read = (
  topic: string,
  payload: unknown,
  { filter = 'tele/plug1/#', zone = 'Europe/Rome', received = '2026-01-06T12:00:00Z', retained = false } = {},
) =>
  tasmota.createReader({ topic: filter, timeZone: zone }).read({
    topic,
    payload: new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    received: at(received),
    retained,
  });
const SENSOR = 'tele/plug1/SENSOR';
const rows = (payload: unknown, options?: Parameters<typeof read>[2]) =>
  read(SENSOR, payload, options).measurements.map(({ channel, value, unit }) => [channel, value, unit]);
const timeOf = (Time: unknown, options?: Parameters<typeof read>[2]) => {
  const [measurement] = read(SENSOR, { Time, ENERGY: { Power: 1 } }, options).measurements;
  return measurement?.ts === undefined ? undefined : new Date(measurement.ts).toISOString();
};

// Shapes of tasmota/docs@9849ab94 (its licence was not looked up): JSON-Status-Responses.md, Teleinfo.md, Rules.md.
describe('tasmota: values', () => {
  it.each([
    [
      'a plug',
      { Total: 3.185, Yesterday: 3.058, Today: 0.127, Power: 0, Factor: 0.0, Voltage: 221, Current: 0.0 },
      [
        ['ENERGY.Total', 3.185, 'kWh'],
        ['ENERGY.Yesterday', 3.058, 'kWh'],
        ['ENERGY.Today', 0.127, 'kWh'],
        ['ENERGY.Power', 0, 'W'],
        ['ENERGY.Factor', 0, undefined],
        ['ENERGY.Voltage', 221, 'V'],
        ['ENERGY.Current', 0, 'A'],
      ],
    ],
    [
      'a French meter',
      {
        TotalStartTime: '2021-10-25T15:22:04',
        Total: 9098.245,
        Today: 2275.56,
        Period: 9,
        Power: 170,
        Current: 1.0,
        Load: 6,
      },
      [
        ['ENERGY.Total', 9098.245, 'kWh'],
        ['ENERGY.Today', 2275.56, 'kWh'],
        ['ENERGY.Period', 9, 'Wh'],
        ['ENERGY.Power', 170, 'W'],
        ['ENERGY.Current', 1, 'A'],
        ['ENERGY.Load', 6, undefined],
      ],
    ],
    [
      'two channels',
      { Power: [10, null], Current: [1.32, 2.1], ApparentPower: [12, 13], ReactivePower: [1, -2], Frequency: 50 },
      [
        ['ENERGY.Power[0]', 10, 'W'],
        ['ENERGY.Power[1]', null, 'W'],
        ['ENERGY.Current[0]', 1.32, 'A'],
        ['ENERGY.Current[1]', 2.1, 'A'],
        ['ENERGY.ApparentPower[0]', 12, 'VA'],
        ['ENERGY.ApparentPower[1]', 13, 'VA'],
        ['ENERGY.ReactivePower[0]', 1, 'VAr'],
        ['ENERGY.ReactivePower[1]', -2, 'VAr'],
        ['ENERGY.Frequency', 50, 'Hz'],
      ],
    ],
    [
      'tariffs',
      { TotalTariff: [1.5, 2.5], ExportActive: 7.25 },
      [
        ['ENERGY.TotalTariff[0]', 1.5, 'kWh'],
        ['ENERGY.TotalTariff[1]', 2.5, 'kWh'],
        ['ENERGY.ExportActive', 7.25, 'kWh'],
      ],
    ],
  ])('reads %s', (_name, energy, expected) => {
    expect(rows({ Time: '2018-02-04T23:17:01', ENERGY: energy })).toEqual(expected);
  });

  it.each([
    [
      { AM2301: { Temperature: 15.5, Humidity: 50.6, DewPoint: 5.1 }, TempUnit: 'C' },
      [
        ['AM2301.Temperature', 15.5, '°C'],
        ['AM2301.Humidity', 50.6, '%'],
        ['AM2301.DewPoint', 5.1, '°C'],
      ],
    ],
    [{ SHT3X: { Temperature: 74.8 }, TempUnit: 'F' }, [['SHT3X.Temperature', 74.8, '°F']]],
    [{ DHT22: { Temperature: null } }, [['DHT22.Temperature', null, undefined]]],
    [
      { BME280: { Pressure: 984.4, SeaPressure: 1012.2 }, PressureUnit: 'hPa', TempUnit: 'C' },
      [
        ['BME280.Pressure', 984.4, 'hPa'],
        ['BME280.SeaPressure', 1012.2, 'hPa'],
      ],
    ],
    [{ BMP280: { Pressure: 738.2 }, PressureUnit: 'mmHg' }, [['BMP280.Pressure', 738.2, 'mmHg']]],
    [
      { 'DS18B20-1': { Id: '000008BD38BF', Temperature: 25.3 }, TempUnit: 'C' },
      [['DS18B20-1.Temperature', 25.3, '°C']],
    ],
    [{ PMS5003: { 'PM2.5': 2 } }, [['PMS5003.PM2.5', 2, undefined]]],
    [
      { ANALOG: { CTEnergy: { Energy: 0.006, Power: 2068, Voltage: 230, Current: 8.992 } } },
      [
        ['ANALOG.CTEnergy.Energy', 0.006, 'kWh'],
        ['ANALOG.CTEnergy.Power', 2068, 'W'],
        ['ANALOG.CTEnergy.Voltage', 230, 'V'],
        ['ANALOG.CTEnergy.Current', 8.992, 'A'],
      ],
    ],
    [
      { COUNTER: { C1: 10, Total: 4 }, Switch1: 'OFF' },
      [
        ['COUNTER.C1', 10, undefined],
        ['COUNTER.Total', 4, undefined],
      ],
    ],
    [{ TIC: { ADCO: '021528603314', PAPP: 180 } }, [['TIC.PAPP', 180, undefined]]],
    [{ Temperature: 25, TempUnit: 'C' }, [['Temperature', 25, '°C']]],
  ])('%j', (sensors, expected) => {
    expect(rows({ Time: '2018-02-01T22:52:09', ...sensors })).toEqual(expected);
  });

  it.each(['STATUS8', 'STATUS10'])('reads the answer %s', (type) => {
    const answer = { StatusSNS: { Time: '2018-02-04T23:17:01', ENERGY: { Power: 12 } } };
    expect(read(`stat/plug1/${type}`, answer).measurements).toEqual([
      { channel: 'ENERGY.Power', ts: at('2018-02-04T22:17:01Z'), value: 12, unit: 'W', quality: 'good' },
    ]);
  });
});

describe('tasmota: times', () => {
  it.each([
    ['winter', '2018-02-04T23:17:01', '2018-02-04T22:17:01.000Z'],
    ['summer', '2021-07-26T17:28:45', '2021-07-26T15:28:45.000Z'],
    ['early firmware', '2018.02.04 23:17:01', '2018-02-04T22:17:01.000Z'],
    ['milliseconds', '2023-02-04T23:17:01.250', '2023-02-04T22:17:01.250Z'],
    ['an offset', '2021-07-26T17:28:45+05:30', '2021-07-26T11:58:45.000Z'],
    ['UTC', '2021-07-26T17:28:45Z', '2021-07-26T17:28:45.000Z'],
    ['epoch s', 1_702_991_000, '2023-12-19T13:03:20.000Z'],
    ['no clock yet', '1970-01-01T00:00:08', undefined],
    ['no clock yet, west of UTC', '1969-12-31T19:00:08', undefined],
    ['no day', '2021-02-30T00:00:00', undefined],
    ['a word', 'now', undefined],
    ['null', null, undefined],
    ['epoch 0', 0, undefined],
  ])('%s: %j', (_name, time, expected) => {
    expect(timeOf(time)).toBe(expected);
  });

  it('prefers Epoch where it stands beside', () => {
    const payload = { Time: '2023-12-19T01:00:00', Epoch: 1_702_991_000, ENERGY: { Power: 1 } };
    expect(read(SENSOR, payload).measurements).toEqual([
      { channel: 'ENERGY.Power', ts: 1_702_991_000_000, value: 1, unit: 'W', quality: 'good' },
    ]);
  });

  it.each([
    ['2026-10-25T02:30:00', '2026-10-25T00:30:02Z', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T02:30:00', '2026-10-25T01:30:02Z', '2026-10-25T01:30:00.000Z'],
    ['2026-10-25T02:00:00', '2026-10-25T01:00:00Z', '2026-10-25T01:00:00.000Z'],
    ['2026-10-25T02:59:59', '2026-10-25T02:00:10Z', '2026-10-25T01:59:59.000Z'],
    ['2026-10-25T02:30:00', '2026-10-25T01:01:00Z', '2026-10-25T01:30:00.000Z'],
    ['2026-10-25T02:30:00', '2026-10-25T00:59:00Z', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T02:30:00', '2026-10-27T00:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T01:59:59', '2026-10-25T01:00:00Z', '2026-10-24T23:59:59.000Z'],
    ['2026-10-25T03:00:00', '2026-10-25T02:00:00Z', '2026-10-25T02:00:00.000Z'],
  ])('%s, in an hour that occurs twice or beside it, arrived %s: %s', (time, received, expected) => {
    expect(timeOf(time, { received })).toBe(expected);
  });

  it('keeps the order of live messages through both changes of the clocks', () => {
    for (const from of ['2026-10-24T22:00:00Z', '2026-03-28T23:00:00Z']) {
      const local = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'medium' });
      for (let minutes = 0; minutes < 360; minutes += 7) {
        const instant = at(from) + minutes * 60_000;
        const time = local.format(instant).replace(' ', 'T');
        expect(timeOf(time, { received: new Date(instant + 900).toISOString() })).toBe(new Date(instant).toISOString());
      }
    }
  });

  it('reads a skipped hour by the time before it: a clock that is late to change', () => {
    expect(timeOf('2026-03-29T02:05:00')).toBe('2026-03-29T01:05:00.000Z');
    expect(timeOf('2026-03-29T03:10:00')).toBe('2026-03-29T01:10:00.000Z');
  });

  it('picks the hour where clocks go back by half of one', () => {
    const zone = 'Australia/Lord_Howe';
    expect(timeOf('2026-04-05T01:45:00', { zone, received: '2026-04-04T14:45:00Z' })).toBe('2026-04-04T14:45:00.000Z');
    expect(timeOf('2026-04-05T01:45:00', { zone, received: '2026-04-04T15:15:00Z' })).toBe('2026-04-04T15:15:00.000Z');
  });

  it.each(['Africa/Monrovia', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'UTC'])(
    'reads times of %s',
    (zone) => {
      expect(timeOf('2021-07-26T17:28:45', { zone })).toMatch(/^2021-07-2[67]T/);
      expect(timeOf('1970-01-01T00:00:08', { zone })).toBeUndefined();
    },
  );

  it('takes what the broker had kept only with a time', () => {
    const kept = (payload: object) => read(SENSOR, payload, { retained: true }).measurements.length;
    expect(kept({ Time: '2018-02-04T23:17:01', ENERGY: { Power: 1 } })).toBe(1);
    expect(kept({ Time: '1970-01-01T00:00:08', ENERGY: { Power: 1 } })).toBe(0);
    expect(kept({ ENERGY: { Power: 1 } })).toBe(0);
  });
});

describe('tasmota: topics', () => {
  it.each([
    ['tele/plug1/SENSOR', 'tele/plug1/SENSOR', ''],
    ['tele/plug1/#', 'tele/plug1/SENSOR', ''],
    ['+/plug1/+', 'tele/plug1/SENSOR', ''],
    ['tele/+/SENSOR', 'tele/plug1/SENSOR', 'plug1/'],
    ['tele/#', 'tele/hall/plug1/SENSOR', 'hall/plug1/'],
    ['tele/hall/+/+', 'tele/hall/plug1/SENSOR', 'plug1/'],
    ['#', 'tele/plug1/SENSOR', 'plug1/'],
    ['plug1/#', 'plug1/tele/SENSOR', ''],
    ['+/tele/SENSOR', 'plug1/tele/SENSOR', 'plug1/'],
    ['emoncms/ch2i/factory/+/tele/SENSOR', 'emoncms/ch2i/factory/denky/tele/SENSOR', 'denky/'],
    ['meter/+/SENSOR', 'meter/plug1/SENSOR', 'plug1/'],
  ])('filter %s, topic %s: %jENERGY.Power', (filter, topic, prefix) => {
    const [measurement] = read(topic, { Time: '2018-02-04T23:17:01', ENERGY: { Power: 1 } }, { filter }).measurements;
    expect(measurement?.channel).toBe(`${prefix}ENERGY.Power`);
  });

  it.each([
    ['Online', 'online'],
    ['Offline', 'offline'],
    ['', undefined],
  ])('LWT %s', (text, presence) => {
    expect(read('tele/plug1/LWT', text, { retained: true }).presence).toBe(presence);
  });

  it.each([
    'tele/plug1/STATE',
    'stat/plug1/RESULT',
    'stat/plug1/STATUS',
    'tele/plug1/INFO1',
    'cmnd/plug1/POWER',
    'SENSOR/x',
    '',
  ])('ignores %j', (topic) => {
    expect(read(topic, '{"Time":"2018-02-04T23:17:01","A":1}')).toEqual({ measurements: [], refused: [] });
  });

  it.each([
    [SENSOR, 'nan', 'not_json'],
    [SENSOR, '[]', 'wrong_shape'],
    ['stat/plug1/STATUS8', '{}', 'wrong_shape'],
    [SENSOR, '{"ENERGY":{"Power":1e400}}', 'not_finite'],
  ])('refuses %s %s', (topic, payload, code) => {
    expect(read(topic, payload).refused.map((refusal) => refusal.code)).toEqual([code]);
  });
});
