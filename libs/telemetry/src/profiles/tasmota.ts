import { type EpochMs, epochMs, fromCivil, HOUR_MS, offsetAt, toCivil } from '#libs/kernel';
import { readBareText } from './bare-text.js';
import { createDevicePrefix, levelRange } from './device-prefix.js';
import { findInstant, findIsoTime } from './device-time.js';
import { measureLeaves, readJsonObject } from './json-leaves.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import type { DeviceReport, Profile } from './profile.js';
import { EMPTY_REPORT, refusedReport } from './report.js';

/** Units that do not depend on where they stand; of INA219, ANALOG and the like as of ENERGY. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['Power', 'W'],
  ['ApparentPower', 'VA'],
  ['ReactivePower', 'VAr'],
  ['Voltage', 'V'],
  ['Current', 'A'],
  ['Frequency', 'Hz'],
  ['Energy', 'kWh'],
  ['Humidity', '%'],
  ['Illuminance', 'lx'],
]);
/** `Period` counts in Wh. Of French meters `Load` is in percent of the contract. */
const ENERGY_UNITS: ReadonlyMap<string, string> = new Map([
  ['Total', 'kWh'],
  ['Yesterday', 'kWh'],
  ['Today', 'kWh'],
  ['TotalTariff', 'kWh'],
  ['ImportActive', 'kWh'],
  ['ExportActive', 'kWh'],
  ['ExportTariff', 'kWh'],
  ['Period', 'Wh'],
]);
const TEMPERATURES = new Set(['Temperature', 'DewPoint']);
const PRESSURES = new Set(['Pressure', 'SeaPressure']);
const TEMPERATURE_UNITS: ReadonlyMap<unknown, string> = new Map([
  ['C', '°C'],
  ['F', '°F'],
]);
/** Beside the sensors and no measurements. */
const ABOUT = new Set(['Time', 'Epoch', 'TempUnit', 'PressureUnit', 'SpeedUnit']);

/**
 * The instant of a civil time. When clocks are set back an hour occurs twice: then it is the one that is near its arrival
 * (by less than half of the time between the two), and the earlier one when neither is.
 */
const fromLocal = (timeZone: string, civil: number, received: EpochMs): number => {
  const earlier = fromCivil(timeZone, civil);
  const later = epochMs(civil - offsetAt(timeZone, epochMs(earlier + 3 * HOUR_MS)));
  if (later <= earlier || toCivil(timeZone, later) !== civil) return earlier;
  return Math.abs(received - later) < (later - earlier) / 2 ? later : earlier;
};

/** `Time` in the device's civil time or with an offset; in epoch s, or `Epoch` beside it, where the device is set so. */
const findTime = (sensors: JsonObject, timeZone: string, received: EpochMs): number | undefined => {
  const time = sensors['Time'];
  const seconds = sensors['Epoch'] ?? time;
  if (typeof seconds === 'number') return findInstant(seconds * 1000);
  const iso = findIsoTime(time);
  if (!iso || findInstant(iso.civil) === undefined) return undefined;
  return iso.offsetMs === undefined ? fromLocal(timeZone, iso.civil, received) : iso.civil - iso.offsetMs;
};

const createUnitOf = (sensors: JsonObject) => {
  const temperature = TEMPERATURE_UNITS.get(sensors['TempUnit']);
  const pressureUnit = sensors['PressureUnit'];
  const pressure = typeof pressureUnit === 'string' ? pressureUnit.slice(0, 32) : undefined;
  return (path: string, name: string): string | undefined => {
    if (TEMPERATURES.has(name)) return temperature;
    if (PRESSURES.has(name)) return pressure;
    return UNITS.get(name) ?? (path.startsWith('ENERGY.') ? ENERGY_UNITS.get(name) : undefined);
  };
};

/** `tele` and `stat` are before or after the device's topic, as its full topic is set; renamed prefixes count as part of its name. */
const listNameLevels = (levels: readonly string[]): readonly number[] => {
  const name = levelRange(0, levels.length - 1);
  const prefix = name.find((index) => levels[index] === 'tele' || levels[index] === 'stat');
  return name.filter((index) => index !== prefix);
};

const readWill = (payload: Uint8Array): DeviceReport => {
  const text = readBareText(payload);
  if (!text.ok) return refusedReport(text.error);
  if (text.value === 'Online') return { ...EMPTY_REPORT, presence: 'online' };
  return text.value === 'Offline' ? { ...EMPTY_REPORT, presence: 'offline' } : EMPTY_REPORT;
};

const STATUS_TYPES = new Set(['STATUS8', 'STATUS10']);

/**
 * Tasmota (tasmota.github.io/docs): `tele/<topic>/SENSOR` and `stat/<topic>/STATUS8` or `STATUS10`, or the other way round; the last level is
 * the type of message. `LWT` says `Online` or `Offline`; all else is ignored.
 *
 * Channel: names joined by dots, such as `ENERGY.Power`, `AM2301.Temperature`; elements of arrays are `ENERGY.Current[0]`; with
 * `<topic>/` before it as createDevicePrefix says. Temperature is in the message's `TempUnit`, pressure in its `PressureUnit`.
 *
 * Times are civil times of the venue's zone unless they have an offset. A device that nobody told the time yet says 1970: then the time of arrival stands.
 */
export const tasmota: Profile = {
  name: 'tasmota',
  createReader: ({ topic: filter, timeZone }) => {
    const prefixOf = createDevicePrefix(filter);
    return {
      read: ({ topic, payload, received, retained }) => {
        const levels = topic.split('/');
        const type = levels.at(-1) ?? '';
        if (payload.length === 0) return EMPTY_REPORT;
        if (type === 'LWT') return readWill(payload);
        if (type !== 'SENSOR' && !STATUS_TYPES.has(type)) return EMPTY_REPORT;
        const message = readJsonObject(payload);
        if (!message.ok) return refusedReport(message.error);
        const sensors = type === 'SENSOR' ? message.value : message.value['StatusSNS'];
        if (!isJsonObject(sensors))
          return refusedReport({ code: 'wrong_shape', detail: 'StatusSNS is no JSON object' });
        const ts = findTime(sensors, timeZone, received);
        if (retained && ts === undefined) return EMPTY_REPORT;
        return measureLeaves(
          Object.entries(sensors).filter(([name]) => !ABOUT.has(name)),
          { prefix: prefixOf(levels, listNameLevels(levels)), ts, unitOf: createUnitOf(sensors), arrays: true },
        );
      },
    };
  },
};
