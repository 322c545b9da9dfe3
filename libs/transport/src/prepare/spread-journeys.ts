import type { Pack } from '#libs/games';
import type { SlotGrid } from '#libs/kernel';
import type { Feed } from '../gtfs/feed.js';
import { type AssignedDemand, assignDemand, type TripDemand } from '../strategies/assign-demand.js';
import { listTransitPatterns } from '../strategies/list-transit-patterns.js';
import { listWalks } from '../strategies/list-walks.js';
import { buildTransitNetwork, type TransitNetwork } from '../strategies/transit-network.js';
import { listDayPatterns } from './day-patterns.js';
import type { Ways } from './detours.js';
import type { DemandInputs } from './rides.js';
import { positionOfStop } from './sites.js';
import { shareOut } from './travel.js';

/** Mean wait where vehicles come evenly. */
const WAIT_IN_HEADWAYS = 0.5;

interface NetworkInputs {
  readonly pack: Pick<Pack, 'games' | 'transport'>;
  readonly feed: Feed;
  /** The patterns of its day run. */
  readonly plan: SlotGrid;
  /** Stretch of the timetable that tells how often they leave. */
  readonly grid: SlotGrid;
  /** Patterns that are driven otherwise than by the feed, or not at all. */
  readonly ways?: Ways | undefined;
}

/** The pack's lines as passengers use them, with walks between near stops. */
export const passengerNetwork = ({ pack, feed, plan, grid, ways }: NetworkInputs): TransitNetwork => {
  const patterns = listDayPatterns(pack, feed, plan).all.flatMap((pattern) => {
    const way = ways?.get(pattern.id) ?? pattern;
    return way === 'closed' ? [] : [way];
  });
  const stops = new Set(patterns.flatMap((pattern) => pattern.stops.map(({ stop }) => stop)));
  const placed = [...stops].flatMap((id) => {
    const position = positionOfStop(feed, id);
    return position ? [{ id, ...position }] : [];
  });
  return buildTransitNetwork({
    patterns: listTransitPatterns(feed, patterns, pack.games.time_zone, grid),
    walks: listWalks(placed),
    waitInHeadways: WAIT_IN_HEADWAYS,
  });
};

type JourneyInputs = NetworkInputs & Pick<DemandInputs, 'pack' | 'countsOf'>;

/** The people of the pack's journeys who set out on a grid, shared out to lines and transfers; and those whom none takes there. */
export const spreadJourneys = (inputs: JourneyInputs): Pick<AssignedDemand, 'rides' | 'unreachable'> => {
  const { pack, grid, countsOf } = inputs;
  const { journeys = [] } = pack.transport;
  if (journeys.length === 0) return { rides: [], unreachable: [] };
  const demand = journeys.flatMap((journey) =>
    shareOut(journey, pack, countsOf(journey.count.venue, journey.count.point), grid.count),
  );
  return assignDemand(passengerNetwork(inputs), grid, demand);
};

/** "No line takes spectators from Hall to Rink in the next three hours, not even with a change." */
export const sayStranded = (
  { group, from_stop, to_stop }: TripDemand,
  { transport }: Pick<Pack, 'transport'>,
  { stops }: Pick<Feed, 'stops'>,
): string => {
  const who = transport.groups.find(({ id }) => id === group)?.name ?? group;
  const [from, to] = [from_stop, to_stop].map((stop) => stops.get(stop)?.stop_name ?? stop);
  return `No line takes ${who.toLowerCase()} from ${from} to ${to} in the next three hours, not even with a change.`;
};
