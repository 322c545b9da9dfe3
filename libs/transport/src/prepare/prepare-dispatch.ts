import { listVehicles, type Pack } from '#libs/games';
import { epochMs, type EpochMs, type SlotGrid } from '#libs/kernel';
import { followCounts, type Forecast, seasonalNaive, type SlotHistory } from '#libs/forecast';
import { patternsOf } from './patterns.js';
import { DISPATCH_SLOT_MS, dispatchWindow, LOOK_BACK_MS } from './dispatch-window.js';
import { moveSurges, type SessionNews } from './move-surges.js';
import { peopleOn } from './people-on.js';
import type { Block, Departure } from '../problem/plan.js';
import type { DispatchProblem } from '../problem/problem.js';
import {
  buildDispatchProblem,
  listPatternDrives,
  type PastDeparture,
  type ProblemInputs,
  SERVICE_MEMORY_MS,
} from './build-problem.js';
import { sayStranded, spreadJourneys } from './spread-journeys.js';
import { listTravel } from './travel.js';
import { carryBlocks } from './carry-blocks.js';
import { estimateQueues, type Queues } from './estimate-queues.js';
import { followVehicles, type LateTrip } from './whereabouts.js';

/** A gate counter: people in each dispatch slot up to now, for a week and the look-back at least. */
export interface CountedPeople {
  readonly venue: string;
  readonly point: string;
  readonly counted: SlotHistory;
}

/** The plan in force, as far as a new one builds on it. */
export interface PlanInForce {
  readonly problem: DispatchProblem;
  readonly blocks: readonly Block[];
}

export interface DispatchSituation extends Pick<
  ProblemInputs,
  'pack' | 'feed' | 'findDrive' | 'broken' | 'words' | 'ways'
> {
  readonly now: EpochMs;
  /** Those of `listCounters`. */
  readonly people: readonly CountedPeople[];
  /** What left in the last `DEPARTURE_MEMORY_MS`. */
  readonly departed: readonly PastDeparture[];
  /** What is still to leave of the plan in force; empty without one. */
  readonly kept: readonly Departure[];
  /** The plan in force: it knows where vehicles are, and what it announces within its horizon is kept unless a change is worth its price. */
  readonly inForce?: PlanInForce | undefined;
  /** Sessions that go otherwise than planned; default none. People who leave a venue come with the end of its session. */
  readonly sessions?: readonly SessionNews[];
  /** By vehicle, trips under way that end later than planned. */
  readonly late?: ReadonlyMap<string, LateTrip>;
}

export interface PreparedDispatch {
  readonly problem: DispatchProblem;
  /** The plan in force as far as it goes on: where a search begins. */
  readonly start: readonly Block[];
  /** Departures of the plan in force that are too near to be changed: they come before those of the new plan. */
  readonly frozen: readonly Departure[];
  readonly queues: Queues;
  /** In the order of `people`, from the slot under way to the horizon. */
  readonly forecasts: readonly Forecast[];
  /** Journeys of people who are expected and whom no line takes there, in words. */
  readonly notices: readonly string[];
}

/** Departures this old can still be under way, or tell where queues and service stand. */
export const DEPARTURE_MEMORY_MS = LOOK_BACK_MS + SERVICE_MEMORY_MS;

/** The gate counters that send people on lines, each once. */
export const listCounters = ({
  transport,
}: Pick<Pack, 'transport'>): readonly Pick<CountedPeople, 'venue' | 'point'>[] => [
  ...new Map(
    listTravel(transport).map(({ count: { venue, point } }) => [`${venue} ${point}`, { venue, point }]),
  ).values(),
];

/**
 * What a dispatch cycle plans from, live or simulated: what is frozen, where vehicles are, who waits by an estimate from counts and departures, who will come by
 * forecast, and the problem that follows.
 */
export const prepareDispatch = (situation: DispatchSituation): PreparedDispatch => {
  const { pack, feed, now, people, departed, kept, inForce, sessions = [] } = situation;
  const isOut = outCounters(pack);
  const window = dispatchWindow(now, kept.length > 0);
  const { start } = window.grid;
  const frozen = kept.filter(({ departs_ms }) => departs_ms < start);
  const left: readonly PastDeparture[] = [
    ...departed,
    ...frozen.map(({ line, pattern, vehicle, departs_ms }) => ({
      line,
      pattern,
      vehicle,
      departs: epochMs(departs_ms),
    })),
  ];
  const { time_zone: timeZone } = pack.games;
  const forecasts = people.map(({ counted }) =>
    followCounts(seasonalNaive({ history: counted, grid: window.ahead, timeZone, least: 0 }), counted, timeZone, 0),
  );
  const countsOn = (grid: SlotGrid): ProblemInputs['countsOf'] => {
    const counts = new Map(
      people.flatMap(({ venue, point, counted }, index) => {
        const forecast = forecasts[index];
        if (!forecast) return [];
        const expected = peopleOn(grid, counted, forecast);
        const own = isOut(venue, point) ? sessions.filter((session) => session.venue === venue) : [];
        return [[`${venue} ${point}`, moveSurges(expected, grid, own, now)] as const];
      }),
    );
    return (venue, point) => counts.get(`${venue} ${point}`) ?? [];
  };
  // Past and plan in one: who set out before the plan begins changes lines in it, and who comes after the last departure waits for one.
  const { grid: plan, whole } = window;
  const { ways } = situation;
  const journeys = spreadJourneys({ pack, feed, plan, grid: whole, ways, countsOf: countsOn(whole) });
  const problemOn = (
    grid: SlotGrid,
    waiting: ProblemInputs['waiting'],
    ahead: Pick<ProblemInputs, 'announced' | 'words' | 'whereabouts' | 'findDrive' | 'broken' | 'ways'> = {},
  ): DispatchProblem =>
    buildDispatchProblem({
      pack,
      feed,
      grid,
      countsOf: countsOn(grid),
      journeys: journeys.rides.map((ride) => ({ ...ride, arrivals: cutTo(grid, whole, ride.arrivals) })),
      waiting,
      departed: left.filter(({ departs }) => departs >= grid.start - SERVICE_MEMORY_MS),
      ...ahead,
    });
  const past = problemOn(window.past, []);
  const queues = estimateQueues(past, leavingOn(past, pack, left), now);
  const drives = listPatternDrives(patternsOf(feed), feed, pack.transport.layover_s, DISPATCH_SLOT_MS);
  const driven = left.map(({ departs, ...trip }) => ({ ...trip, departs_ms: departs }));
  const whereabouts = followVehicles(inForce, driven, drives, pack, start, situation.late);
  const end = inForce
    ? epochMs(inForce.problem.grid.start + inForce.problem.grid.count * inForce.problem.grid.slotMs)
    : undefined;
  const problem = problemOn(window.grid, queues.waiting, {
    announced: end === undefined || kept.length === 0 ? undefined : { departures: kept, until: end },
    words: situation.words ?? [],
    whereabouts,
    ...(situation.findDrive && { findDrive: situation.findDrive }),
    ...(situation.broken && { broken: situation.broken }),
    ...(ways && { ways }),
  });
  const stranded = journeys.unreachable.filter(({ arrivals }) => total(cutTo(plan, whole, arrivals)) >= SOMEBODY);
  const notices = new Set(stranded.map((people) => sayStranded(people, pack, feed)));
  const carried = inForce ? carryBlocks(inForce, problem) : [];
  return { problem, start: carried, frozen, queues, forecasts, notices: [...notices] };
};

/** People expected over the horizon who are worth a sentence. */
const SOMEBODY = 0.5;

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The values of a grid's slots, of those of a longer one that holds it. */
const cutTo = ({ start, count }: SlotGrid, whole: SlotGrid, values: readonly number[]): readonly number[] => {
  const first = (start - whole.start) / whole.slotMs;
  return values.slice(first, first + count);
};

/** Whether a counter counts people out of its venue: rides and journeys begin there. */
const outCounters = ({ transport }: Pick<Pack, 'transport'>) => {
  const names = new Set(
    listTravel(transport).flatMap(({ from, count }) => (from === count.venue ? [`${count.venue} ${count.point}`] : [])),
  );
  return (venue: string, point: string): boolean => names.has(`${venue} ${point}`);
};

/** What left in a problem's grid, and before it as far as it is still under way. */
const leavingOn = (
  { grid, under_way, patterns }: DispatchProblem,
  { transport }: Pick<Pack, 'transport'>,
  departed: readonly PastDeparture[],
) => {
  const types = new Map(listVehicles(transport).map(({ id, group }) => [id, group.type]));
  const known = new Set(patterns.map(({ pattern }) => pattern));
  return [
    ...under_way,
    ...departed.flatMap(({ pattern, vehicle, departs }) => {
      const slot = Math.floor((departs - grid.start) / grid.slotMs);
      const type = types.get(vehicle);
      return slot >= 0 && slot < grid.count && type !== undefined && known.has(pattern)
        ? [{ pattern, type, slot }]
        : [];
    }),
  ];
};
