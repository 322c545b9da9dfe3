import type { Venue } from '#libs/games';
import type { BatteryPlant } from './battery-plant.js';

/** A connection is charged up to this share of its limit. */
const MOST_CHARGED = 0.5;

/**
 * What a controller without forecasts does with a battery: it takes what sun is left over, gives what passes the import limit, and fills up again to where it began while the connection is half empty.
 * kW, positive while charging. `netKw`: load less sun.
 */
export const ruleOf = (
  { grid, battery }: Pick<Venue, 'grid' | 'battery'>,
  netKw: number,
  plant: Pick<BatteryPlant, 'socRatio'> | undefined,
): number => {
  if (!battery || !plant) return 0;
  if (netKw < 0) return -netKw;
  if (netKw > grid.import_limit_kw) return grid.import_limit_kw - netKw;
  const room = MOST_CHARGED * grid.import_limit_kw - netKw;
  return plant.socRatio < battery.initial_soc_ratio ? Math.max(0, room) : 0;
};
