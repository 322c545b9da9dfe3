/** No device of these formats is older; a clock that shows less counts from its start, because nobody has set it. */
const FIRST_MS = Date.UTC(2000, 0, 1);
/** The last instant that a Date can hold. */
const LAST_MS = 8_640_000_000_000_000;

/** Epoch ms by a clock that has been set, or undefined: absent, not a number, before 2000, past the end of time. */
export const findInstant = (ms: unknown): number | undefined =>
  typeof ms === 'number' && ms >= FIRST_MS && ms <= LAST_MS ? Math.round(ms) : undefined;

/** An ISO 8601 date and time of day. */
export interface IsoTime {
  /** As if it were UTC, epoch ms. */
  readonly civil: number;
  /** By which it is ahead of UTC; undefined where the text does not say. */
  readonly offsetMs: number | undefined;
}

const ISO =
  /^(\d{4})[-.](\d\d)[-.](\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:(Z)|([+-])(\d\d):?(\d\d))?$/i;

/** Dots between the parts of a date are read too: early Tasmota writes them. Undefined for any other text and for no day of the calendar. */
export const findIsoTime = (text: unknown): IsoTime | undefined => {
  const match = typeof text === 'string' ? ISO.exec(text) : null;
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '', zulu, sign, hours, minutes] = match;
  const whole = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const back = new Date(whole);
  const exists =
    back.getUTCMonth() === Number(month) - 1 &&
    back.getUTCDate() === Number(day) &&
    back.getUTCHours() === Number(hour);
  if (!exists || Number(minute) > 59 || Number(second) > 59) return undefined;
  const civil = whole + Math.round(Number(`0.${fraction}0`) * 1000);
  if (zulu !== undefined) return { civil, offsetMs: 0 };
  if (sign === undefined) return { civil, offsetMs: undefined };
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { civil, offsetMs: sign === '-' ? -ahead : ahead };
};
