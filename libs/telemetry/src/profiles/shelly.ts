import { readBareText } from './bare-text.js';
import { createDevicePrefix, levelRange } from './device-prefix.js';
import { findInstant } from './device-time.js';
import { measureLeaves, readJsonObject } from './json-leaves.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import type { DeviceMessage, DeviceReport, Profile } from './profile.js';
import { EMPTY_REPORT, refusedReport } from './report.js';

/** By the last name of a field; the format fixes them (shelly-api-docs, Components). */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(^|_)act_power$|^apower$/, 'W'],
  [/(^|_)aprt_?power$/, 'VA'],
  [/(^|_)act(_ret)?(_energy)?$/, 'Wh'],
  [/(^|_)voltage$/, 'V'],
  [/(^|_)current$/, 'A'],
  [/(^|_)freq$/, 'Hz'],
  [/^tC$/, '°C'],
  [/^tF$/, '°F'],
  [/^rh$/, '%'],
  [/^lux$/, 'lx'],
];
/** Where the last name alone does not say it. */
const NESTED_UNITS: readonly (readonly [RegExp, string])[] = [
  [/\.(ret_)?aenergy\.total$/, 'Wh'],
  [/\.battery\.percent$/, '%'],
  [/\.battery\.V$/, 'V'],
];

const unitOf = (path: string, name: string): string | undefined =>
  UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? NESTED_UNITS.find(([pattern]) => pattern.test(path))?.[1];

/** `id` repeats the number in the component's name. */
const withoutId = (component: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(component).filter(([field]) => field !== 'id'));

/** What is no component stands beside them: the time, and what a method answers. */
const measure = (
  components: Iterable<readonly [string, unknown]>,
  prefix: string,
  ts: number | undefined,
): DeviceReport =>
  measureLeaves(
    [...components].flatMap(([name, value]) => (isJsonObject(value) ? [[name, withoutId(value)] as const] : [])),
    { prefix, ts, unitOf },
  );

const readOnline = (payload: Uint8Array): DeviceReport => {
  const text = readBareText(payload);
  if (!text.ok) return refusedReport(text.error);
  if (text.value === 'true') return { ...EMPTY_REPORT, presence: 'online' };
  return text.value === 'false' ? { ...EMPTY_REPORT, presence: 'offline' } : EMPTY_REPORT;
};

const STATUS_METHODS: readonly unknown[] = ['NotifyStatus', 'NotifyFullStatus'];

const readNotification = ({ payload, retained }: DeviceMessage, prefix: string): DeviceReport => {
  const frame = readJsonObject(payload);
  if (!frame.ok) return refusedReport(frame.error);
  if (!STATUS_METHODS.includes(frame.value['method'])) return EMPTY_REPORT;
  const params = frame.value['params'];
  if (!isJsonObject(params))
    return refusedReport({ code: 'wrong_shape', detail: 'params of a status notification are no JSON object' });
  const seconds = params['ts'];
  const ts = findInstant(typeof seconds === 'number' ? seconds * 1000 : undefined);
  return retained && ts === undefined ? EMPTY_REPORT : measure(Object.entries(params), prefix, ts);
};

/** The answer to `Shelly.GetStatus`: its topic is the asker's, so the device is named by `src`. */
const readReply = (payload: Uint8Array, prefixOf: (src: string) => string): DeviceReport => {
  const frame = readJsonObject(payload);
  if (!frame.ok) return refusedReport(frame.error);
  const { result, src } = frame.value;
  if (!isJsonObject(result)) return EMPTY_REPORT;
  return measure(Object.entries(result), prefixOf(typeof src === 'string' ? src : ''), undefined);
};

const readStatus = (payload: Uint8Array, component: string, prefix: string): DeviceReport => {
  const status = readJsonObject(payload);
  return status.ok ? measure([[component, status.value]], prefix, undefined) : refusedReport(status.error);
};

/**
 * Shelly Gen2 and later (shelly-api-docs.shelly.cloud, gen2): JSON under the device's topic prefix, which is its id unless it is set
 * to something else.
 *
 * - `<id>/status/<component>:<n>`: the whole status of a component, without a time.
 * - `<id>/events/rpc`: `NotifyStatus` (what changed) and `NotifyFullStatus`, `params.ts` in epoch s with a fraction; `NotifyEvent` is ignored.
 * - `<id>/online`: `true` or `false` (last will). `<asker>/rpc`: replies to `Shelly.GetStatus`, without a time.
 *
 * Channel: `<component>:<n>.<field>`, such as `em:0.total_act_power`, `switch:0.aenergy.total`; with `<id>/` before it as
 * createDevicePrefix says. Power in W, apparent power in VA, energy in Wh. Arrays and texts are skipped.
 *
 * A change is told twice, by its status topic with the time of arrival and by its notification with the device's time, and both are
 * readings. Choose one by the filter: `<id>/events/#` for the device's times, or `<id>/status/#`.
 */
export const shellyGen2: Profile = {
  name: 'shelly_gen2',
  createReader: ({ topic: filter }) => {
    const prefixOf = createDevicePrefix(filter);
    return {
      read: (message) => {
        const levels = message.topic.split('/');
        const last = levels.at(-1) ?? '';
        if (message.payload.length === 0) return EMPTY_REPORT;
        if (last === 'online') return readOnline(message.payload);
        const devicePrefix = prefixOf(levels, levelRange(0, levels.length - 2));
        const parent = levels.at(-2);
        if (parent === 'events' && last === 'rpc') return readNotification(message, devicePrefix);
        if (message.retained) return EMPTY_REPORT;
        if (parent === 'status') return readStatus(message.payload, last, devicePrefix);
        const isOpen = prefixOf(levels, levelRange(0, levels.length - 1)) !== '';
        return last === 'rpc' ? readReply(message.payload, (src) => (isOpen ? `${src}/` : '')) : EMPTY_REPORT;
      },
    };
  },
};
