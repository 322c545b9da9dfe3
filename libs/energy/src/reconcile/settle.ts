import { type Intervals, isEstimated, SLOT_HOURS } from './meter-series.js';

/** What a customer takes at a venue: by a meter of its own, as a share of the venue's load, or what the others leave of it. */
export interface CustomerLoad {
  readonly customer: string;
  readonly of: { readonly meter: string } | { readonly share: number } | 'rest';
}

/** A venue's metered load and whose it is; exactly one customer has the rest. */
export interface VenueLoad {
  readonly load: string;
  readonly customers: readonly CustomerLoad[];
  /** The part of it that is asked for, in each slot. Absent: always all of it. */
  readonly share?: readonly number[];
}

/** Energy at prices of `[from_price, to_price]`. */
export interface BandUse {
  readonly from_price: number;
  readonly to_price: number;
  readonly kwh: number;
  readonly cost: number;
}

export interface CustomerUse {
  readonly customer: string;
  readonly kwh: number;
  /** Of them, in quarter hours that rest on an estimate. */
  readonly estimated_kwh: number;
  /** Quarter hours of its loads that nothing is known of. */
  readonly missing: number;
  /** By ascending price. */
  readonly bands: readonly BandUse[];
  readonly cost: number;
}

export interface Settlement {
  /** By name. */
  readonly customers: readonly CustomerUse[];
  /** Metered load of quarter hours in which a sub-meter is missing: it belongs to somebody, and it is not known to whom. */
  readonly unassigned_kwh: number;
}

/** Prices that are told apart one by one. */
const MOST_BANDS = 6;
/** Else: cheap, middling and dear hours, a third of the time each. */
const THIRDS = 3;

/** Upper ends of the tariff's bands, ascending: each price its own band where there are few, else three with a third of the slots each. */
export const bandLimits = (prices: readonly number[]): readonly number[] => {
  const sorted = [...prices].sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  if (distinct.length <= MOST_BANDS) return distinct;
  const ends = Array.from(
    { length: THIRDS },
    (_, at) => sorted[Math.ceil(((at + 1) * sorted.length) / THIRDS) - 1] ?? 0,
  );
  return [...new Set(ends)];
};

interface Account {
  kwh: number;
  estimated: number;
  missing: number;
  cost: number;
  readonly bands: Map<number, { lowest: number; highest: number; kwh: number; cost: number }>;
}

/**
 * Consumption by customer over the slots `[from, until)`, each kWh at the import price of its time, wherever it came from: sun and batteries
 * are the operator's gain. `prices` has one value for every slot of the intervals.
 */
export const settle = (
  venues: readonly VenueLoad[],
  intervals: ReadonlyMap<string, Intervals>,
  prices: readonly number[],
  { from, until }: { readonly from: number; readonly until: number },
): Settlement => {
  const limits = bandLimits(prices.slice(from, until));
  const accounts = new Map<string, Account>();
  for (const { customer } of venues.flatMap((venue) => venue.customers))
    if (!accounts.has(customer))
      accounts.set(customer, { kwh: 0, estimated: 0, missing: 0, cost: 0, bands: new Map() });
  let unassigned = 0;
  for (const { load, customers, share } of venues) {
    for (let slot = from; slot < until; slot++) {
      const hours = SLOT_HOURS * (share?.[slot] ?? 1);
      if (hours === 0) continue;
      const whole = intervals.get(load)?.[slot];
      const uses = whole && shareOut(whole.kw, customers, intervals, slot);
      if (whole && !uses) unassigned += whole.kw * hours;
      for (const [at, { customer, of }] of customers.entries()) {
        const account = accounts.get(customer);
        if (!account) continue;
        if (!uses) account.missing += 1;
        else {
          const rests = [load, ...metersOf(of === 'rest' ? customers : [{ customer, of }])];
          book(account, (uses[at] ?? 0) * hours, prices[slot] ?? 0, limits, rests.some(isGuess(intervals, slot)));
        }
      }
    }
  }
  return {
    customers: [...accounts]
      .map(([customer, { kwh, estimated, missing, cost, bands }]) => ({
        customer,
        kwh,
        estimated_kwh: estimated,
        missing,
        bands: [...bands]
          .sort(([a], [b]) => a - b)
          .map(([, band]) => ({ from_price: band.lowest, to_price: band.highest, kwh: band.kwh, cost: band.cost })),
        cost,
      }))
      .sort((a, b) => a.customer.localeCompare(b.customer)),
    unassigned_kwh: unassigned,
  };
};

const metersOf = (customers: readonly CustomerLoad[]): readonly string[] =>
  customers.flatMap(({ of }) => (typeof of === 'object' && 'meter' in of ? [of.meter] : []));

const isGuess =
  (intervals: ReadonlyMap<string, Intervals>, slot: number) =>
  (meter: string): boolean => {
    const interval = intervals.get(meter)?.[slot];
    return interval !== undefined && isEstimated(interval);
  };

/** Power of each customer; undefined where one of their meters is missing. They sum to the whole. */
const shareOut = (
  whole: number,
  customers: readonly CustomerLoad[],
  intervals: ReadonlyMap<string, Intervals>,
  slot: number,
): readonly number[] | undefined => {
  if (metersOf(customers).some((meter) => intervals.get(meter)?.[slot] === undefined)) return undefined;
  const own = customers.map(({ of }) => {
    if (of === 'rest') return 0;
    return 'share' in of ? whole * of.share : (intervals.get(of.meter)?.[slot]?.kw ?? 0);
  });
  const rest = whole - own.reduce((sum, kw) => sum + kw, 0);
  return customers.map(({ of }, at) => (of === 'rest' ? rest : (own[at] ?? 0)));
};

const book = (account: Account, kwh: number, price: number, limits: readonly number[], isEstimate: boolean): void => {
  account.kwh += kwh;
  account.cost += kwh * price;
  if (isEstimate) account.estimated += kwh;
  const limit = limits.find((end) => price <= end) ?? price;
  const band = account.bands.get(limit) ?? { lowest: price, highest: price, kwh: 0, cost: 0 };
  account.bands.set(limit, {
    lowest: Math.min(band.lowest, price),
    highest: Math.max(band.highest, price),
    kwh: band.kwh + kwh,
    cost: band.cost + kwh * price,
  });
};
