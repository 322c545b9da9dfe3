import { UNKNOWN } from '../format/quantity.js';

const usual = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
const percent = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const extreme = new Intl.NumberFormat('en', { notation: 'scientific', maximumFractionDigits: 3 });

/** A value as it was measured, with its unit, a ratio as per cent; three decimals are enough to see that it moves. */
export const formatValue = (value: number | null, unit: string): string => {
  if (value === null) return UNKNOWN;
  if (unit === 'ratio') return `${percent.format(100 * value).replace('-', '\u2212')} %`;
  const size = Math.abs(value);
  const format = size !== 0 && (size < 0.001 || size >= 1e9) ? extreme : usual;
  return `${format.format(value).replace('-', '\u2212')} ${unit}`;
};
