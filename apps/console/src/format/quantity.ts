const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const tenth = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** What stands where a value is not known. */
export const UNKNOWN = '–';

/** A true minus sign, and no "-0". */
const signed = (text: string): string => (/^-0([.]0)?$/.test(text) ? text.slice(1) : text.replace('-', '\u2212'));

export type Maybe = number | null | undefined;

const known = (value: Maybe): value is number => value !== null && value !== undefined && Number.isFinite(value);

export const formatCount = (value: Maybe): string => (known(value) ? signed(whole.format(value)) : UNKNOWN);

/** kW without the unit: one decimal below 100. */
export const formatPower = (kw: Maybe): string =>
  known(kw) ? signed(Math.abs(kw) < 99.95 ? tenth.format(kw) : whole.format(kw)) : UNKNOWN;

/** A ratio as per cent. */
export const formatShare = (ratio: Maybe): string =>
  known(ratio) ? `${signed(whole.format(ratio * 100))} %` : UNKNOWN;

/** A small ratio as per cent with two digits, such as a solver's gap. */
export const formatGap = (ratio: Maybe): string =>
  known(ratio) ? `${signed((ratio * 100).toFixed(Math.abs(ratio) < 0.1 ? 2 : 0))} %` : UNKNOWN;

/** `42 s`, `3 min 05 s`, `2 h 10 min`. */
export const formatDuration = (seconds: Maybe): string => {
  if (!known(seconds)) return UNKNOWN;
  const rounded = Math.max(0, Math.floor(seconds));
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return `${minutes} min ${String(rounded % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
};

/** Money in whole units, with its ISO code. */
export const formatMoney = (amount: Maybe, currency: string): string =>
  known(amount) ? `${signed(whole.format(amount))} ${currency}` : UNKNOWN;

/** A price to the hundredth, with its ISO code. */
export const formatPrice = (amount: Maybe, currency: string): string =>
  known(amount) ? `${signed(cents.format(amount))} ${currency}` : UNKNOWN;
