import type { Pack, Venue } from '#libs/games';
import type { EpochMs } from '#libs/kernel';
import type { SeriesStep } from '#libs/store';

import { feederShare } from '../../control/energy/feeder-share.js';
import type { MeasuredSite } from './energy.schema.js';

/** What a page shows of a site, by the kind of the point that measures it. */
export const MEASURED = {
  load_kw: 'load_power',
  pv_kw: 'pv_power',
  grid_kw: 'grid_power',
  battery_kw: 'battery_power',
  soc_ratio: 'battery_soc',
} as const satisfies Record<Exclude<keyof MeasuredSite, 'site' | 'stores' | 'units' | 'switches'>, string>;

export interface Window {
  readonly from: EpochMs;
  readonly stepMs: number;
  readonly count: number;
}

/** Means in their places on the window's grid, null where there is none. */
export const alignMeans = ({ from, stepMs, count }: Window, steps: readonly SeriesStep[]): (number | null)[] => {
  const means = new Array<number | null>(count).fill(null);
  for (const { ts, sum, count: readings } of steps) means[(ts - from) / stepMs] = rounded(sum / readings);
  return means;
};

/** What feeders carried: the grid power of their sites together, by where their switches stood, null in steps in which one of these is not known. */
export const feederMeans = (
  { feeders, venues }: Pick<Pack, 'feeders' | 'venues'>,
  sites: readonly MeasuredSite[],
  { count }: Window,
): { feeder: string; load_kw: (number | null)[] }[] => {
  const measured = new Map(sites.map((site) => [site.site, site]));
  const carried = (feeder: string, venue: Venue, step: number): number | null => {
    const site = measured.get(venue.id);
    const share = feederShare(feeders, venue, feeder, (_, point) => {
      const id = venue.switches?.find((one) => one.point === point)?.id;
      return site?.switches.find((one) => one.switch === id)?.position[step] ?? undefined;
    });
    const kw = site?.grid_kw[step] ?? null;
    if (share === 0) return 0;
    return kw === null ? null : kw * share;
  };
  return feeders.map(({ id }) => ({
    feeder: id,
    load_kw: Array.from({ length: count }, (_, step) =>
      venues.reduce<number | null>((sum, venue) => {
        const kw = sum === null ? null : carried(id, venue, step);
        return sum === null || kw === null ? null : rounded(sum + kw);
      }, 0),
    ),
  }));
};

/** A watt, and a thousandth of a state of charge: more digits are only bytes. */
const rounded = (value: number): number => Math.round(value * 1e3) / 1e3;
