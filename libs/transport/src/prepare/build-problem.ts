import { listVehicles, type Pack } from '#libs/games';
import { type EpochMs, epochMs, findSlot, type SlotGrid } from '#libs/kernel';
import type { Feed } from '../gtfs/feed.js';
import type { Pattern } from './patterns.js';
import { scheduledPerSlot } from './scheduled.js';
import type { DispatchProblem, PatternProblem, UnderWay } from '../problem/problem.js';
import { type Announced, type DepartureWord, withAnnounced } from './announced.js';
import type { Ways } from './detours.js';
import { firstStop, lastStop, listDayPatterns } from './day-patterns.js';
import { distanceBetween, driveStraight, type FindDrive, listDeadheads } from './drives.js';
import { type DemandInputs, listRides } from './rides.js';
import { listSites, placeOfDepot, positionOfStop } from './sites.js';
import { listProblemVehicles, type PatternDrive, type Whereabouts } from './whereabouts.js';

/** A departure that has left, or certainly will. */
export interface PastDeparture {
  readonly line: string;
  readonly pattern: string;
  readonly vehicle: string;
  readonly departs: EpochMs;
}

export interface ProblemInputs extends DemandInputs {
  readonly pack: Pick<Pack, 'games' | 'venues' | 'transport'>;
  readonly feed: Feed;
  /** What left in the last `SERVICE_MEMORY_MS` before the grid, and what certainly leaves until then. */
  readonly departed: readonly PastDeparture[];
  /** Where vehicles are; of those that are not named nothing is known. */
  readonly whereabouts?: ReadonlyMap<string, Whereabouts>;
  /** Vehicles that cannot drive. */
  readonly broken?: ReadonlySet<string>;
  /** The plan in force; changing it has its price. Without one, none. */
  readonly announced?: Announced | undefined;
  /** What people said of departures; default nothing. */
  readonly words?: readonly DepartureWord[];
  /** Patterns that are driven otherwise than by the feed while roads are closed, or not at all. */
  readonly ways?: Ways;
  /** Empty rides over the road graph; default straight lines. */
  readonly findDrive?: FindDrive;
}

/** How far back a pattern's last departure is looked for. */
export const SERVICE_MEMORY_MS = 2 * 3_600_000;

/** Scheduled departures after which one must have left: every second one is kept, so that nobody waits longer than two headways for a vehicle. */
const KEEP_ONE_OF = 2;

/** What a pattern asks of a vehicle, by pattern of the feed. */
export const listPatternDrives = (
  patterns: Iterable<Pattern>,
  feed: Feed,
  layoverS: number,
  slotMs: number,
): ReadonlyMap<string, PatternDrive> =>
  new Map(
    [...patterns].map((pattern) => [
      pattern.id,
      {
        to_place: lastStop(pattern),
        busyMs: busySlots(pattern, layoverS, slotMs) * slotMs,
        km: lengthOf(feed, pattern) / 1000,
      },
    ]),
  );

/** The problem of one planning cycle. Throws where the pack names what the feed lacks: `checkNetwork` tells that before. */
export const buildDispatchProblem = (inputs: ProblemInputs): DispatchProblem => {
  const { pack, feed, grid } = inputs;
  const { transport, games } = pack;
  const day = listDayPatterns(pack, feed, grid);
  const drives = listPatternDrives(day.known.values(), feed, transport.layover_s, grid.slotMs);
  const last = lastDepartures(inputs);
  const running = day.all.map((pattern) => {
    const way = inputs.ways?.get(pattern.id) ?? pattern;
    if (way === 'closed') return closedPattern(toProblem(inputs, pattern, drives, last), grid);
    const isMain = day.main.get(pattern.line) === pattern;
    return withAnnounced(toProblem(inputs, way, drives, last), isMain, grid, inputs.announced, inputs.words ?? []);
  });
  const underWay = listUnderWay(inputs);
  const closed = [...new Set(inputs.departed.map(({ pattern }) => pattern))].flatMap((id) => {
    const pattern = day.known.get(id);
    return !pattern || day.all.includes(pattern) ? [] : [closedPattern(toProblem(inputs, pattern, drives, last), grid)];
  });
  const patterns = [...running, ...closed];
  const sites = listSites(
    transport,
    feed,
    patterns.flatMap(({ from_place, to_place }) => [from_place, to_place]),
  );
  return {
    grid,
    currency: games.currency,
    places: sites.map(({ position: _, ...place }) => place),
    vehicle_types: transport.vehicle_types.map(
      ({ id, seats, standing, accessible, cost_per_hour, cost_per_km, battery }) => ({
        id,
        seats,
        standing,
        accessible,
        cost_per_hour,
        cost_per_km,
        ...(battery && { battery }),
      }),
    ),
    vehicles: listProblemVehicles(pack, grid, inputs.whereabouts ?? new Map(), inputs.broken).filter(({ place }) =>
      sites.some(({ id }) => id === place),
    ),
    deadheads: listDeadheads(
      sites,
      new Set(transport.depots.map(placeOfDepot)),
      inputs.findDrive ?? driveStraight,
      grid,
    ),
    patterns,
    bays: transport.bays ?? [],
    groups: transport.groups.map(({ id, waiting_cost_per_hour, late_cost_per_hour, longest_wait_minutes }) => ({
      id,
      waiting_cost_per_hour,
      late_cost_per_hour,
      ...(longest_wait_minutes !== undefined && {
        longest_wait_slots: Math.ceil((longest_wait_minutes * 60_000) / grid.slotMs),
      }),
    })),
    rides: listRides(inputs, patterns),
    under_way: underWay,
    prices: {
      change_cost: transport.prices.change_cost,
      missed_cost: transport.prices.missed_cost,
      left_wait_slots: (transport.prices.left_wait_minutes * 60_000) / grid.slotMs,
    },
  };
};

const toProblem = (
  inputs: ProblemInputs,
  pattern: Pattern,
  drives: ReadonlyMap<string, PatternDrive>,
  last: ReadonlyMap<string, number>,
): PatternProblem => {
  const { pack, feed, grid } = inputs;
  const slotS = grid.slotMs / 1000;
  const scheduled = scheduledPerSlot(feed, pattern, pack.games.time_zone, grid);
  let due = missedDepartures(inputs, pattern, last.get(pattern.id) ?? -1);
  return {
    line: pattern.line,
    pattern: pattern.id,
    from_place: firstStop(pattern),
    to_place: lastStop(pattern),
    busy_slots: busySlots(pattern, pack.transport.layover_s, grid.slotMs),
    km: drives.get(pattern.id)?.km ?? 0,
    stops: pattern.stops.map(({ stop, offsetS }) => ({ stop, offset_slots: Math.round(offsetS / slotS) })),
    scheduled,
    least: scheduled.map((count) => Math.floor((due += count) / KEEP_ONE_OF)),
  };
};

/** A pattern on which nothing leaves: of another day and still under way, or with no way left. */
const closedPattern = (pattern: PatternProblem, grid: SlotGrid): PatternProblem => {
  const none = new Array<number>(grid.count).fill(0);
  return { ...pattern, least: none, scheduled: none, most: none };
};

const busySlots = (pattern: Pattern, layoverS: number, slotMs: number): number =>
  Math.max(1, Math.ceil((((pattern.stops.at(-1)?.offsetS ?? 0) + layoverS) * 1000) / slotMs));

/** Streets between two stops are so much longer than the straight line. */
const STREETS = 1.2;

/** Length of a pattern, m, stop by stop. */
const lengthOf = (feed: Feed, { stops }: Pattern): number =>
  stops.slice(1).reduce((sum, { stop }, index) => {
    const [from, to] = [positionOfStop(feed, stops[index]?.stop ?? ''), positionOfStop(feed, stop)];
    return from && to ? sum + distanceBetween(from, to) * STREETS : sum;
  }, 0);

const slotOf = (grid: SlotGrid, instant: EpochMs): number => Math.floor((instant - grid.start) / grid.slotMs);

const listUnderWay = ({ departed, grid, pack }: ProblemInputs): readonly UnderWay[] => {
  const types = new Map(listVehicles(pack.transport).map(({ id, group }) => [id, group.type]));
  return departed.flatMap(({ pattern, vehicle, departs }) => {
    const slot = slotOf(grid, departs);
    const type = types.get(vehicle);
    // Of a vehicle that has left the fleet nobody knows how many it takes.
    return slot < 0 && type !== undefined ? [{ pattern, vehicle, type, slot }] : [];
  });
};

/** Slots of a grid before it, in which a pattern's last departure is looked for. */
const memoryOf = ({ start, slotMs }: SlotGrid): SlotGrid => {
  const count = Math.ceil(SERVICE_MEMORY_MS / slotMs);
  return { start: epochMs(start - count * slotMs), slotMs, count };
};

/** The slot of each pattern's last departure before the grid. */
const lastDepartures = ({ grid, departed }: Pick<ProblemInputs, 'grid' | 'departed'>): ReadonlyMap<string, number> => {
  const past = memoryOf(grid);
  const last = new Map<string, number>();
  for (const { pattern, departs } of departed)
    last.set(pattern, Math.max(last.get(pattern) ?? -1, findSlot(past, departs) ?? -1));
  return last;
};

/** Scheduled departures since the pattern's last one, at most as many as make one due at once. */
const missedDepartures = ({ pack, feed, grid }: ProblemInputs, pattern: Pattern, last: number): number => {
  const scheduled = scheduledPerSlot(feed, pattern, pack.games.time_zone, memoryOf(grid)).slice(last + 1);
  return Math.min(
    KEEP_ONE_OF,
    scheduled.reduce((sum, count) => sum + count, 0),
  );
};
