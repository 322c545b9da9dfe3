import type { PeakCharge } from '#libs/energy';

import type { Prices } from './plan-district.js';
import { WINDOW_HOURS } from './score.js';

/** The mean is taken to be at least this part of the peak: a district that exports as much as it imports has no load factor. */
const LEAST_MEAN = 0.05;
/** Before a window is over: the peak with batteries, of that without. */
const FIRST_PEAK = 0.7;

/** What an hour brought: without batteries by house, and with them at the meter that all share. */
export interface HeardHour {
  readonly netKw: readonly number[];
  readonly meterKw: number;
  readonly pricePerKwh: number;
  readonly carbonKgPerKwh: number;
}

const ratio = (of: number, by: number): number => (by > 0 ? of / by : 0);

/**
 * What the score's terms are worth against each other. Each counts relative to its value without batteries; that of the year is not known while it lasts, so the hours heard until now stand for it.
 */
export class Weights {
  #price = 0;
  #emission = 0;
  #ramping = 0;
  /** Without batteries, of the last window's length. */
  readonly #recent: number[] = [];
  #hours = 0;
  #meterKw = 0;
  #peakKw = 0;
  #lastPeakKw = 0;

  hear({ netKw, meterKw, pricePerKwh, carbonKgPerKwh }: HeardHour): void {
    const total = netKw.reduce((sum, kw) => sum + kw, 0);
    this.#price += Math.max(0, total * pricePerKwh);
    for (const kw of netKw) this.#emission += Math.max(0, kw * carbonKgPerKwh);
    this.#ramping += Math.abs(total - (this.#recent.at(-1) ?? total));
    this.#recent.push(total);
    if (this.#recent.length > WINDOW_HOURS) this.#recent.shift();
    if (this.#hours > 0 && this.#hours % WINDOW_HOURS === 0) {
      this.#lastPeakKw = this.#peakKw;
      this.#peakKw = 0;
    }
    this.#hours += 1;
    this.#meterKw = meterKw;
    this.#peakKw = Math.max(this.#peakKw, meterKw);
  }

  /** For a plan of so many hours from the next on. Half of the grid's term is ramping, half is unevenness, 1 - mean / peak. */
  prices(hours: number): Prices {
    const highest = Math.max(0, ...this.#recent);
    const mean = Math.max(
      LEAST_MEAN * highest,
      ratio(
        this.#recent.reduce((sum, kw) => sum + kw, 0),
        this.#recent.length,
      ),
    );
    const left = WINDOW_HOURS - (this.#hours % WINDOW_HOURS);
    const begins = left === WINDOW_HOURS;
    const [soFar, last] = begins ? [0, this.#peakKw] : [this.#peakKw, this.#lastPeakKw];
    // A peak below that of the last window is not expected, and so worth nothing.
    const peak = Math.max(soFar, last || FIRST_PEAK * highest);
    const priceOfWindow = ratio(this.#price, this.#hours) * WINDOW_HOURS;
    const perUnevenness = ratio(priceOfWindow, 2 * (1 - ratio(mean, highest)));
    const price_per_kw = perUnevenness * ratio(mean, peak ** 2);
    const window = (from_slot: number, until_slot: number, so_far_kw: number): readonly PeakCharge[] =>
      from_slot < until_slot ? [{ from_slot, until_slot, price_per_kw, so_far_kw }] : [];
    return {
      carbonPerKg: ratio(this.#price, this.#emission),
      rampPerKw: ratio(this.#price, this.#ramping) / 2,
      meanPerKwh: ratio(perUnevenness, WINDOW_HOURS * peak),
      peaks: [...window(0, Math.min(left, hours), peak), ...window(left, hours, Math.max(soFar, last))],
      beforeKw: this.#meterKw,
    };
  }
}
