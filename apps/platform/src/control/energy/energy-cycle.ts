import {
  assetKey,
  ENERGY_SLOT_MS,
  energyGrid,
  type EnergyVertices,
  forecastPower,
  prepareEnergyProblem,
  solveEnergy,
} from '#libs/energy';
import type { Forecast } from '#libs/forecast';
import type { Point } from '#libs/games';
import { epochMs, type EpochMs, MINUTE_MS, type SlotGrid } from '#libs/kernel';
import { isFresh, listHeldSwitches, listOutages, type OverrideRule } from '#libs/planning';
import type { PlanDesk } from '../plans/plan-desk.js';
import type { PlanningRoom } from '../planning-room.js';
import { reportGap } from '../plan-gauges.js';
import type { PackPoint } from '../points.js';
import { newestOf, provenanceOf, SEED } from '../provenance.js';
import { type PointForecast, recordForecasts } from '../record-forecasts.js';
import type { StoredDispatchPlan } from '../dispatch/departure-desk.js';
import { SESSION_WINDOW_MS } from '../dispatch/session-news.js';
import { chargeByVenue } from './battery-charge.js';
import { energyNews } from './energy-news.js';
import { measuredState } from './measured-state.js';
import { MonthPeaks } from './month-peaks.js';

export const ENERGY_CADENCE_MS = 5 * MINUTE_MS;
/** Wall time for an optimum, which takes a second or two, on a machine that is busy. */
export const ENERGY_SOLVE_MS = 30_000;
/** With machines that are on or off, a plan so near the optimum is one: forecasts are off by more. */
const GAP = 0.005;
const SOLVED: ReadonlySet<string> = new Set(['optimal', 'feasible']);

/** Every five event-minutes, and at once on news: forecast a day of load and generation, and plan what the venues' assets do in it. */
export class EnergyCycle {
  private readonly peaks: MonthPeaks;
  /** What the last plan knew; undefined before the first. */
  private known: string | undefined;
  /** Where the last plan ended: the next one begins there. */
  private vertex: EnergyVertices | undefined;

  constructor(
    private readonly room: PlanningRoom,
    private readonly desk: PlanDesk,
    private readonly dispatch: Pick<PlanDesk, 'findActive'>,
  ) {
    this.peaks = new MonthPeaks(room.pack, room.points, room.store.readings);
  }

  /** Whether people or venues have said something since the last plan that it has to go by. */
  async hasNews(overrides: readonly OverrideRule[], now: EpochMs): Promise<boolean> {
    return this.known !== undefined && energyNews(overrides, await this.listSessions(now), now) !== this.known;
  }

  async run(): Promise<void> {
    const { room, desk } = this;
    const now = room.now();
    const overrides = await room.store.operations.listOverrides(now);
    const sessions = await this.listSessions(now);
    const news = energyNews(overrides, sessions, now);
    const isNews = this.known !== undefined && news !== this.known;
    this.known = news;
    // What waits for a person does not know the news.
    if (!isNews && (await desk.findWaiting(now, room.patienceMs))) return;
    const grid = energyGrid(now);
    const load = await this.forecastKind('load_power', grid, now);
    const pv = await this.forecastKind('pv_power', grid, now);
    const parts = await this.forecastParts(grid, now);
    const latest = await room.store.readings.latest(room.points.all.map(({ id }) => id));
    const forecastRun = await recordForecasts(room, desk.kind, now, [...load, ...pv, ...parts.map(({ own }) => own)]);
    const problem = prepareEnergyProblem({
      pack: room.pack,
      grid,
      load: byVenue(load),
      pv: byVenue(pv),
      parts: new Map(parts.map(({ key, own }) => [key, own.forecast])),
      socRatio: await chargeByVenue(room.store.readings, room.pack, room.points, now),
      measured: { ...(await measuredState(room, now)), peaks: await this.peaks.load(now) },
      outages: listOutages(overrides, now),
      holds: listHeldSwitches(overrides, now),
      sessions,
      charging: await this.listCharging(now),
    });
    const started = performance.now();
    const { plan, solve, vertex } = await solveEnergy(problem, {
      solver: room.solver,
      deadlineMs: room.budgetMs,
      seed: SEED,
      relativeGap: GAP,
      from: this.vertex,
    });
    this.vertex = vertex;
    room.metrics.solveDuration.observe({ kind: desk.kind }, (performance.now() - started) / 1000);
    reportGap(room.metrics, desk.kind, solve.gap);
    if (solve.failure !== null && (await this.hasSolvedPlan(now))) throw new Error(solve.failure);
    const lastWord = Math.max(grid.start + ENERGY_SLOT_MS, ...plan.setpoints.map(({ until_ms }) => until_ms));
    await desk.propose({
      created: now,
      valid_until: epochMs(lastWord),
      provenance: provenanceOf(room.pack, forecastRun, newestOf(latest.values()), {
        solver: room.solver.name,
        status: solve.status,
        objective: solve.objective,
        bound: solve.bound,
        gap_ratio: solve.gap,
        solve_ms: solve.solveMs,
      }),
      problem,
      content: plan,
    });
  }

  /** Without an answer of the solver there is still a plan, batteries at rest; but a solved one that is in force is better while it lasts. */
  private async hasSolvedPlan(now: EpochMs): Promise<boolean> {
    const active = await this.desk.findActive();
    return active !== undefined && isFresh(active, now) && SOLVED.has(active.provenance.solver_status);
  }

  private listSessions(now: EpochMs) {
    return this.room.store.operations.listSessionStates(epochMs(now - SESSION_WINDOW_MS));
  }

  private async listCharging(now: EpochMs) {
    const active = (await this.dispatch.findActive()) as StoredDispatchPlan | undefined;
    return active && isFresh(active, now) ? (active.content.charging ?? []) : [];
  }

  private forecastKind(kind: Point['kind'], grid: SlotGrid, now: EpochMs): Promise<readonly PointForecast[]> {
    const { pack, points } = this.room;
    const measured = pack.venues.flatMap(({ id }) => points.findKind(id, kind) ?? []);
    return Promise.all(measured.map((one) => this.forecast(one, grid, now)));
  }

  /** Of loads with a point of their own. */
  private forecastParts(grid: SlotGrid, now: EpochMs) {
    const { pack, points } = this.room;
    const measured = pack.venues.flatMap(({ id: venue, loads = [] }) =>
      loads.flatMap(({ id, point }) =>
        point === undefined ? [] : [{ key: assetKey(venue, id), one: points.getNamed(venue, point) }],
      ),
    );
    return Promise.all(measured.map(async ({ key, one }) => ({ key, own: await this.forecast(one, grid, now) })));
  }

  private async forecast(one: PackPoint, grid: SlotGrid, now: EpochMs): Promise<PointForecast> {
    const history = await this.room.histories.load(one.id, ENERGY_SLOT_MS, 'mean', now);
    return { one, forecast: forecastPower(history, grid, this.room.pack.games.time_zone) };
  }
}

const byVenue = (series: readonly PointForecast[]): ReadonlyMap<string, Forecast> =>
  new Map(series.map(({ one, forecast }) => [one.venue, forecast]));
