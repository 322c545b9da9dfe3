import type { Pack } from '#libs/games';
import type { Metrics } from '#libs/observability';
import type { ReadingRow } from '#libs/store';
import type { PackPoints } from '../points.js';

const WATTS = 1000;

export interface FeederLoad {
  readonly feeder: string;
  readonly load_kw: number;
  readonly limit_kw: number;
  readonly loading_ratio: number;
}

/** Measured load of each feeder: the net import of its venues, in either direction. */
export const feederLoads = (
  pack: Pick<Pack, 'feeders' | 'venues'>,
  gridKw: (venue: string) => number | undefined,
): readonly FeederLoad[] =>
  pack.feeders.map(({ id, limit_kw }) => {
    const load_kw = pack.venues
      .filter(({ grid }) => grid.feeder === id)
      .reduce((sum, venue) => sum + (gridKw(venue.id) ?? 0), 0);
    return { feeder: id, load_kw, limit_kw, loading_ratio: Math.abs(load_kw) / limit_kw };
  });

/** Sets the power metrics from the latest readings, and gives the feeders' loads. */
export const reportPower = (
  pack: Pick<Pack, 'feeders' | 'venues'>,
  points: PackPoints,
  latest: ReadonlyMap<number, Pick<ReadingRow, 'value'>>,
  metrics: Pick<Metrics, 'sitePower' | 'feederLoading'>,
): readonly FeederLoad[] => {
  const valueOf = (venue: string, kind: Parameters<PackPoints['findKind']>[1]): number | undefined => {
    const point = points.findKind(venue, kind);
    return point && latest.get(point.id)?.value;
  };
  const report = (venue: string, positive: string, negative: string | undefined, kw: number | undefined) => {
    if (kw === undefined) return;
    metrics.sitePower.set({ venue, direction: positive }, Math.max(0, kw) * WATTS);
    if (negative !== undefined) metrics.sitePower.set({ venue, direction: negative }, Math.max(0, -kw) * WATTS);
  };
  for (const { id } of pack.venues) {
    report(id, 'load', undefined, valueOf(id, 'load_power'));
    report(id, 'pv', undefined, valueOf(id, 'pv_power'));
    report(id, 'charge', 'discharge', valueOf(id, 'battery_power'));
    report(id, 'import', 'export', valueOf(id, 'grid_power'));
  }
  const loads = feederLoads(pack, (venue) => valueOf(venue, 'grid_power'));
  for (const { feeder, loading_ratio } of loads) metrics.feederLoading.set({ feeder }, loading_ratio);
  return loads;
};
