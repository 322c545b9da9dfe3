import type { EpochMs } from '#libs/kernel';
import type { SeriesStep } from '#libs/store';

import type { EnergyPlanDocument, MeasuredSite } from './energy.schema.js';

/** What a page shows of a site, by the kind of the point that measures it. */
export const MEASURED = {
  load_kw: 'load_power',
  pv_kw: 'pv_power',
  grid_kw: 'grid_power',
  battery_kw: 'battery_power',
  soc_ratio: 'battery_soc',
} as const satisfies Record<Exclude<keyof MeasuredSite, 'site'>, string>;

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

/** What feeders carried: the grid power of their sites together, null in steps in which one of these is not known. */
export const feederMeans = (
  feeders: EnergyPlanDocument['feeders'],
  sites: readonly MeasuredSite[],
  { count }: Window,
): { feeder: string; load_kw: (number | null)[] }[] =>
  feeders.map(({ feeder, sites: names }) => {
    const rows = names?.map((name) => sites.find(({ site }) => site === name)?.grid_kw ?? []);
    return {
      feeder,
      load_kw: rows
        ? Array.from({ length: count }, (_, step) =>
            rows.reduce<number | null>((sum, row) => {
              const value = row[step] ?? null;
              return sum === null || value === null ? null : rounded(sum + value);
            }, 0),
          )
        : [],
    };
  });

/** A watt, and a thousandth of a state of charge: more digits are only bytes. */
const rounded = (value: number): number => Math.round(value * 1e3) / 1e3;
