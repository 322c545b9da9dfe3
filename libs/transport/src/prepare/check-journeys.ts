import type { Pack, Travel } from '#libs/games';
import { epochMs, type Fault, fromCivil, HOUR_MS, showValue } from '#libs/kernel';
import type { Feed } from '../gtfs/feed.js';
import { repeatingWeek } from '../gtfs/service-days.js';
import { assignDemand, type TripDemand } from '../strategies/assign-demand.js';
import { dispatchWindow } from './dispatch-window.js';
import { passengerNetwork } from './spread-journeys.js';

const HOURS = 24;

/** A journey of the pack for which no way was found yet. */
interface Open {
  readonly index: number;
  readonly journey: Travel;
  readonly demand: TripDemand;
}

/**
 * Journeys that the pack's lines do not make, or not sooner than people walk, in any three hours of the week that a plan may reach over. Lines and stops that the feed lacks are
 * not held against them: other checks name those.
 */
export const checkJourneys = (
  { games, venues, transport }: Pick<Pack, 'games' | 'venues' | 'transport'>,
  feed: Feed,
): readonly Fault[] => {
  const { journeys = [] } = transport;
  const stopOf = (venue: string): string | undefined => {
    const stop = venues.find(({ id }) => id === venue)?.stop;
    return stop !== undefined && feed.stops.has(stop) ? stop : undefined;
  };
  let open = journeys.flatMap((journey, index): readonly Open[] => {
    const { from, to, group } = journey;
    const [from_stop, to_stop] = [stopOf(from), stopOf(to)];
    if (from_stop === undefined || to_stop === undefined || from === to) return [];
    return [{ index, journey, demand: { group, from_stop, to_stop, arrivals: [] } }];
  });
  const driven = new Set([...feed.trips.values()].map(({ line }) => line));
  const known = { games, transport: { ...transport, lines: transport.lines.filter(({ id }) => driven.has(id)) } };
  for (const start of hoursOfWeek(games.time_zone, feed)) {
    if (open.length === 0) break;
    const { grid } = dispatchWindow(start, false);
    const network = passengerNetwork({ pack: known, feed, plan: grid, grid });
    const demand = open.map((one) => one.demand);
    const { walked, unreachable } = assignDemand(network, grid, demand);
    const left = new Set([...walked, ...unreachable]);
    open = open.filter((one) => left.has(one.demand));
  }
  return open.map(({ index, journey, demand: { from_stop, to_stop } }) => ({
    file: 'transport.yaml',
    path: `journeys[${index}]`,
    value: showValue(`${from_stop} -> ${to_stop}`),
    rule: 'journey_not_served',
    message: `The lines must go from the stop of ${journey.from} to the stop of ${journey.to}, directly or with changes, and sooner than people walk.`,
  }));
};

const hoursOfWeek = (timeZone: string, feed: Feed) =>
  repeatingWeek(feed).flatMap((day) =>
    Array.from({ length: HOURS }, (_, hour) => epochMs(fromCivil(timeZone, day + hour * HOUR_MS))),
  );
