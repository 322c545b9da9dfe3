import { unzipSync } from 'node:zlib';
import { errorMessage, fail, ok, type Result } from '#libs/kernel';
import protobuf from 'sparkplug-payload/lib/sparkplugPayloadProto.js';
import { MAX_PAYLOAD_BYTES, type Refusal } from '../../decode-json.js';
import type { Measurement } from '../profile.js';
import { findLong, type Long64, unsignedOf } from './long.js';
import { scanPayload, type ScannedPayload } from './scan-payload.js';

const { Metric, PropertyValue } = protobuf.org.eclipse.tahu.protobuf.Payload;

/** A metric as sent; what was not sent is undefined. */
export interface SparkplugMetric {
  readonly name: string | undefined;
  readonly alias: string | undefined;
  /** Epoch ms as sent, unchecked. */
  readonly timestamp: number | undefined;
  /** Number of sparkplug_b.proto's `DataType`. Data messages mostly leave it to the birth. */
  readonly datatype: number | undefined;
  readonly isNull: boolean;
  /** The field of the wire that carried the value; undefined for text, bytes, tables and templates. */
  readonly value: WireValue | undefined;
  /** Of the property `engUnit`. */
  readonly unit: string | undefined;
  /** Of the property `Quality`: 192 good, 500 stale, 0 bad. */
  readonly quality: Measurement['quality'];
}

export type WireValue =
  | { readonly kind: 'int'; readonly int: number }
  | { readonly kind: 'long'; readonly long: Long64 }
  | { readonly kind: 'other'; readonly number: number };

export interface SparkplugPayload {
  readonly timestamp: number | undefined;
  readonly seq: number | undefined;
  readonly metrics: readonly Result<SparkplugMetric, Refusal>[];
  /** Metrics past the first 10,000. */
  readonly untaken: number;
}

/** The package decodes what it is given as deep as it goes; a stack that overflows is one of the ways in which a metric is bad. */
const attempt = <T>(decode: () => T): Result<T, Refusal> => {
  try {
    return ok(decode());
  } catch (error) {
    return fail({ code: 'not_sparkplug', detail: errorMessage(error).slice(0, 200) });
  }
};

type PackageMetric = ReturnType<typeof Metric.decode>;
type PackageProperty = ReturnType<typeof PropertyValue.decode>;

/** Only fields that were sent are properties of their own: the others have defaults behind them. */
const sent = <T extends object, K extends keyof T>(message: T, field: K): T[K] | undefined =>
  Object.hasOwn(message, field) ? message[field] : undefined;

const wireValue = (metric: PackageMetric): WireValue | undefined => {
  const int = sent(metric, 'intValue');
  if (typeof int === 'number') return { kind: 'int', int };
  const long = findLong(sent(metric, 'longValue'));
  if (long) return { kind: 'long', long };
  const number = sent(metric, 'floatValue') ?? sent(metric, 'doubleValue');
  if (typeof number === 'number') return { kind: 'other', number };
  const flag = sent(metric, 'booleanValue');
  return typeof flag === 'boolean' ? { kind: 'other', number: flag ? 1 : 0 } : undefined;
};

const findProperty = (metric: PackageMetric, name: string): PackageProperty | undefined => {
  const properties = metric.properties;
  const index = properties?.keys?.findIndex((key) => key.toLowerCase() === name) ?? -1;
  const found = index === -1 ? undefined : properties?.values?.[index];
  return found instanceof PropertyValue ? found : undefined;
};

const unitOf = (metric: PackageMetric): string | undefined => {
  const text = findProperty(metric, 'engunit')?.stringValue;
  return text && text.length <= 32 ? text : undefined;
};

const qualityOf = (metric: PackageMetric): Measurement['quality'] => {
  const property = findProperty(metric, 'quality');
  const code = property && (sent(property, 'intValue') ?? findLong(sent(property, 'longValue'))?.low);
  if (code === 0) return 'bad';
  return code === 500 ? 'uncertain' : 'good';
};

const decodeMetric = (bytes: Uint8Array): Result<SparkplugMetric, Refusal> =>
  attempt(() => {
    const metric = Metric.decode(bytes);
    const alias = findLong(sent(metric, 'alias'));
    const timestamp = findLong(sent(metric, 'timestamp'));
    const name = sent(metric, 'name');
    const datatype = sent(metric, 'datatype');
    return {
      // Some encoders write fields that they leave empty.
      name: name === '' ? undefined : name,
      alias: alias && `${alias.high}:${alias.low}`,
      timestamp: timestamp && unsignedOf(timestamp),
      datatype: datatype === 0 ? undefined : datatype,
      isNull: sent(metric, 'isNull') === true,
      value: wireValue(metric),
      unit: unitOf(metric),
      quality: qualityOf(metric),
    };
  });

const COMPRESSED = 'SPBV1.0_COMPRESSED';

/** Eclipse Tahu's compressed payloads carry the real one in `body`, by GZIP or DEFLATE. */
const inflate = (outer: ScannedPayload): Result<ScannedPayload, Refusal> => {
  const { uuid, body } = outer;
  if (!uuid || !body || new TextDecoder().decode(uuid) !== COMPRESSED) return ok(outer);
  const inflated = attempt(() => unzipSync(body, { maxOutputLength: MAX_PAYLOAD_BYTES }));
  if (!inflated.ok) return inflated;
  const inner = scanPayload(inflated.value);
  if (!inner) return fail({ code: 'not_sparkplug', detail: 'the compressed body is no Sparkplug B payload' });
  return ok({ ...inner, timestamp: inner.timestamp ?? outer.timestamp, seq: outer.seq ?? inner.seq });
};

/** A Sparkplug B payload, up to 1 MiB, also after decompression. Never throws; a metric that cannot be read is refused by itself. */
export const decodeSparkplug = (payload: Uint8Array): Result<SparkplugPayload, Refusal> => {
  if (payload.length > MAX_PAYLOAD_BYTES) {
    return fail({ code: 'too_large', detail: `${payload.length} bytes are over ${MAX_PAYLOAD_BYTES}` });
  }
  const scanned = scanPayload(payload);
  if (!scanned) return fail({ code: 'not_sparkplug', detail: 'the payload is no Sparkplug B' });
  const inflated = inflate(scanned);
  if (!inflated.ok) return inflated;
  const { timestamp, seq, metrics, untaken } = inflated.value;
  return ok({ timestamp, seq, metrics: metrics.map(decodeMetric), untaken });
};
