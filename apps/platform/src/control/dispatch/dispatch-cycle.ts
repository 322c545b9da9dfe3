import { epochMs, type EpochMs, MINUTE_MS } from '#libs/kernel';
import { departureOverrides, isFresh, vehiclesOut } from '#libs/planning';
import {
  type CountedPeople,
  DISPATCH_SLOT_MS,
  type Feed,
  listCounters,
  listDepotReliefs,
  prepareDispatch,
  publishDispatch,
  type Queues,
} from '#libs/transport';
import type { PlanDesk } from '../plans/plan-desk.js';
import type { PlanningRoom } from '../planning-room.js';
import { reportGap } from '../plan-gauges.js';
import { newestOf, provenanceOf, SEED } from '../provenance.js';
import { type PointForecast, recordForecasts } from '../record-forecasts.js';
import type { DispatchPlanner } from './dispatch-planner.js';
import type { DepartureDesk, StoredDispatchPlan } from './departure-desk.js';
import { SESSION_WINDOW_MS, sessionNews } from './session-news.js';
import { DispatchNews, type NewsItem } from './dispatch-news.js';
import type { LiveDesk } from '../../positions/live-desk.js';
import { lateTrips } from './late-trips.js';
import type { RoadDesk } from './road-desk.js';

export const DISPATCH_CADENCE_MS = MINUTE_MS;
/** Wall time for a search, which takes all that it is given. */
export const DISPATCH_SOLVE_MS = 10_000;
/** Half the horizon: past that, a plan that was never renewed knows too little of who waits. */
const VALID_MS = 90 * MINUTE_MS;

/** So many depots are tried when people wait too long. */
const MOST_RELIEFS = 4;

/** Once an event-minute: who waits where, who will come, and which vehicle leaves when. */
export class DispatchCycle {
  private latest: Queues | undefined;
  private readonly told: DispatchNews;

  constructor(
    private readonly room: Omit<PlanningRoom, 'solver'>,
    private readonly planner: Pick<DispatchPlanner, 'plan' | 'solver'>,
    private readonly feed: Feed,
    private readonly desk: PlanDesk,
    private readonly departures: DepartureDesk,
    private readonly roads: RoadDesk,
    private readonly vehicles: Pick<LiveDesk, 'picture' | 'waysAt'>,
  ) {
    this.told = new DispatchNews(room.pack, feed);
  }

  /** The last estimate; undefined before the first cycle. */
  get queues(): Queues | undefined {
    return this.latest;
  }

  /** What the plans of the last hour changed. */
  get news(): readonly NewsItem[] {
    return this.told.latest;
  }

  async run(): Promise<void> {
    const { room, desk } = this;
    const now = room.now();
    const overrides = await room.store.operations.listOverrides(now);
    const active = (await desk.findActive()) as StoredDispatchPlan | undefined;
    const kept = this.departures.upcoming(active, overrides, now).departures;
    const inForce = active && isFresh(active, now) ? active : undefined;
    const people = await this.readCounts(now);
    const roads = this.roads.news(overrides, now);
    const states = await room.store.operations.listSessionStates(epochMs(now - SESSION_WINDOW_MS));
    const { problem, start, frozen, queues, forecasts, notices } = prepareDispatch({
      pack: room.pack,
      feed: this.feed,
      now,
      people,
      departed: this.departures.recent,
      kept,
      inForce: inForce && { problem: inForce.problem, blocks: inForce.content.blocks },
      words: departureOverrides(overrides, now).map(({ target }) => target),
      broken: vehiclesOut(overrides, now),
      late: lateTrips(this.vehicles.picture, room.pack.transport.layover_s, now),
      sessions: sessionNews(room.pack, states, now),
      // A closed road says more than how the road was driven before.
      ways: new Map([...this.vehicles.waysAt(now), ...(roads?.ways ?? [])]),
      ...(roads && { findDrive: roads.findDrive }),
    });
    this.latest = queues;
    for (const { stop, queue } of queues.stops) room.metrics.stopQueue.set({ stop }, queue);
    if (await desk.findWaiting(now, room.patienceMs)) return;

    const series = people.flatMap(({ venue, point }, index): readonly PointForecast[] => {
      const forecast = forecasts[index];
      return forecast ? [{ one: room.points.getNamed(venue, point), forecast }] : [];
    });
    const forecastRun = await recordForecasts(room, desk.kind, now, series);
    const { plan, summary, reliefs } = await this.planner.plan({
      problem,
      start,
      deadlineMs: room.budgetMs,
      seed: SEED,
      reliefs: listDepotReliefs(room.pack).slice(0, MOST_RELIEFS),
    });
    room.metrics.solveDuration.observe({ kind: desk.kind }, summary.solve_ms / 1000);
    reportGap(room.metrics, desk.kind, summary.gap_ratio);
    const words = [...(roads?.words ?? []), ...notices];
    const content = publishDispatch(problem, plan, frozen, inForce, {
      notices: words,
      reliefs,
      transport: room.pack.transport,
    });
    const readings = await room.store.readings.latest(series.map(({ one }) => one.id));
    await desk.propose({
      created: now,
      valid_until: epochMs(now + VALID_MS),
      provenance: provenanceOf(room.pack, forecastRun, newestOf(readings.values()), {
        ...summary,
        solver: this.planner.solver,
      }),
      problem,
      content,
    });
    this.told.add(content, now);
    for (const { line, mean_wait_s } of content.lines) room.metrics.lineWait.set({ line }, mean_wait_s);
  }

  private readCounts(now: EpochMs): Promise<readonly CountedPeople[]> {
    const { pack, points, histories } = this.room;
    return Promise.all(
      listCounters(pack).map(async ({ venue, point }) => {
        const { id } = points.getNamed(venue, point);
        return { venue, point, counted: await histories.load(id, DISPATCH_SLOT_MS, 'sum', now) };
      }),
    );
  }
}
