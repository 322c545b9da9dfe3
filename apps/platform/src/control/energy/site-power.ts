import type { Pack, PositionOf } from '#libs/games';
import { feederShare } from './feeder-share.js';
import type { Metrics } from '#libs/observability';
import type { ReadingRow } from '#libs/store';
import { QUALITY } from '#libs/telemetry';
import type { PackPoint, PackPoints } from '../points.js';

const WATTS = 1000;
const QUALITY_BITS = 3;

export interface FeederLoad {
  readonly feeder: string;
  readonly load_kw: number;
  readonly limit_kw: number;
  readonly loading_ratio: number;
}

/** Measured load of each feeder: the net import of what hangs on it, directly or through others, in either direction. None for a feeder of which no venue is measured. */
export const feederLoads = (
  pack: Pick<Pack, 'feeders' | 'venues'>,
  gridKw: (venue: string) => number | undefined,
  positionOf: PositionOf,
): readonly FeederLoad[] =>
  pack.feeders.flatMap(({ id, limit_kw }) => {
    const measured = pack.venues.flatMap((venue) => {
      const kw = gridKw(venue.id);
      const share = feederShare(pack.feeders, venue, id, positionOf);
      return kw === undefined || share === 0 ? [] : kw * share;
    });
    if (measured.length === 0) return [];
    const load_kw = measured.reduce((sum, kw) => sum + kw, 0);
    return [{ feeder: id, load_kw, limit_kw, loading_ratio: Math.abs(load_kw) / limit_kw }];
  });

/** Sets the power metrics from the latest readings, and gives the feeders' loads. A bad reading counts as none: its series goes until a good one comes. */
export const reportPower = (
  pack: Pick<Pack, 'feeders' | 'venues'>,
  points: PackPoints,
  latest: ReadonlyMap<number, Pick<ReadingRow, 'value' | 'quality'>>,
  metrics: Pick<Metrics, 'sitePower' | 'feederLoading'>,
): readonly FeederLoad[] => {
  const goodValue = (point: PackPoint | undefined): number | undefined => {
    const reading = point && latest.get(point.id);
    return reading && (reading.quality & QUALITY_BITS) !== QUALITY.bad ? reading.value : undefined;
  };
  const valueOf = (venue: string, kind: Parameters<PackPoints['findKind']>[1]) =>
    goodValue(points.findKind(venue, kind));
  const report = (venue: string, positive: string, negative: string | undefined, kw: number | undefined) => {
    const set = (direction: string, value: number | undefined) => {
      if (value === undefined) metrics.sitePower.remove({ venue, direction });
      else metrics.sitePower.set({ venue, direction }, Math.max(0, value) * WATTS);
    };
    set(positive, kw);
    if (negative !== undefined) set(negative, kw && -kw);
  };
  for (const { id } of pack.venues) {
    report(id, 'load', undefined, valueOf(id, 'load_power'));
    report(id, 'pv', undefined, valueOf(id, 'pv_power'));
    report(id, 'charge', 'discharge', valueOf(id, 'battery_power'));
    report(id, 'import', 'export', valueOf(id, 'grid_power'));
  }
  const loads = feederLoads(
    pack,
    (venue) => valueOf(venue, 'grid_power'),
    (venue, point) => goodValue(points.getNamed(venue, point)),
  );
  for (const { id } of pack.feeders) metrics.feederLoading.remove({ feeder: id });
  for (const { feeder, loading_ratio } of loads) metrics.feederLoading.set({ feeder }, loading_ratio);
  return loads;
};
