import { fail, ok, type Result, showValue } from '#libs/kernel';
import { firstIssue, type Refusal } from '../decode-json.js';
import { MAX_READINGS } from '../decode-readings.js';
import { readingMessage } from '../messages.js';
import { isJsonObject } from './json-object.js';
import type { DeviceReport, Measurement, Profile } from './profile.js';
import { readJsonReport } from './report.js';

const readOne = (raw: unknown): Result<Measurement, Refusal> => {
  const parsed = readingMessage.safeParse(raw);
  if (!parsed.success) return fail({ code: 'wrong_shape', detail: firstIssue(parsed.error) });
  const { point, ...rest } = parsed.data;
  return ok({ channel: point, ...rest });
};

const read = (payload: Uint8Array): DeviceReport =>
  readJsonReport(payload, (json, report) => {
    const readings = isJsonObject(json) ? json['readings'] : undefined;
    if (!Array.isArray(readings)) {
      report.refuse({ code: 'wrong_shape', detail: `readings: expected an array, found ${showValue(readings)}` });
      return;
    }
    report.leave(Math.max(0, readings.length - MAX_READINGS));
    for (const raw of readings.slice(0, MAX_READINGS)) {
      const one = readOne(raw);
      if (one.ok) report.add(one.value);
      else report.refuse(one.error);
    }
  });

/** Venueflow's own JSON, as gateways publish it, on any topic: `{"readings":[{point, ts, value, unit, quality}]}`. Channel: `point`. `seq` is ignored. */
export const venueflow: Profile = {
  name: 'venueflow',
  createReader: () => ({ read: ({ payload }) => read(payload) }),
};
