import { type EpochMs, fail, ok, type Result, showValue } from '#libs/kernel';
import type { Refusal } from '../decode-json.js';
import { readInstant } from './instants.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import { readNumber } from './numbers.js';
import type { DeviceMessage, DeviceReport, Profile } from './profile.js';
import { readJsonReport, type ReportBuilder } from './report.js';

/** Seconds from which on a time is absolute (RFC 8428, 4.5.3). */
const ABSOLUTE_FROM_S = 2 ** 28;
/** The version of RFC 8428. */
const VERSION = 10;
/** RFC 8428, 4.5.1. */
const RESOLVED_NAME = /^[A-Za-z0-9][A-Za-z0-9\-:./_]*$/;
const VALUES = ['v', 'vb', 'vs', 'vd'] as const;
const REGULAR = [...VALUES, 'n', 'u', 's', 't', 'ut'] as const;

/** Base fields in force. `undefined`: none yet. `null`: the last one could not be read, so nothing that needs it can be resolved. */
interface Bases {
  bn: string | null | undefined;
  bu: string | null | undefined;
  bt: number | null | undefined;
  bv: number | null | undefined;
  bs: number | null | undefined;
}

const takeBases = (record: JsonObject, bases: Bases): void => {
  for (const label of ['bn', 'bu'] as const) {
    const value = record[label];
    if (value !== undefined) bases[label] = typeof value === 'string' ? value : null;
  }
  for (const label of ['bt', 'bv', 'bs'] as const) {
    const value = record[label];
    if (value !== undefined) bases[label] = typeof value === 'number' && Number.isFinite(value) ? value : null;
  }
};

const unresolved = (label: string): Result<never, Refusal> =>
  fail({ code: 'wrong_shape', detail: `${label} in force could not be read` });

/** A field with its base added; undefined when the record has neither. */
const sumOf = (
  record: JsonObject,
  label: 'v' | 's' | 't',
  base: number | null | undefined,
): Result<number | undefined, Refusal> => {
  const own = record[label];
  if (base === null) return unresolved(`b${label}`);
  if (own === undefined) return ok(base);
  if (typeof own !== 'number') return fail({ code: 'wrong_shape', detail: `${label}: ${showValue(own)} is no number` });
  const sum = readNumber(own + (base ?? 0));
  return sum.ok && sum.value !== null ? ok(sum.value) : fail({ code: 'not_finite', detail: `${label} is not finite` });
};

const readName = (record: JsonObject, bases: Bases): Result<string, Refusal> => {
  const own = record['n'] ?? '';
  if (typeof own !== 'string') return fail({ code: 'wrong_shape', detail: `n: ${showValue(own)} is no text` });
  if (bases.bn === null) return unresolved('bn');
  const name = (bases.bn ?? '') + own;
  return RESOLVED_NAME.test(name)
    ? ok(name)
    : fail({ code: 'bad_name', detail: `${showValue(name)} is no name of SenML; A-Z a-z 0-9 - : . / _ are allowed` });
};

const readUnit = (record: JsonObject, bases: Bases): Result<string | undefined, Refusal> => {
  const own = record['u'];
  if (own === undefined) return bases.bu === null ? unresolved('bu') : ok(bases.bu);
  return typeof own === 'string' ? ok(own) : fail({ code: 'wrong_shape', detail: `u: ${showValue(own)} is no text` });
};

interface RecordTime {
  /** Epoch ms; undefined for "now". */
  readonly ts: number | undefined;
  /** By the clock of who receives it. */
  readonly relative: boolean;
}

const readTime = (record: JsonObject, bases: Bases, received: EpochMs): Result<RecordTime, Refusal> => {
  const time = sumOf(record, 't', bases.bt);
  if (!time.ok) return time;
  const seconds = time.value ?? 0;
  const relative = seconds < ABSOLUTE_FROM_S;
  if (seconds === 0) return ok({ ts: undefined, relative });
  const ts = readInstant(seconds * 1000 + (relative ? received : 0));
  return ts.ok ? ok({ ts: ts.value, relative }) : ts;
};

/** Number of the record; undefined for text and data, or when it has only a sum. */
const readValue = (record: JsonObject, bases: Bases, hasSum: boolean): Result<number | undefined, Refusal> => {
  const found = VALUES.filter((label) => record[label] !== undefined);
  if (found.length > 1) return fail({ code: 'wrong_shape', detail: `one value a record, found ${found.join(', ')}` });
  if (record['vb'] !== undefined) {
    const flag = record['vb'];
    return typeof flag === 'boolean'
      ? ok(flag ? 1 : 0)
      : fail({ code: 'wrong_shape', detail: `vb: ${showValue(flag)} is no boolean` });
  }
  if (found[0] === 'vs' || found[0] === 'vd' || (found.length === 0 && hasSum)) return ok(undefined);
  const value = sumOf(record, 'v', bases.bv);
  if (value.ok && value.value === undefined) {
    return fail({ code: 'wrong_shape', detail: 'the record has neither a value nor a sum' });
  }
  return value;
};

const readRecord = (record: JsonObject, bases: Bases, message: DeviceMessage, report: ReportBuilder): void => {
  takeBases(record, bases);
  if (REGULAR.every((label) => record[label] === undefined)) return;
  const name = readName(record, bases);
  if (!name.ok) {
    report.refuse(name.error);
    return;
  }
  const refuse = (refusal: Refusal): void => {
    report.refuse({ ...refusal, detail: `${name.value.slice(0, 80)}: ${refusal.detail}` });
  };
  const time = readTime(record, bases, message.received);
  const unit = readUnit(record, bases);
  if (!time.ok) refuse(time.error);
  else if (!unit.ok) refuse(unit.error);
  if (!time.ok || !unit.ok || (time.value.relative && message.retained)) return;
  const sum = sumOf(record, 's', bases.bs);
  const value = readValue(record, bases, !sum.ok || sum.value !== undefined);
  if (!value.ok) refuse(value.error);
  else if (value.value !== undefined) {
    report.add({ channel: name.value, ts: time.value.ts, value: value.value, unit: unit.value, quality: 'good' });
  }
  if (!sum.ok) refuse(sum.error);
  else if (sum.value !== undefined) {
    const unitSeconds = unit.value === undefined ? undefined : `${unit.value}s`;
    report.add({
      channel: `${name.value}#sum`,
      ts: time.value.ts,
      value: sum.value,
      unit: unitSeconds,
      quality: 'good',
    });
  }
};

/** Why no record of a pack may be used (RFC 8428, 4.4). */
const findPackRefusal = (records: readonly unknown[]): Refusal | undefined => {
  for (const record of records) {
    if (!isJsonObject(record)) continue;
    const version = record['bver'];
    if (version !== undefined && (typeof version !== 'number' || !(version <= VERSION))) {
      return { code: 'unknown_version', detail: `bver: ${showValue(version)} is not read, up to ${VERSION} is` };
    }
    const mandatory = Object.keys(record).find((label) => label.endsWith('_'));
    if (mandatory !== undefined) {
      return { code: 'unknown_field', detail: `${showValue(mandatory)} must be understood, and is not` };
    }
  }
  return undefined;
};

const read = (message: DeviceMessage): DeviceReport =>
  readJsonReport(message.payload, (json, report) => {
    if (!Array.isArray(json)) {
      report.refuse({ code: 'wrong_shape', detail: `expected an array of records, found ${showValue(json)}` });
      return;
    }
    const refusal = findPackRefusal(json);
    if (refusal) {
      report.refuse(refusal);
      return;
    }
    const bases: Bases = { bn: undefined, bu: undefined, bt: undefined, bv: undefined, bs: undefined };
    for (const record of json) {
      if (isJsonObject(record)) readRecord(record, bases, message, report);
      else report.refuse({ code: 'wrong_shape', detail: `a record is an object, found ${showValue(record)}` });
    }
  });

/**
 * SenML in JSON (RFC 8428) on any topic. Channel: the resolved name; `<name>#sum` for the sum, in the unit times seconds. Units are passed on
 * as they are. Records of text and data are no measurements, nor are those of a retained message with a time relative to now.
 */
export const senml: Profile = { name: 'senml', createReader: () => ({ read }) };
