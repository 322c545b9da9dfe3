import type { Pack, Venue } from '#libs/games';
import type { EpochMs, SlotGrid } from '#libs/kernel';
import { tariffOf } from '../prepare/tariff.js';
import { valueAt } from '../problem.js';
import { type Balance, balanceDay } from './balance.js';
import { compareDay, type Counterfactual, type MeteredSite } from './counterfactual.js';
import { estimateIntervals } from './estimate-intervals.js';
import { type FeederShares, feederShares, type Standing } from './feeder-shares.js';
import { calendarOf, type CivilDay, civilDays, type Intervals, type MeterSeries, SLOT_HOURS } from './meter-series.js';
import { listGroups, meterKey, siteMeters, venueLoad } from './pack-meters.js';
import { settle, type Settlement } from './settle.js';

export interface ReconcileInputs {
  readonly pack: Pack;
  /** Quarter hours: the days asked for up to the last that is over, and some weeks before them as like days. */
  readonly grid: SlotGrid;
  /** Start of the first day asked for. */
  readonly from: EpochMs;
  /** Only this one, with the venues that hang on it themselves, while they do. Absent: all. */
  readonly feeder?: string;
  /** By meter, every one of `listMeters`; series cover the grid. */
  readonly meters: ReadonlyMap<string, MeterSeries>;
  /** Charge at each slot's end by its meter; undefined where it was not read. */
  readonly socRatio: ReadonlyMap<string, readonly (number | undefined)[]>;
  /** Where transfer switches stood in each slot, by the point that measures it; one that is missing was never read. */
  readonly standing: ReadonlyMap<string, readonly Standing[]>;
}

/** What a site's meter showed while nobody knew where its switches stood: it is counted where they stand as a rule. */
export interface ByDefault {
  readonly day: string;
  readonly site: string;
  readonly quarter_hours: number;
  /** Imports and exports, whatever their sign. */
  readonly kwh: number;
}

export interface Reconciliation {
  /** By day, feeders before sites. */
  readonly balances: readonly Balance[];
  /** Over all days. */
  readonly settlement: Settlement;
  /** By day: each feeder with a site, then all of them where there are several. */
  readonly counterfactual: readonly Counterfactual[];
  /** By day, of sites with a switch that was not always read. */
  readonly by_default: readonly ByDefault[];
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
export const reconcile = (inputs: ReconcileInputs): Reconciliation => {
  const { pack, grid, from, feeder, meters } = inputs;
  const zone = pack.games.time_zone;
  const calendar = calendarOf(grid, zone);
  const intervals = new Map([...meters].map(([meter, series]) => [meter, estimateIntervals(series, calendar)]));
  const days = civilDays(grid, zone, from);
  const [first, last] = [days[0]?.from_slot ?? 0, days.at(-1)?.until_slot ?? 0];
  const all = pack.venues.map((venue) => meteredSite(inputs, venue, intervals));
  const isOn = (site: MeteredSite, of: string): boolean =>
    site.shares.of
      .get(of)
      ?.slice(first, last)
      .some((share) => share > 0) === true;
  const sites = all.filter((site) => feeder === undefined || isOn(site, feeder));
  const feeders = pack.feeders
    .map(({ id }) => id)
    .filter((id) => (feeder === undefined || id === feeder) && sites.some((site) => isOn(site, id)));
  const shares = new Map(all.map((site) => [site.site, site.shares]));
  const groups = listGroups(pack, shares).filter(({ level, id }) =>
    level === 'feeder' ? feeder === undefined || id === feeder : sites.some(({ site }) => site === id),
  );
  const tariff = tariffOf(pack, grid);
  return {
    balances: days.flatMap((day) =>
      groups.map((group) => {
        const of = group.level === 'site' ? mostlyOn(shares.get(group.id), day) : undefined;
        return balanceDay(of === undefined ? group : { ...group, feeder: of }, intervals, grid, day);
      }),
    ),
    settlement: settle(
      sites.map(({ venue, shares: { of } }) => {
        const share = feeder === undefined ? undefined : of.get(feeder);
        return { ...venueLoad(pack, venue), ...(share && { share }) };
      }),
      intervals,
      Array.from({ length: grid.count }, (_, slot) => valueAt(tariff.import_price_per_kwh, slot)),
      { from: first, until: last },
    ),
    counterfactual: days.flatMap((day) =>
      [...feeders, ...(feeders.length > 1 ? [null] : [])].map((of) =>
        compareDay(sites, of, tariff, pack.energy.carbon_price_per_kg, day),
      ),
    ),
    by_default: days.flatMap((day) => sites.flatMap((site) => countDefault(site, day))),
  };
};

/** The feeder that carried most of a site on a day. */
const mostlyOn = (shares: FeederShares | undefined, { from_slot, until_slot }: CivilDay): string | undefined => {
  const sumOf = (series: readonly number[]): number =>
    series.slice(from_slot, until_slot).reduce((sum, share) => sum + share, 0);
  return [...(shares?.of ?? [])].toSorted(([, a], [, b]) => sumOf(b) - sumOf(a))[0]?.[0];
};

const countDefault = (
  { site, grid, shares: { byDefault } }: Site,
  { day, from_slot, until_slot }: CivilDay,
): readonly ByDefault[] => {
  const slots = [...byDefault.keys()].filter((slot) => byDefault[slot] && slot >= from_slot && slot < until_slot);
  const kwh = slots.reduce((sum, slot) => sum + Math.abs(grid[slot]?.kw ?? 0) * SLOT_HOURS, 0);
  return slots.length === 0 ? [] : [{ day, site, quarter_hours: slots.length, kwh }];
};

interface Site extends MeteredSite {
  readonly venue: Venue;
  readonly shares: FeederShares;
}

const meteredSite = (
  { pack, grid: { count }, socRatio, standing }: ReconcileInputs,
  venue: Venue,
  intervals: ReadonlyMap<string, Intervals>,
): Site => {
  const { grid, battery, soc } = siteMeters(pack, venue);
  return {
    venue,
    site: venue.id,
    shares: feederShares(venue, (point) => standing.get(meterKey(venue.id, point)), count),
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
