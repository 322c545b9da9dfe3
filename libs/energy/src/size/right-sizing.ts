import type { SiteSize } from './season.js';

/** What a site has, needs and should have. */
export interface RightSizing extends SiteSize {
  /** Of its connections, as agreed now. */
  readonly rated_kw: number;
  readonly peak_kw: number;
  /** Mean over peak. */
  readonly load_factor: number;
  /** Rated over peak. */
  readonly oversize_ratio: number;
  /** A second supply of so much: what life safety and broadcast need at their peak; 0 where a site has neither. */
  readonly n_plus_one_kw: number;
}

/** `load` and `critical`: kW on record, all and of life safety and broadcast. */
export const rightSizing = (
  size: SiteSize,
  rated: number,
  load: readonly number[],
  critical: readonly number[],
): RightSizing => {
  const peak = Math.max(0, ...load);
  const mean = load.reduce((sum, kw) => sum + kw, 0) / Math.max(1, load.length);
  return {
    ...size,
    rated_kw: rated,
    peak_kw: peak,
    load_factor: peak === 0 ? 0 : mean / peak,
    oversize_ratio: peak === 0 ? Infinity : rated / peak,
    n_plus_one_kw: Math.max(0, ...critical),
  };
};
