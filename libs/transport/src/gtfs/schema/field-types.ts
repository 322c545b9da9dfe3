import type { FieldType, FieldValue, Unreadable } from './field.js';

const same = (text: string): string => text;

const textOf = (kind: 'id' | 'text' | 'name'): FieldType<string> => ({ kind, read: same, write: same, carry: same });

export const id = textOf('id');
export const text = textOf('text');
/** Text that people read; better not in capitals only. */
export const name = textOf('name');

const value = <T extends FieldValue>(read: (text: string) => T | Unreadable, write: (value: T) => string) => ({
  kind: 'value' as const,
  read,
  write,
  carry: () => undefined,
});

/** Text for people that has a form of its own. */
const formed = (rule: Unreadable['rule'], should: string, isFormed: (text: string) => boolean): FieldType<string> => {
  const unreadable = { rule, should };
  return { kind: 'value', read: (found) => (isFormed(found) ? found : unreadable), write: same, carry: same };
};

export const url = formed('invalid_url', 'a full address such as https://example.com/timetable', (found) => {
  if (/\s/.test(found) || !/^https?:\/\//i.test(found)) return false;
  return URL.canParse(found);
});
export const email = formed('invalid_email', 'an address such as info@example.com', (found) =>
  /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(found),
);
export const phone = formed('invalid_phone_number', 'a telephone number', (found) => /\d[\d\s().-]*\d/.test(found));
export const language = formed('invalid_language_code', 'a BCP 47 code such as it or de-IT', (found) => {
  try {
    return Intl.getCanonicalLocales(found).length === 1;
  } catch {
    return false;
  }
});
export const color = formed('invalid_color', 'six hexadecimal digits such as 00573C', (found) =>
  /^[0-9a-f]{6}$/i.test(found),
);
const currencies = new Set(Intl.supportedValuesOf('currency'));
export const currency = formed('invalid_currency', 'an ISO 4217 code such as EUR', (found) => currencies.has(found));

const knownZones = new Map<string, boolean>();
const isTimeZone = (found: string): boolean => {
  const known = knownZones.get(found);
  if (known !== undefined) return known;
  let valid = true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: found });
  } catch {
    valid = false;
  }
  if (knownZones.size < 1000) knownZones.set(found, valid);
  return valid;
};
const unreadableZone: Unreadable = { rule: 'invalid_timezone', should: 'an IANA time zone such as Europe/Rome' };
export const zone = value((found) => (isTimeZone(found) ? found : unreadableZone), same);

const unreadableTime: Unreadable = { rule: 'invalid_time', should: 'a time such as 07:30:00 or 25:10:00' };
const two = (part: number): string => String(part).padStart(2, '0');

/** `H:MM:SS` of the service day as seconds; hours go past 24. */
export const time = value(
  (found): number | Unreadable => {
    const match = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(found);
    return match ? Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]) : unreadableTime;
  },
  (seconds) => {
    const whole = Math.round(seconds);
    return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  },
);

const unreadableDate: Unreadable = { rule: 'invalid_date', should: 'a date such as 20260214' };

/** `YYYYMMDD` as civil midnight, ms. */
export const date = value(
  (found): number | Unreadable => {
    if (!/^\d{8}$/.test(found)) return unreadableDate;
    const day = Date.UTC(Number(found.slice(0, 4)), Number(found.slice(4, 6)) - 1, Number(found.slice(6)));
    return formatDay(day) === found ? day : unreadableDate;
  },
  (day) => formatDay(day),
);
const formatDay = (day: number): string => new Date(day).toISOString().slice(0, 10).replaceAll('-', '');

const unreadableInteger: Unreadable = { rule: 'invalid_integer', should: 'a whole number' };
const readInteger = (found: string): number | Unreadable =>
  /^[+-]?\d{1,10}$/.test(found) && Math.abs(Number(found)) <= 2_147_483_647 ? Number(found) : unreadableInteger;

const unreadableFloat: Unreadable = { rule: 'invalid_float', should: 'a number such as 46.53' };
const readFloat = (found: string): number | Unreadable =>
  /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(found) && Number.isFinite(Number(found))
    ? Number(found)
    : unreadableFloat;

const within = (
  read: (text: string) => number | Unreadable,
  should: string,
  isWithin: (found: number) => boolean,
): FieldType<number> => {
  const outside: Unreadable = { rule: 'number_out_of_range', should };
  return value((found) => {
    const parsed = read(found);
    return typeof parsed === 'object' || isWithin(parsed) ? parsed : outside;
  }, String);
};

const notNegative = (found: number): boolean => found >= 0;
const positive = (found: number): boolean => found > 0;

export const float: FieldType<number> = value(readFloat, String);
export const notNegativeFloat = within(readFloat, 'a number not below 0', notNegative);
export const positiveFloat = within(readFloat, 'a number above 0', positive);
export const notNegativeInteger = within(readInteger, 'a whole number not below 0', notNegative);
export const positiveInteger = within(readInteger, 'a whole number above 0', positive);
export const nonZeroInteger = within(readInteger, 'a whole number other than 0', (found) => found !== 0);
export const latitude = within(readFloat, 'degrees within -90 and 90', (found) => Math.abs(found) <= 90);
export const longitude = within(readFloat, 'degrees within -180 and 180', (found) => Math.abs(found) <= 180);

/** One of a few numbers. `carried`: another number means nothing to dispatch, and goes through as it is. */
const oneOf = (values: readonly number[], carried: boolean): FieldType<number> => {
  const known = new Set(values);
  const unexpected: Unreadable = { rule: 'unexpected_enum_value', should: `one of ${values.join(', ')}` };
  const read = (found: string): number | Unreadable => {
    const parsed = readInteger(found);
    return typeof parsed === 'object' || known.has(parsed) ? parsed : unexpected;
  };
  const carry = (found: string): number | undefined => {
    const parsed = carried ? readInteger(found) : unexpected;
    return typeof parsed === 'object' ? undefined : parsed;
  };
  return { kind: 'value', read, write: String, carry };
};

export const choice = (...values: readonly number[]): FieldType<number> => oneOf(values, true);
export const strictChoice = (...values: readonly number[]): FieldType<number> => oneOf(values, false);

const bits = oneOf([0, 1], false);
export const flag: FieldType<boolean> = value(
  (found) => {
    const parsed = bits.read(found);
    return typeof parsed === 'object' ? parsed : parsed === 1;
  },
  (set) => (set ? '1' : '0'),
);
