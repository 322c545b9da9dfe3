import type { Figure } from './wire.js';

/** `1,234`, `12.35`, `−0.5`. */
export const numberText = (value: number): string =>
  value
    .toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 })
    .replace(/^-0$/, '0')
    .replace('-', '\u2212');

/** `12.3`, or `12.3 ± 0.4` where it is known what the mean may be off by. */
export const figureText = ({ mean, half_width: half }: Figure): string =>
  half === null ? numberText(mean) : `${numberText(mean)} ± ${numberText(half)}`;

/** Whether an interval leaves out nought: the difference is not chance. */
export const isSure = ({ mean, half_width: half }: Figure): boolean => half !== null && Math.abs(mean) > half;
