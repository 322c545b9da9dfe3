import { civilDay } from '../gtfs/service-days.js';
import { type EpochMs, epochMs, findSlot, type SlotGrid, toCivil } from '#libs/kernel';
import { listVehicles, type Pack } from '#libs/games';
import type { Feed } from '../gtfs/feed.js';
import { cumulative, followTargets } from '../dispatch/fleet.js';
import type { DispatchProblem, PatternProblem, UnderWay } from '../problem.js';
import { type Announced, type DepartureWord, withAnnounced } from './announced.js';
import { type DemandInputs, listDemand } from './list-demand.js';
import { findPattern, type Pattern, patternsOf } from './patterns.js';
import { scheduledPerSlot } from './scheduled.js';

/** A departure that has left. */
export interface PastDeparture {
  readonly line: string;
  readonly vehicle: string;
  readonly departs: EpochMs;
}

export interface DispatchInputs extends DemandInputs {
  readonly pack: Pick<Pack, 'games' | 'venues' | 'transport'>;
  readonly feed: Feed;
  /** What left in the last `SERVICE_MEMORY_MS` before the grid, and within it what can no longer be changed. */
  readonly departed: readonly PastDeparture[];
  /** The plan in force; changing it has its price. Without one, none. */
  readonly announced?: Announced | undefined;
  /** What people said of departures; default nothing. */
  readonly words?: readonly DepartureWord[];
}

/** How far back a line's last departure is looked for. */
export const SERVICE_MEMORY_MS = 2 * 3_600_000;

/** Scheduled departures after which one must have left: every second one is kept, so that nobody waits longer than two headways for a vehicle. */
const KEEP_ONE_OF = 2;

/** The problem of one planning cycle. Throws where the pack names what the feed lacks: `checkNetwork` tells that before. */
export const buildDispatchProblem = (inputs: DispatchInputs): DispatchProblem => {
  const { pack, feed, grid } = inputs;
  const { transport, games } = pack;
  const patterns = patternsOf(feed);
  const day = civilDay(toCivil(games.time_zone, grid.start));
  const chosen = transport.lines.map(({ id }) => {
    const pattern = findPattern(feed, patterns, id, day);
    if (!pattern) throw new Error(`Line ${id} is not in the feed. Run \`venueflow games check\` on the pack.`);
    return pattern;
  });
  const vehicles = listVehicles(transport).map(({ id }) => id);
  const withoutFloor = chosen.map((pattern) => toProblem(inputs, pattern));
  const underWay = listUnderWay(inputs);
  const unbound: DispatchProblem = {
    grid,
    currency: games.currency,
    patterns: withoutFloor,
    demand: listDemand(inputs),
    vehicles,
    ready_slot: readySlots(underWay, withoutFloor),
    under_way: underWay,
    waiting_cost_per_hour: transport.groups[0]?.waiting_cost_per_hour ?? 0,
    vehicle_cost_per_hour: transport.vehicle_types[0]?.cost_per_hour ?? 0,
  };
  const problem = withAnnounced(unbound, inputs.announced, inputs.words ?? []);
  const wanted = chosen.map((pattern, index) => {
    const missed = missedDepartures(inputs, pattern);
    return cumulative(withoutFloor[index]?.scheduled ?? []).map((due) => Math.floor((missed + due) / KEEP_ONE_OF));
  });
  const floor = followTargets(problem, wanted);
  return {
    ...problem,
    patterns: problem.patterns.map((pattern, index) => ({ ...pattern, least: cumulative(floor[index] ?? []) })),
  };
};

const toProblem = ({ pack, feed, grid }: DispatchInputs, pattern: Pattern): PatternProblem => {
  const slotS = grid.slotMs / 1000;
  const runningS = pattern.stops.at(-1)?.offsetS ?? 0;
  return {
    line: pattern.line,
    pattern: pattern.id,
    seats: pack.transport.vehicle_types[0]?.seats ?? 0,
    cycle_slots: Math.max(1, Math.ceil((runningS + pack.transport.layover_s) / slotS)),
    stops: pattern.stops.map(({ stop, offsetS }) => ({ stop, offset_slots: Math.round(offsetS / slotS) })),
    scheduled: scheduledPerSlot(feed, pattern, pack.games.time_zone, grid),
    least: new Array<number>(grid.count).fill(0),
  };
};

const slotOf = (grid: SlotGrid, instant: EpochMs): number => Math.floor((instant - grid.start) / grid.slotMs);

const listUnderWay = ({ departed, grid }: DispatchInputs): readonly UnderWay[] =>
  departed
    .map(({ line, vehicle, departs }) => ({ line, vehicle, slot: slotOf(grid, departs) }))
    .filter(({ slot }) => slot < grid.count);

const readySlots = (
  underWay: readonly UnderWay[],
  patterns: readonly PatternProblem[],
): Readonly<Record<string, number>> => {
  const cycles = new Map(patterns.map(({ line, cycle_slots }) => [line, cycle_slots]));
  const ready: Record<string, number> = {};
  for (const { line, vehicle, slot } of underWay) {
    ready[vehicle] = Math.max(ready[vehicle] ?? 0, slot + (cycles.get(line) ?? 0));
  }
  return ready;
};

/** Scheduled departures since the line's last one, at most as many as make one due at once. */
const missedDepartures = ({ pack, feed, grid, departed }: DispatchInputs, pattern: Pattern): number => {
  const slots = Math.ceil(SERVICE_MEMORY_MS / grid.slotMs);
  const past: SlotGrid = { start: epochMs(grid.start - slots * grid.slotMs), slotMs: grid.slotMs, count: slots };
  const last = Math.max(
    -1,
    ...departed.flatMap(({ line, departs }) => (line === pattern.line ? [findSlot(past, departs) ?? -1] : [])),
  );
  const scheduled = scheduledPerSlot(feed, pattern, pack.games.time_zone, past).slice(last + 1);
  return Math.min(
    KEEP_ONE_OF,
    scheduled.reduce((sum, count) => sum + count, 0),
  );
};
