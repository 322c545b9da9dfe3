import { ENERGY_SLOT_MS, type ReachedPeak } from '#libs/energy';
import {
  closedConnections,
  feederPath,
  listConnections,
  type Pack,
  type PositionOf,
  sharesOf,
  type Venue,
} from '#libs/games';
import { DAY_MS, epochMs, type EpochMs, floorTo, fromCivil, HOUR_MS, toCivil } from '#libs/kernel';
import type { ReadingStore } from '#libs/store';
import type { PackPoints } from '../points.js';

/** A whole month at least. */
const MEMORY_MS = 31 * DAY_MS;
/** Readings that come later than this are not seen again. */
const LATE_MS = 2 * HOUR_MS;

/** Highest quarter hours of import of every feeder and connection with a peak charge. Only what is new is read each time. */
export class MonthPeaks {
  private upTo = epochMs(0);
  /** Mean power of each quarter hour of the memory, kW, by feeder or connection. */
  private readonly flows = new Map<string, Map<number, number>>();
  /** Main meters of venues, and the points of their switches by name. */
  private readonly meters: readonly {
    readonly venue: Venue;
    readonly point: number;
    readonly switches: readonly (readonly [name: string, point: number])[];
  }[];
  private readonly charged: ReadonlySet<string>;

  constructor(
    private readonly pack: Pick<Pack, 'games' | 'feeders' | 'venues'>,
    points: PackPoints,
    private readonly readings: Pick<ReadingStore, 'series'>,
  ) {
    this.charged = chargedOf(pack);
    this.meters = pack.venues.flatMap((venue) => {
      const isCharged = listConnections(venue).some(({ id, feeder }) =>
        [id, ...feederPath(pack.feeders, feeder)].some((key) => this.charged.has(key)),
      );
      const point = points.findKind(venue.id, 'grid_power')?.id;
      const switches = (venue.switches ?? []).map(
        ({ point: name }) => [name, points.getNamed(venue.id, name).id] as const,
      );
      return point === undefined || !isCharged ? [] : [{ venue, point, switches }];
    });
  }

  async load(now: EpochMs): Promise<ReadonlyMap<string, ReachedPeak>> {
    await this.readUpTo(floorTo(now, ENERGY_SLOT_MS));
    const { time_zone } = this.pack.games;
    const civil = new Date(toCivil(time_zone, now));
    const month = fromCivil(time_zone, Date.UTC(civil.getUTCFullYear(), civil.getUTCMonth()));
    return new Map(
      [...this.flows].map(([key, flow]) => [
        key,
        { month_kw: highest(flow, month), usual_kw: highest(flow, epochMs(0)) },
      ]),
    );
  }

  private async readUpTo(to: EpochMs): Promise<void> {
    const oldest = to - MEMORY_MS;
    const from = epochMs(Math.max(oldest, this.upTo - LATE_MS));
    for (const flow of this.flows.values())
      for (const ts of flow.keys()) if (ts < oldest || ts >= from) flow.delete(ts);
    for (const { venue, point, switches } of this.meters) {
      const positions = new Map<string, number>();
      for (const [name, switchPoint] of switches)
        for (const { ts, sum, count } of await this.readings.series(switchPoint, from, to, ENERGY_SLOT_MS))
          if (count > 0) positions.set(`${name} ${ts}`, sum / count);
      const whole = switches.length === 0 ? this.sharesOf(venue, () => undefined) : undefined;
      for (const { ts, sum, count } of await this.readings.series(point, from, to, ENERGY_SLOT_MS)) {
        for (const [key, share] of whole ?? this.sharesOf(venue, (_, name) => positions.get(`${name} ${ts}`))) {
          const flow = this.flows.get(key) ?? new Map<number, number>();
          this.flows.set(key, flow.set(ts, (flow.get(ts) ?? 0) + (count === 0 ? 0 : (share * sum) / count)));
        }
      }
    }
    this.upTo = to;
  }

  /** The part of what a venue's meter shows that each feeder or connection with a peak charge carries. */
  private sharesOf(venue: Venue, positionOf: PositionOf): ReadonlyMap<string, number> {
    const shares = new Map<string, number>();
    for (const { id, feeder, share } of sharesOf(closedConnections(venue, positionOf))) {
      for (const key of [id, ...feederPath(this.pack.feeders, feeder)])
        if (this.charged.has(key)) shares.set(key, (shares.get(key) ?? 0) + share);
    }
    return shares;
  }
}

const highest = (flow: ReadonlyMap<number, number>, since: EpochMs): number =>
  [...flow].reduce((most, [ts, kw]) => (ts >= since ? Math.max(most, kw) : most), 0);

const chargedOf = ({ feeders, venues }: Pick<Pack, 'feeders' | 'venues'>): ReadonlySet<string> =>
  new Set(
    [...feeders, ...venues.flatMap(listConnections)]
      .filter(({ peak_price_per_kw_month: price }) => price !== undefined)
      .map(({ id }) => id),
  );
