import { seededRandom } from '#libs/kernel';

import { findBestHeadways } from './best-headways.js';
import { fatesOf } from './day-figures.js';
import type { RidePeople } from './demand-day.js';
import type { Dispatcher } from './dispatcher.js';
import { headwayDispatcher } from './headway-dispatcher.js';
import type { HeadwayOptions } from './headway-plans.js';
import { comingOf } from './people.js';
import { runShuttleDay } from './run-shuttle-day.js';
import type { ShuttleDay } from './shuttle-day.js';

/** Shares of the fleet that headways may count on. */
const FLEET_SHARES = [1, 0.9, 0.8, 0.7];

export type FixedHeadways = (vehicleHours: number) => Dispatcher;

/**
 * The best fixed headways, found before the day: for each share of the fleet that they may count on, those with the least expected waiting; of these the ones that do best on a day of
 * people drawn from the forecast, driven on the same roads.
 */
export const chooseFixedHeadways = async (
  day: ShuttleDay,
  options: Omit<HeadwayOptions, 'fleetShare'>,
): Promise<FixedHeadways> => {
  const rehearsal = { ...day, comes_s: drawForecast(day, options.forecast) };
  const withShare = (fleetShare: number, vehicleHours: number): Dispatcher =>
    headwayDispatcher(day.instance, options.roads, findBestHeadways({ ...options, fleetShare, vehicleHours }));
  let best = { share: 1, cost: Infinity };
  for (const share of FLEET_SHARES) {
    const cost = await waitingCost(rehearsal, withShare(share, options.vehicleHours));
    if (cost < best.cost) best = { share, cost };
  }
  return (vehicleHours) => withShare(best.share, vehicleHours);
};

const drawForecast = ({ instance, seed }: ShuttleDay, forecast: readonly RidePeople[]) => {
  const random = seededRandom(seed);
  return forecast.map((people) => comingOf(people, instance.grid.slotMs / 1000, random));
};

/** Priced as the planner prices it. */
const waitingCost = async (day: ShuttleDay, dispatcher: Dispatcher): Promise<number> => {
  const prices = new Map(day.instance.groups.map(({ id, waiting_cost_per_hour }) => [id, waiting_cost_per_hour]));
  const fates = fatesOf(day.instance, await runShuttleDay(day, dispatcher));
  return fates.reduce((sum, { group, waitS }) => sum + ((prices.get(group) ?? 0) * waitS) / 3600, 0);
};
