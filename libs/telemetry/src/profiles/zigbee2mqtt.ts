import { ok, type Result } from '#libs/kernel';
import type { Refusal } from '../decode-json.js';
import { readBareText } from './bare-text.js';
import { createDevicePrefix, levelRange } from './device-prefix.js';
import { findInstant, findIsoTime } from './device-time.js';
import { measureLeaves, readJsonObject } from './json-leaves.js';
import { readNumber } from './numbers.js';
import type { DeviceReport, Profile } from './profile.js';
import { EMPTY_REPORT, refusedReport } from './report.js';

const UNITS: ReadonlyMap<string, string> = new Map([
  ['power', 'W'],
  ['power_apparent', 'VA'],
  ['power_reactive', 'VAr'],
  ['energy', 'kWh'],
  ['produced_energy', 'kWh'],
  ['consumed_energy', 'kWh'],
  ['voltage', 'V'],
  ['current', 'A'],
  ['ac_frequency', 'Hz'],
  ['temperature', '°C'],
  ['device_temperature', '°C'],
  ['local_temperature', '°C'],
  ['humidity', '%'],
  ['soil_moisture', '%'],
  ['battery', '%'],
  ['pressure', 'hPa'],
  ['illuminance', 'lx'],
  ['illuminance_lux', 'lx'],
  ['co2', 'ppm'],
]);
/** Endpoints, phases and tariffs of one device. */
const SUFFIX = /_(l\d+|\d+|phase_[abc]|[abc]|t\d+|left|right|center|top|bottom)$/;
/** Above it, `voltage` of a device with a battery is in mV. */
const MOST_VOLTS = 1000;

const quantityOf = (name: string): string => name.replace(SUFFIX, '');

const createUnitOf = (hasBattery: boolean) => (_path: string, name: string, value: number | null) => {
  const quantity = quantityOf(name);
  return quantity === 'voltage' && hasBattery && value !== null && value > MOST_VOLTS ? 'mV' : UNITS.get(quantity);
};

const readValue = (value: unknown, name: string, text = false): Result<number | null, Refusal> => {
  if (quantityOf(name) === 'state' && (value === 'ON' || value === 'OFF')) return ok(value === 'ON' ? 1 : 0);
  return readNumber(value, { text });
};

/** `last_seen`: ISO 8601 with an offset, or epoch ms. A time without an offset is in the zone of a machine that nobody knows. */
const findLastSeen = (value: unknown): number | undefined => {
  const iso = findIsoTime(value);
  return findInstant(iso?.offsetMs === undefined ? value : iso.civil - iso.offsetMs);
};

/** Not of the device: what is known of newer firmware, and of itself. */
const ABOUT = new Set(['update', 'update_available', 'last_seen', 'device']);

const readState = (payload: Uint8Array, retained: boolean, prefix: string): DeviceReport => {
  const state = readJsonObject(payload);
  if (!state.ok) return refusedReport(state.error);
  const ts = findLastSeen(state.value['last_seen']);
  if (retained && ts === undefined) return EMPTY_REPORT;
  return measureLeaves(
    Object.entries(state.value).filter(([key]) => !ABOUT.has(key)),
    { prefix, ts, unitOf: createUnitOf('battery' in state.value), read: (value, name) => readValue(value, name) },
  );
};

/** One attribute by its own topic; empty where it is null. What is nested is joined by `-` there. */
const readAttribute = (text: string, attribute: string, prefix: string): DeviceReport => {
  const path = attribute.split('-');
  const value = text === '' ? null : text === 'true' ? true : text === 'false' ? false : text;
  return measureLeaves([[path.join('.'), value]], {
    prefix,
    ts: undefined,
    unitOf: (whole) => createUnitOf(false)(whole, path.at(-1) ?? '', null),
    read: (raw) => readValue(raw, path.at(-1) ?? '', true),
  });
};

const readAvailability = (payload: Uint8Array): DeviceReport => {
  const text = readBareText(payload);
  if (!text.ok) return refusedReport(text.error);
  const json = readJsonObject(payload);
  const state = json.ok ? json.value['state'] : text.value;
  return state === 'online' || state === 'offline' ? { ...EMPTY_REPORT, presence: state } : EMPTY_REPORT;
};

const COMMANDS = new Set(['set', 'get']);
const startsObject = (payload: Uint8Array): boolean => payload.find((byte) => byte > 0x20) === 0x7b;

/**
 * Zigbee2MQTT (zigbee2mqtt.io, MQTT topics and messages): a device's state as one JSON object on `<base>/<name>`, and with attribute
 * output each value on `<base>/<name>/<attribute>`. Names may have several levels. `<base>/<name>/availability` says `online` or `offline`, as text
 * or as `{"state":..}`; `<base>/bridge/..`, `../set` and `../get` are ignored.
 *
 * Channel: the key, nested ones joined by dots, such as `power_l1`; with `<name>/` before it as createDevicePrefix says (the name starts
 * at the second level). Booleans and a `state` of ON or OFF are 1 and 0; other texts, arrays and `update` are skipped. `voltage` over 1000 of a device
 * with a `battery` is in mV; in attribute output that cannot be seen: give the point's `source_unit`.
 *
 * The time is `last_seen` where the bridge is set to give it (`advanced.last_seen`), else that of arrival. A cached state that is published again has its old one.
 */
export const zigbee2mqtt: Profile = {
  name: 'zigbee2mqtt',
  createReader: ({ topic: filter }) => {
    const prefixOf = createDevicePrefix(filter);
    const firstOpen = filter.split('/').findIndex((level) => level === '+' || level === '#');
    return {
      read: ({ topic, payload, retained }) => {
        const levels = topic.split('/');
        const last = levels.at(-1) ?? '';
        if (levels[1] === 'bridge' || (firstOpen > 0 && levels[firstOpen] === 'bridge')) return EMPTY_REPORT;
        if (levels.length > 2 && last === 'availability') return readAvailability(payload);
        if (
          levels
            .slice(2)
            .slice(-2)
            .some((level) => COMMANDS.has(level))
        )
          return EMPTY_REPORT;
        if (levels.length < 3 || startsObject(payload)) {
          return payload.length === 0
            ? EMPTY_REPORT
            : readState(payload, retained, prefixOf(levels, levelRange(1, levels.length)));
        }
        if (retained || ABOUT.has(last.split('-')[0] ?? '')) return EMPTY_REPORT;
        const text = readBareText(payload);
        return text.ok
          ? readAttribute(text.value, last, prefixOf(levels, levelRange(1, levels.length - 1)))
          : refusedReport(text.error);
      },
    };
  },
};
