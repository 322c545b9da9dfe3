import { type Forecast, seasonalNaive, type SlotHistory } from '#libs/forecast';
import { epochMs, type EpochMs, MINUTE_MS, type SlotGrid, slotStart } from '#libs/kernel';
import {
  buildDispatchProblem,
  type DispatchInputs,
  type Feed,
  SERVICE_MEMORY_MS,
  solveDispatch,
} from '#libs/transport';
import type { PlanDesk } from '../plans/plan-desk.js';
import type { PlanningRoom } from '../planning-room.js';
import type { PackPoint } from '../points.js';
import { newestOf, provenanceOf, SEED } from '../provenance.js';
import type { DepartureDesk, StoredDispatchPlan } from './departure-desk.js';
import { type DispatchWindow, dispatchWindow } from './dispatch-window.js';
import { DISPATCH_SLOT_MS, peopleOn } from './people.js';
import { estimateQueues, type Queues } from './queues.js';

export const DISPATCH_CADENCE_MS = MINUTE_MS;
/** Half the horizon: past that, a plan that was never renewed knows too little of who waits. */
const VALID_MS = 90 * MINUTE_MS;

interface CountSeries {
  readonly one: PackPoint;
  readonly counted: SlotHistory;
  readonly forecast: Forecast;
}

/** Once an event-minute: who waits where, who will come, and which vehicle leaves when. */
export class DispatchCycle {
  private latest: Queues | undefined;

  constructor(
    private readonly room: PlanningRoom,
    private readonly feed: Feed,
    private readonly desk: PlanDesk,
    private readonly departures: DepartureDesk,
  ) {}

  /** The last estimate; undefined before the first cycle. */
  get queues(): Queues | undefined {
    return this.latest;
  }

  async run(): Promise<void> {
    const { room, desk } = this;
    const now = room.now();
    const overrides = await room.store.operations.listOverrides(now);
    const active = (await desk.findActive()) as StoredDispatchPlan | undefined;
    const kept = this.departures.upcoming(active, overrides, now).departures;
    const window = dispatchWindow(now, kept.length > 0);
    const frozen = kept.filter(({ departs_ms }) => departs_ms < window.grid.start);
    const series = await this.readCounts(window, now);
    const departed = [
      ...this.departures.recent,
      ...frozen.map(({ line, vehicle, departs_ms }) => ({ line, vehicle, departs: epochMs(departs_ms) })),
    ];
    this.latest = estimateQueues(this.problemOn(window.past, series, { waiting: [], departed }), now);
    for (const { stop, queue } of this.latest.stops) room.metrics.stopQueue.set({ stop }, queue);
    if (await desk.findWaiting(now, room.patienceMs)) return;

    const forecastRun = await this.saveForecast(series, now);
    const problem = this.problemOn(window.grid, series, { waiting: this.latest.waiting, departed });
    const started = performance.now();
    const { plan, summary } = await solveDispatch(problem, {
      solver: room.solver,
      clock: room.wall,
      deadlineMs: room.budgetMs,
      seed: SEED,
    });
    room.metrics.solveDuration.observe({ kind: desk.kind }, (performance.now() - started) / 1000);
    if (summary.gap_ratio !== null) room.metrics.solveGap.set({ kind: desk.kind }, summary.gap_ratio);
    const readings = await room.store.readings.latest(series.map(({ one }) => one.id));
    await desk.propose({
      created: now,
      valid_until: epochMs(now + VALID_MS),
      provenance: provenanceOf(room.pack, forecastRun, newestOf(readings.values()), summary),
      problem,
      content: { ...plan, departures: [...frozen, ...plan.departures] },
    });
    for (const { line, mean_wait_s } of plan.lines) room.metrics.lineWait.set({ line }, mean_wait_s);
  }

  /** Each gate counter that sends people on a line: counted, and forecast from the slot under way. */
  private async readCounts({ ahead }: DispatchWindow, now: EpochMs): Promise<readonly CountSeries[]> {
    const { pack, points, histories, metrics } = this.room;
    const counters = new Map(
      pack.transport.lines
        .flatMap(({ rides }) => rides)
        .map(({ count }) => [`${count.venue} ${count.point}`, points.getNamed(count.venue, count.point)]),
    );
    return Promise.all(
      [...counters.values()].map(async (one) => {
        const counted = await histories.load(one.id, DISPATCH_SLOT_MS, 'sum', now);
        const forecast = seasonalNaive({ history: counted, grid: ahead, timeZone: pack.games.time_zone, least: 0 });
        if (forecast.errorRatio !== null)
          metrics.forecastError.set({ series: `${one.venue}.${one.point.id}` }, forecast.errorRatio);
        return { one, counted, forecast };
      }),
    );
  }

  private problemOn(
    grid: SlotGrid,
    series: readonly CountSeries[],
    given: Pick<DispatchInputs, 'waiting' | 'departed'>,
  ): ReturnType<typeof buildDispatchProblem> {
    const people = new Map(
      series.map(({ one, counted, forecast }) => [`${one.venue} ${one.point.id}`, peopleOn(grid, counted, forecast)]),
    );
    return buildDispatchProblem({
      pack: this.room.pack,
      feed: this.feed,
      grid,
      countsOf: (venue, point) => people.get(`${venue} ${point}`) ?? [],
      waiting: given.waiting,
      departed: given.departed.filter(({ departs }) => departs >= grid.start - SERVICE_MEMORY_MS),
    });
  }

  private async saveForecast(series: readonly CountSeries[], now: EpochMs): Promise<string> {
    const id = `${this.desk.kind}-${now}`;
    await this.room.store.operations.saveForecast({
      id,
      made: now,
      method: series[0]?.forecast.method ?? 'none',
      values: series.flatMap(({ one, forecast }) =>
        forecast.values.map((value, slot) => ({ pointId: one.id, ts: slotStart(forecast.grid, slot), value })),
      ),
    });
    return id;
  }
}
