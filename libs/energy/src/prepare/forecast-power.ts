import { followLatest, type Forecast, seasonalNaive, type SlotHistory } from '#libs/forecast';
import type { SlotGrid } from '#libs/kernel';

/** Load or generation ahead, kW: as last week, corrected by what was measured last. A plan that ignores that drives sites over their limits. */
export const forecastPower = (history: SlotHistory, grid: SlotGrid, timeZone: string): Forecast =>
  followLatest(seasonalNaive({ history, grid, timeZone, least: 0 }), history, timeZone, 0);
