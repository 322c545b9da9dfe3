import { type EpochMs, epochMs, fail, ok, type Result, showValue } from '#libs/kernel';
import { decodeMessage, firstIssue, formatRefusal, type Refusal } from './decode-json.js';
import { checkInstant } from './instants.js';
import { type ReadingMessage, readingMessage, readingsMessage } from './messages.js';
import type { KnownPoint, PointDirectory } from './point-directory.js';
import type { QualityRules } from './quality-rules.js';
import { type DecodedRejection, Rejections } from './rejections.js';
import { topicLevels } from './topics.js';

/** Most readings in one message. */
export const MAX_READINGS = 10_000;

export interface DecodedReading {
  readonly pointId: number;
  readonly ts: EpochMs;
  readonly value: number;
  /** As it is stored: level and reasons of `quality.ts`. */
  readonly quality: number;
}

/** A message's place in its gateway's sequence. */
export interface MessageSeq {
  readonly venue: string;
  readonly gateway: string;
  readonly seq: number;
  /** Lowest seq that the gateway still holds. */
  readonly oldest: number | undefined;
}

/** Readings accepted and readings rejected add up to the readings received. */
export interface DecodedReadings {
  /** Absent when the message could not be read, or its gateway is not known. */
  readonly message: MessageSeq | undefined;
  readonly readings: readonly DecodedReading[];
  readonly rejected: readonly DecodedRejection[];
  /** Newest instant in it, epoch ms, believed or not. */
  readonly newestTs: number | undefined;
}

/** What messages are read against. */
export interface DecodeContext {
  readonly directory: PointDirectory;
  readonly rules: QualityRules;
  /** Event time. */
  readonly eventNow: EpochMs;
  /** Whether the clock of a gateway is known to be wrong. */
  readonly isClockWrong: (venue: string, gateway: string) => boolean;
}

const QUALITIES: readonly unknown[] = readingMessage.shape.quality.options;

/** What nearly every reading passes, at a tenth of the schema's cost. It takes nothing that the schema does not. */
const isPlain = (raw: unknown): raw is ReadingMessage => {
  if (typeof raw !== 'object' || raw === null) return false;
  const { point, ts, value, unit, quality } = raw as Partial<Record<keyof ReadingMessage, unknown>>;
  return (
    typeof point === 'string' &&
    point.length >= 1 &&
    point.length <= 128 &&
    Number.isSafeInteger(ts) &&
    (ts as number) >= 0 &&
    (ts as number) <= 8_640_000_000_000_000 &&
    Number.isFinite(value) &&
    typeof unit === 'string' &&
    unit.length <= 32 &&
    QUALITIES.includes(quality)
  );
};

const parseReading = (raw: unknown): Result<ReadingMessage, Refusal> => {
  if (isPlain(raw)) return ok(raw);
  const parsed = readingMessage.safeParse(raw);
  return parsed.success ? ok(parsed.data) : fail({ code: 'wrong_shape', detail: firstIssue(parsed.error) });
};

/** A value outside the point's range is kept, as `bad`: the sensor is to be looked at, and the record is not to have a hole. */
const checkReading = (
  raw: unknown,
  points: ReadonlyMap<string, KnownPoint>,
  { rules, eventNow }: DecodeContext,
  clockWrong: boolean,
): Result<DecodedReading, Refusal> => {
  const parsed = parseReading(raw);
  if (!parsed.ok) return parsed;
  const { point, ts, value, unit, quality } = parsed.value;
  const known = points.get(point);
  if (!known) return fail({ code: 'unknown_point', detail: `${showValue(point)} is not in the pack` });
  if (unit !== known.unit) {
    return fail({ code: 'wrong_unit', detail: `${point} is in ${known.unit}, found ${showValue(unit)}` });
  }
  const refusal = checkInstant(ts, eventNow);
  if (refusal) return fail(refusal);
  return ok({ pointId: known.id, ts: epochMs(ts), value, quality: rules.judge(known, ts, value, quality, clockWrong) });
};

const refuseWhole = (topic: string, payload: Uint8Array, refusal: Refusal, readings: number): DecodedReadings => ({
  message: undefined,
  readings: [],
  rejected: [{ topic, payload, reason: formatRefusal(refusal), readings }],
  newestTs: undefined,
});

/**
 * Reads one message of a `readings` topic. Each reading is judged by itself: a bad one never takes its message with it.
 * Never throws.
 */
export const decodeReadings = (topic: string, payload: Uint8Array, context: DecodeContext): DecodedReadings => {
  const decoded = decodeMessage(readingsMessage, payload);
  if (!decoded.ok) return refuseWhole(topic, payload, decoded.error, 1);
  const { seq, oldest, readings: raws } = decoded.value;
  const [venue = '', gateway = ''] = topicLevels(topic) ?? [];
  const points = context.directory.findPoints(venue, gateway);
  if (!points) {
    const detail = `the pack has no gateway ${showValue(gateway)} at ${showValue(venue)}`;
    return refuseWhole(topic, payload, { code: 'unknown_gateway', detail }, raws.length);
  }
  const message = { venue, gateway, seq, oldest };
  if (raws.length > MAX_READINGS) {
    const detail = `${raws.length} readings are over ${MAX_READINGS}`;
    return { ...refuseWhole(topic, payload, { code: 'too_many_readings', detail }, raws.length), message };
  }
  const clockWrong = context.isClockWrong(venue, gateway);
  const readings: DecodedReading[] = [];
  const rejections = new Rejections();
  let newestTs = -Infinity;
  for (const raw of raws) {
    const checked = checkReading(raw, points, context, clockWrong);
    if (checked.ok) readings.push(checked.value);
    else rejections.add(checked.error, raw);
    if (isPlain(raw)) newestTs = Math.max(newestTs, raw.ts);
  }
  return {
    message,
    readings,
    rejected: rejections.list(topic),
    newestTs: newestTs === -Infinity ? undefined : newestTs,
  };
};
