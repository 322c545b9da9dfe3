import { ENERGY_SLOT_MS } from '#libs/energy';
import { feederPath, listConnections, type Pack } from '#libs/games';
import { epochMs, type EpochMs, floorTo, fromCivil, HOUR_MS, toCivil } from '#libs/kernel';
import type { ReadingStore } from '#libs/store';
import type { PackPoints } from '../points.js';
import { connectionShares } from './feeder-share.js';

/** Readings that come later than this are not seen again. */
const LATE_MS = 2 * HOUR_MS;

/** Highest quarter hour of import in the running calendar month of every feeder and connection with a peak charge. Only what is new is read each time. */
export class MonthPeaks {
  private month = epochMs(0);
  private upTo = epochMs(0);
  private peaks = new Map<string, number>();
  private readonly meters: readonly { readonly point: number; readonly shares: ReadonlyMap<string, number> }[];

  constructor(
    private readonly pack: Pick<Pack, 'games' | 'feeders' | 'venues'>,
    points: PackPoints,
    private readonly readings: Pick<ReadingStore, 'series'>,
  ) {
    const charged = chargedOf(pack);
    this.meters = pack.venues.flatMap((venue) => {
      const shares = new Map<string, number>();
      for (const { id, feeder, share } of connectionShares(venue)) {
        for (const key of [id, ...feederPath(pack.feeders, feeder)])
          if (charged.has(key)) shares.set(key, (shares.get(key) ?? 0) + share);
      }
      const point = points.findKind(venue.id, 'grid_power')?.id;
      return point === undefined || shares.size === 0 ? [] : [{ point, shares }];
    });
  }

  async load(now: EpochMs): Promise<ReadonlyMap<string, number>> {
    const { time_zone } = this.pack.games;
    const civil = new Date(toCivil(time_zone, now));
    const month = fromCivil(time_zone, Date.UTC(civil.getUTCFullYear(), civil.getUTCMonth()));
    if (month !== this.month) {
      this.month = month;
      this.upTo = month;
      this.peaks = new Map();
    }
    const to = floorTo(now, ENERGY_SLOT_MS);
    const from = epochMs(Math.max(month, this.upTo - LATE_MS));
    const flows = new Map<string, Map<number, number>>();
    for (const { point, shares } of this.meters) {
      for (const { ts, sum, count } of await this.readings.series(point, from, to, ENERGY_SLOT_MS)) {
        for (const [key, share] of shares) {
          const flow = flows.get(key) ?? new Map<number, number>();
          flows.set(key, flow.set(ts, (flow.get(ts) ?? 0) + (count === 0 ? 0 : (share * sum) / count)));
        }
      }
    }
    for (const [key, flow] of flows) this.peaks.set(key, Math.max(this.peaks.get(key) ?? 0, ...flow.values()));
    this.upTo = to;
    return this.peaks;
  }
}

const chargedOf = ({ feeders, venues }: Pick<Pack, 'feeders' | 'venues'>): ReadonlySet<string> =>
  new Set(
    [...feeders, ...venues.flatMap(listConnections)]
      .filter(({ peak_price_per_kw_month: price }) => price !== undefined)
      .map(({ id }) => id),
  );
