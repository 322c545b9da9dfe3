import { fail, ok, type Result, showValue } from '#libs/kernel';
import type { Refusal } from '../decode-json.js';
import { readBareText } from './bare-text.js';
import { createDevicePrefix, type DevicePrefix } from './device-prefix.js';
import { HomieDescriptions, readDescription } from './homie-description.js';
import type { DeviceMessage, DeviceReader, DeviceReport, Profile, ReaderOptions } from './profile.js';
import { EMPTY_REPORT, refusedReport } from './report.js';

const INTEGER = /^-?\d+$/;
/** The convention's characters; a `+` in the exponent is what printf writes. */
const FLOAT = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

const readAs = (pattern: RegExp, text: string, datatype: string): Result<number, Refusal> => {
  if (!pattern.test(text)) return fail({ code: 'not_a_number', detail: `${showValue(text)} is no ${datatype}` });
  const value = Number(text);
  return Number.isFinite(value) ? ok(value) : fail({ code: 'not_finite', detail: 'the value is no finite number' });
};

const readBoolean = (text: string): Result<number, Refusal> => {
  if (text === 'true' || text === 'false') return ok(text === 'true' ? 1 : 0);
  return fail({ code: 'not_a_number', detail: `${showValue(text)} is no boolean` });
};

/** The datatypes that are measured; properties of the others are skipped. */
const DATATYPES: ReadonlyMap<string, (text: string) => Result<number, Refusal>> = new Map([
  ['integer', (text: string) => readAs(INTEGER, text, 'integer')],
  ['float', (text: string) => readAs(FLOAT, text, 'float')],
  ['boolean', readBoolean],
]);

/** A sleeping device is not gone: it comes back by itself. */
const PRESENCE: ReadonlyMap<string, 'online' | 'offline'> = new Map([
  ['init', 'online'],
  ['ready', 'online'],
  ['sleeping', 'online'],
  ['disconnected', 'offline'],
  ['lost', 'offline'],
  ['', 'offline'],
]);

/** Before its description came, a property is measured when it looks like a number. */
const readUndescribed = (text: string): Result<number, Refusal> | undefined =>
  FLOAT.test(text) ? readAs(FLOAT, text, 'number') : undefined;

class HomieReader implements DeviceReader {
  readonly #prefixOf: DevicePrefix;
  readonly #descriptions = new HomieDescriptions();

  constructor({ topic }: ReaderOptions) {
    this.#prefixOf = createDevicePrefix(topic);
  }

  read(message: DeviceMessage): DeviceReport {
    const levels = message.topic.split('/');
    const [domain = '', version, device = '', node = '', property, ...below] = levels;
    if (version !== '5' || device.startsWith('$') || below.length > 0) return EMPTY_REPORT;
    const key = `${domain}/${device}`;
    if (property === undefined) {
      if (node === '$description') return this.#describe(key, message.payload);
      return node === '$state' ? this.#readState(key, message.payload) : EMPTY_REPORT;
    }
    if (node.startsWith('$') || property.startsWith('$') || message.retained || message.payload.length === 0)
      return EMPTY_REPORT;
    return this.#measure(key, `${node}/${property}`, this.#prefixOf(levels, [2]), message.payload);
  }

  #describe(device: string, payload: Uint8Array): DeviceReport {
    if (payload.length === 0) {
      this.#descriptions.delete(device);
      return EMPTY_REPORT;
    }
    const description = readDescription(payload);
    if (!description.ok) return refusedReport(description.error);
    this.#descriptions.set(device, description.value);
    return EMPTY_REPORT;
  }

  /** An empty state says that the device was removed. */
  #readState(device: string, payload: Uint8Array): DeviceReport {
    const text = readBareText(payload);
    if (!text.ok) return refusedReport(text.error);
    if (text.value === '') this.#descriptions.delete(device);
    const presence = PRESENCE.get(text.value);
    return presence ? { ...EMPTY_REPORT, presence } : EMPTY_REPORT;
  }

  #measure(device: string, name: string, prefix: string, payload: Uint8Array): DeviceReport {
    const described = this.#descriptions.findProperty(device, name);
    const readValue = described ? DATATYPES.get(described.datatype) : readUndescribed;
    if (!readValue) return EMPTY_REPORT;
    const text = readBareText(payload);
    if (!text.ok) return refusedReport(text.error);
    const value = readValue(text.value);
    if (!value) return EMPTY_REPORT;
    const channel = prefix + name;
    if (!value.ok)
      return refusedReport({ code: value.error.code, detail: `${showValue(channel)}: ${value.error.detail}` });
    const measurement = { channel, ts: undefined, value: value.value, unit: described?.unit, quality: 'good' } as const;
    return { measurements: [measurement], refused: [] };
  }
}

/**
 * Homie 5 (homieiot.github.io, convention): `<domain>/5/<device>/<node>/<property>` with one value as text. `$description` says type and unit:
 * integers, floats and booleans are measured, other types skipped. Before it came numbers are taken without a unit. `$state` says
 * whether the device is there. `$target`, `$alert`, `$log` and `set` are ignored.
 *
 * Channel: `<node>/<property>`, with `<device>/` before it as createDevicePrefix says. No times: a property that the broker had kept is no measurement.
 * The filter has to let descriptions through: `homie/5/<device>/#`.
 */
export const homie5: Profile = { name: 'homie5', createReader: (options) => new HomieReader(options) };
