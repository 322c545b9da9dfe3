import { ok, type Result, showValue } from '#libs/kernel';
import type { Refusal } from '../decode-json.js';
import { readInstant } from './instants.js';
import { isJsonObject } from './json-object.js';
import { readNumber } from './numbers.js';
import type { DeviceMessage } from './profile.js';
import type { ReportBuilder } from './report.js';

/** Of ThingsBoard's own topics only these carry telemetry; attributes, calls and connects come on the others. Any topic outside its tree may. */
export const isTelemetryTopic = (topic: string): boolean =>
  !/^v1\/(gateway|devices\/me)\//.test(topic) || topic.endsWith('/telemetry');

const readTs = (ts: unknown): Result<number | undefined, Refusal> => {
  if (ts === undefined || ts === null) return ok(undefined);
  const number = readNumber(ts, { text: true });
  return readInstant(number.ok && typeof ts !== 'boolean' ? number.value : ts);
};

/**
 * One element of ThingsBoard's telemetry: `{key: value}`, or `{ts, values: {key: value}}` with ts in epoch ms, which may be absent. Channels are
 * keys behind `prefix`. Numbers, booleans and numbers in text are measurements; other text, objects and arrays are skipped.
 */
const readElement = (element: unknown, prefix: string, retained: boolean, report: ReportBuilder): void => {
  if (!isJsonObject(element)) {
    report.refuse({ code: 'wrong_shape', detail: `${prefix}: expected an object, found ${showValue(element)}` });
    return;
  }
  const nested = element['values'];
  const timed = isJsonObject(nested);
  const ts = timed ? readTs(element['ts']) : ok(undefined);
  if (!ts.ok) {
    report.refuse(ts.error);
    return;
  }
  if (retained && ts.value === undefined) return;
  for (const [key, raw] of Object.entries(timed ? nested : element)) {
    const value = readNumber(raw, { text: true });
    if (!value.ok && value.error.code === 'not_a_number') continue;
    report.addRead({ channel: prefix + key, ts: ts.value, unit: undefined, quality: 'good' }, value);
  }
};

/** An element, or an array of them. */
export const readTelemetry = (
  telemetry: unknown,
  prefix: string,
  { retained }: DeviceMessage,
  report: ReportBuilder,
): void => {
  const elements: readonly unknown[] = Array.isArray(telemetry) ? telemetry : [telemetry];
  for (const element of elements) readElement(element, prefix, retained, report);
};
