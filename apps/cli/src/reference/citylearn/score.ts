import type { District } from './read-district.js';

/** Hours over which a load factor is taken. */
export const WINDOW_HOURS = 730;

/** What the houses' flows come to, each in its own unit. */
export interface Terms {
  readonly price: number;
  readonly emission: number;
  /** Sum of changes from hour to hour, kW. */
  readonly ramping: number;
  /** Mean over windows of 1 - mean / peak. */
  readonly unevenness: number;
}

/** Relative to the same without batteries. `grid`: the mean of ramping and unevenness. */
export interface Score {
  readonly price: number;
  readonly emission: number;
  readonly grid: number;
  readonly mean: number;
}

/** `netKw`: by house, by hour. */
export const termsOf = ({ pricePerKwh, carbonKgPerKwh }: District, netKw: readonly (readonly number[])[]): Terms => {
  const hours = netKw[0]?.length ?? 0;
  const total = Array.from({ length: hours }, (_, hour) => netKw.reduce((sum, net) => sum + (net[hour] ?? 0), 0));
  let [price, emission, ramping] = [0, 0, 0];
  for (const [hour, kw] of total.entries()) {
    price += Math.max(0, kw * (pricePerKwh[hour] ?? 0));
    for (const net of netKw) emission += Math.max(0, (net[hour] ?? 0) * (carbonKgPerKwh[hour] ?? 0));
    if (hour > 0) ramping += Math.abs(kw - (total[hour - 1] ?? 0));
  }
  const windows: number[] = [];
  for (let from = 0; from < hours; from += WINDOW_HOURS) {
    const own = total.slice(from, from + WINDOW_HOURS);
    windows.push(1 - own.reduce((sum, kw) => sum + kw, 0) / own.length / Math.max(...own));
  }
  const unevenness = windows.reduce((sum, one) => sum + one, 0) / windows.length;
  return { price, emission, ramping, unevenness };
};

export const scoreOf = (terms: Terms, without: Terms): Score => {
  const price = terms.price / without.price;
  const emission = terms.emission / without.emission;
  const grid = (terms.ramping / without.ramping + terms.unevenness / without.unevenness) / 2;
  return { price, emission, grid, mean: (price + emission + grid) / 3 };
};
