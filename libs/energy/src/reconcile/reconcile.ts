import type { Pack } from '#libs/games';
import type { EpochMs, SlotGrid } from '#libs/kernel';
import { tariffOf } from '../prepare/tariff.js';
import { valueAt } from '../problem.js';
import { type Balance, balanceDay } from './balance.js';
import { compareDay, type Counterfactual, type MeteredSite } from './counterfactual.js';
import { estimateIntervals } from './estimate-intervals.js';
import { calendarOf, civilDays, type Intervals, type MeterSeries } from './meter-series.js';
import { listGroups, siteMeters, venueLoad } from './pack-meters.js';
import { settle, type Settlement } from './settle.js';

export interface ReconcileInputs {
  readonly pack: Pack;
  /** Quarter hours: the days asked for up to the last that is over, and some weeks before them as like days. */
  readonly grid: SlotGrid;
  /** Start of the first day asked for. */
  readonly from: EpochMs;
  /** Only this one, with the venues that hang on it themselves. Absent: all. */
  readonly feeder?: string;
  /** By meter, every one of `listMeters`; series cover the grid. */
  readonly meters: ReadonlyMap<string, MeterSeries>;
  /** Charge at each slot's end by its meter; undefined where it was not read. */
  readonly socRatio: ReadonlyMap<string, readonly (number | undefined)[]>;
}

export interface Reconciliation {
  /** By day, feeders before sites. */
  readonly balances: readonly Balance[];
  /** Over all days. */
  readonly settlement: Settlement;
  /** By day: each feeder with a site, then all of them where there are several. */
  readonly counterfactual: readonly Counterfactual[];
}

/** Meters whose power is needed, each once. */
export const listMeters = (pack: Pack): readonly string[] => [
  ...new Set([
    ...listGroups(pack).flatMap(({ main, parts }) => [main, ...parts.map(({ meter }) => meter)]),
    ...pack.venues.flatMap((venue) =>
      venueLoad(pack, venue).customers.flatMap(({ of }) => (typeof of === 'object' && 'meter' in of ? [of.meter] : [])),
    ),
  ]),
];

/** Main meters against sub-meters, consumption by customer, and what the plan was worth, from what was measured. */
export const reconcile = ({ pack, grid, from, feeder, meters, socRatio }: ReconcileInputs): Reconciliation => {
  const zone = pack.games.time_zone;
  const calendar = calendarOf(grid, zone);
  const intervals = new Map([...meters].map(([meter, series]) => [meter, estimateIntervals(series, calendar)]));
  const isAsked = (of: string): boolean => feeder === undefined || of === feeder;
  const days = civilDays(grid, zone, from);
  const tariff = tariffOf(pack, grid);
  const venues = pack.venues.filter((venue) => isAsked(venue.grid.feeder));
  const sites = venues.map((venue) => meteredSite(pack, venue, intervals, socRatio));
  const feeders = pack.feeders.map(({ id }) => id).filter((id) => sites.some((site) => site.feeder === id));
  const groups = listGroups(pack).filter((group) => isAsked(group.feeder));
  return {
    balances: days.flatMap((day) => groups.map((group) => balanceDay(group, intervals, grid, day))),
    settlement: settle(
      venues.map((venue) => venueLoad(pack, venue)),
      intervals,
      Array.from({ length: grid.count }, (_, slot) => valueAt(tariff.import_price_per_kwh, slot)),
      { from: days[0]?.from_slot ?? 0, until: days.at(-1)?.until_slot ?? 0 },
    ),
    counterfactual: days.flatMap((day) =>
      [...feeders, ...(feeders.length > 1 ? [null] : [])].map((of) =>
        compareDay(sites, of, tariff, pack.energy.carbon_price_per_kg, day),
      ),
    ),
  };
};

const meteredSite = (
  pack: Pack,
  venue: Pack['venues'][number],
  intervals: ReadonlyMap<string, Intervals>,
  socRatio: ReconcileInputs['socRatio'],
): MeteredSite => {
  const { grid, battery, soc } = siteMeters(pack, venue);
  return {
    site: venue.id,
    feeder: venue.grid.feeder,
    grid: intervals.get(grid) ?? [],
    ...(battery &&
      venue.battery && {
        battery: {
          power: intervals.get(battery) ?? [],
          soc_ratio: socRatio.get(soc ?? '') ?? [],
          capacity_kwh: venue.battery.capacity_kwh,
          wear_cost_per_kwh: venue.battery.wear_cost_per_kwh,
        },
      }),
  };
};
