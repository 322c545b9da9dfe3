import { type EpochMs, epochMs, fail, ok, powerOf, type Result, seconds, kilowattHours, showValue } from '#libs/kernel';

import type { Refusal } from '../decode-json.js';
import type { DecodedReading } from '../decode-readings.js';
import { checkInstant } from '../instants.js';
import type { DeviceMessage, DeviceReport, DeviceRequest, Measurement } from '../profiles/profile.js';
import type { QualityRules } from '../quality-rules.js';
import { type DecodedRejection, Rejections } from '../rejections.js';
import { findConversion } from '../units.js';
import type { Difference } from './counter.js';
import { type ChannelPoint, type DifferencePoint, isPlausible, type KnownDevice } from './known-device.js';

/**
 * What one message of a device comes to. A value counts once for each point that it is for, and once when it is for none:
 * `accepted`, the readings of `rejected`, and `skipped` add up to `received`. `readings` are the accepted ones and what was made by difference of them.
 */
export interface DecodedDevice {
  readonly readings: readonly DecodedReading[];
  readonly rejected: readonly DecodedRejection[];
  readonly received: number;
  readonly accepted: number;
  /** Values for no point of the pack, values that the device says it does not have, and untimed ones that the broker had kept. */
  readonly skipped: { readonly unmapped: number; readonly no_value: number; readonly retained: number };
  /** Whether a reading has the time of arrival, since its device gave none. */
  readonly untimed: boolean;
  /** Newest instant by the device's own clock, epoch ms, believed or not; undefined when it gave none. For `ClockSkews.observe`. */
  readonly newestTs: number | undefined;
  /** To be published to the device. */
  readonly requests: readonly DeviceRequest[];
  readonly presence: DeviceReport['presence'];
}

export interface DeviceContext {
  readonly rules: QualityRules;
  /** The device's clock is known to be wrong: see ClockSkews. */
  readonly clockWrong: boolean;
}

const convertValue = ({ point, unit, factor }: ChannelPoint, measured: Measurement): Result<number, Refusal> => {
  const from = measured.unit === undefined || measured.unit === '' ? unit : measured.unit;
  const convert = findConversion(from, point.unit);
  if (!convert) {
    const detail = `${showValue(measured.channel)} is in ${showValue(from)}, which is never ${point.unit}`;
    return fail({ code: 'wrong_unit', detail });
  }
  const value = convert(measured.value ?? NaN) * factor;
  if (Number.isFinite(value)) return ok(value);
  return fail({ code: 'not_finite', detail: `${showValue(measured.channel)} has no finite value` });
};

const instantOf = ({ ts, channel }: Measurement, received: EpochMs): Result<EpochMs, Refusal> => {
  if (ts === undefined) return ok(received);
  if (!Number.isFinite(ts)) return fail({ code: 'not_finite', detail: `${showValue(channel)} has no finite time` });
  const refusal = checkInstant(ts, received);
  return refusal ? fail(refusal) : ok(epochMs(Math.round(ts)));
};

const derivedValue = ({ point }: DifferencePoint, { energyKwh, seconds: duration }: Difference): number =>
  point.unit === 'kWh' ? energyKwh : powerOf(kilowattHours(energyKwh), seconds(duration));

/** Reads one message of a device. Each value is judged by itself: a bad one never takes its message with it. Never throws. */
export const decodeDevice = (
  { reader, channels }: Pick<KnownDevice, 'reader' | 'channels'>,
  message: DeviceMessage,
  { rules, clockWrong }: DeviceContext,
): DecodedDevice => {
  const { topic, payload, received: now, retained } = message;
  const report = reader.read(message);
  const readings: DecodedReading[] = [];
  const rejections = new Rejections();
  const skipped = { unmapped: 0, no_value: 0, retained: 0 };
  let received = 0;
  let accepted = 0;
  let untimed = false;
  let newestTs: number | undefined;
  for (const refusal of report.refused) {
    const { values = 1 } = refusal;
    received += values;
    rejections.add(refusal, payload, values);
  }

  const derive = (to: DifferencePoint, { ts, value, quality }: DecodedReading, measured: Measurement): void => {
    if (!isPlausible(quality)) {
      to.differences.interrupt(ts);
      return;
    }
    const outcome = to.differences.add({ ts, value }, now);
    if (!outcome.ok) return;
    const derived = derivedValue(to, outcome.value);
    const derivedQuality = rules.judge(to.point, ts, derived, measured.quality, clockWrong);
    readings.push({ pointId: to.point.id, ts, value: derived, quality: derivedQuality });
  };

  for (const measured of report.measurements) {
    const { ts, channel } = measured;
    if (ts !== undefined && Number.isFinite(ts) && ts > (newestTs ?? -Infinity)) newestTs = ts;
    const points = channels.get(channel);
    received += points?.length ?? 1;
    if (!points) {
      skipped.unmapped++;
      continue;
    }
    if (measured.value === null) {
      skipped.no_value += points.length;
      continue;
    }
    if (retained && ts === undefined) {
      skipped.retained += points.length;
      continue;
    }
    const instant = instantOf(measured, now);
    for (const target of points) {
      const value = instant.ok ? convertValue(target, measured) : instant;
      if (!instant.ok || !value.ok) {
        if (!value.ok) rejections.add(value.error, measured);
        continue;
      }
      const quality = rules.judge(target.point, instant.value, value.value, measured.quality, clockWrong);
      const reading = { pointId: target.point.id, ts: instant.value, value: value.value, quality };
      readings.push(reading);
      accepted++;
      untimed ||= ts === undefined;
      for (const to of target.derived) derive(to, reading, measured);
    }
  }
  return {
    readings,
    rejected: rejections.list(topic),
    received,
    accepted,
    skipped,
    untimed,
    newestTs,
    requests: report.requests ?? [],
    presence: report.presence,
  };
};
