import { type Forecast, seasonalNaive, type SlotHistory } from '#libs/forecast';
import type { Pack } from '#libs/games';
import { type EpochMs, epochMs, type SlotGrid } from '#libs/kernel';
import type { Departure } from '../plan.js';
import type { DispatchProblem } from '../problem.js';
import {
  buildDispatchProblem,
  type DispatchInputs,
  type PastDeparture,
  SERVICE_MEMORY_MS,
} from './build-dispatch-problem.js';
import type { DepartureWord } from './announced.js';
import { dispatchWindow, LOOK_BACK_MS } from './dispatch-window.js';
import { estimateQueues, type Queues } from './estimate-queues.js';
import { peopleOn } from './people-on.js';

/** A gate counter: people in each dispatch slot up to now, for a week and the look-back at least. */
export interface CountedPeople {
  readonly venue: string;
  readonly point: string;
  readonly counted: SlotHistory;
}

export interface DispatchSituation extends Pick<DispatchInputs, 'pack' | 'feed'> {
  readonly now: EpochMs;
  /** Those of `listCounters`. */
  readonly people: readonly CountedPeople[];
  /** What left in the last `DEPARTURE_MEMORY_MS`. */
  readonly departed: readonly PastDeparture[];
  /** What is still to leave of the plan in force; empty without one. */
  readonly kept: readonly Departure[];
  /** End of that plan's horizon: what it announces up to then is kept unless a change is worth its price. Without it, changes are free. */
  readonly keptUntil?: EpochMs | undefined;
  /** What people said of departures; default nothing. */
  readonly words?: readonly DepartureWord[];
}

export interface PreparedDispatch {
  readonly problem: DispatchProblem;
  /** Departures of the plan in force that are too near to be changed: they come before those of the new plan. */
  readonly frozen: readonly Departure[];
  readonly queues: Queues;
  /** In the order of `people`, from the slot under way to the horizon. */
  readonly forecasts: readonly Forecast[];
}

/** Departures this old can still be under way, or tell where queues and service stand. */
export const DEPARTURE_MEMORY_MS = LOOK_BACK_MS + SERVICE_MEMORY_MS;

/** The gate counters that send people on lines, each once. */
export const listCounters = ({
  transport,
}: Pick<Pack, 'transport'>): readonly Pick<CountedPeople, 'venue' | 'point'>[] => [
  ...new Map(
    transport.lines
      .flatMap(({ rides }) => rides)
      .map(({ count: { venue, point } }) => [`${venue} ${point}`, { venue, point }]),
  ).values(),
];

/**
 * What a dispatch cycle plans from, live or simulated: what is frozen, who waits by an estimate from counts and departures, who will come by
 * forecast, and the problem that follows.
 */
export const prepareDispatch = (situation: DispatchSituation): PreparedDispatch => {
  const { pack, feed, now, people, departed, kept, keptUntil, words = [] } = situation;
  const window = dispatchWindow(now, kept.length > 0);
  const frozen = kept.filter(({ departs_ms }) => departs_ms < window.grid.start);
  const left = [...departed, ...frozen.map(({ departs_ms, ...trip }) => ({ ...trip, departs: epochMs(departs_ms) }))];
  const forecasts = people.map(({ counted }) =>
    seasonalNaive({ history: counted, grid: window.ahead, timeZone: pack.games.time_zone, least: 0 }),
  );
  const problemOn = (
    grid: SlotGrid,
    waiting: DispatchInputs['waiting'],
    ahead: Pick<DispatchInputs, 'announced' | 'words'> = {},
  ): DispatchProblem => {
    const counts = new Map(
      people.flatMap(({ venue, point, counted }, index) => {
        const forecast = forecasts[index];
        return forecast ? [[`${venue} ${point}`, peopleOn(grid, counted, forecast)] as const] : [];
      }),
    );
    return buildDispatchProblem({
      pack,
      feed,
      grid,
      countsOf: (venue, point) => counts.get(`${venue} ${point}`) ?? [],
      waiting,
      departed: left.filter(({ departs }) => departs >= grid.start - SERVICE_MEMORY_MS),
      ...ahead,
    });
  };
  const queues = estimateQueues(problemOn(window.past, []), now);
  const announced = keptUntil === undefined || kept.length === 0 ? undefined : { departures: kept, until: keptUntil };
  return { problem: problemOn(window.grid, queues.waiting, { announced, words }), frozen, queues, forecasts };
};
