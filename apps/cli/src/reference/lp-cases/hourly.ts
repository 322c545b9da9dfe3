import type { EnergyProblem, SiteProblem } from '#libs/energy';
import { epochMs, HOUR_MS } from '#libs/kernel';

/** A problem of one site over so many hours, without a grid but for the connections given: theirs hang on the feeder `grid`. */
export const hourly = (count: number, site: Partial<SiteProblem>): EnergyProblem => ({
  grid: { start: epochMs(0), slotMs: HOUR_MS, count },
  currency: 'EUR',
  carbon_price_per_kg: 0,
  feeders: (site.connections ?? []).length > 0 ? [{ feeder: 'grid', limit_kw: UNLIMITED_KW }] : [],
  sites: [{ site: 'site', connections: [], loads: [], supplies: [], stores: [], units: [], tasks: [], ...site }],
});

/** More than anything in these cases. */
export const UNLIMITED_KW = 1e6;
