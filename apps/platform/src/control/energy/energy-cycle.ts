import { ENERGY_SLOT_MS, energyGrid, forecastPower, prepareEnergyProblem, solveEnergy } from '#libs/energy';
import type { Point } from '#libs/games';
import { epochMs, type EpochMs, MINUTE_MS, type SlotGrid } from '#libs/kernel';
import { isFresh } from '#libs/planning';
import type { PlanDesk } from '../plans/plan-desk.js';
import type { PlanningRoom } from '../planning-room.js';
import { reportGap } from '../plan-gauges.js';
import { newestOf, provenanceOf, SEED } from '../provenance.js';
import { type PointForecast, recordForecasts } from '../record-forecasts.js';
import { chargeByVenue } from './battery-charge.js';

export const ENERGY_CADENCE_MS = 5 * MINUTE_MS;
const SOLVED: ReadonlySet<string> = new Set(['optimal', 'feasible']);

/** Every five event-minutes: forecast a day of load and generation, and plan what batteries and PV do in it. */
export class EnergyCycle {
  constructor(
    private readonly room: PlanningRoom,
    private readonly desk: PlanDesk,
  ) {}

  async run(): Promise<void> {
    const { room, desk } = this;
    const now = room.now();
    if (await desk.findWaiting(now, room.patienceMs)) return;
    const grid = energyGrid(now);
    const load = await this.forecastKind('load_power', grid, now);
    const pv = await this.forecastKind('pv_power', grid, now);
    const latest = await room.store.readings.latest(room.points.all.map(({ id }) => id));
    const forecastRun = await recordForecasts(room, desk.kind, now, [...load, ...pv]);
    const problem = prepareEnergyProblem({
      pack: room.pack,
      grid,
      loadKw: valuesByVenue(load),
      pvKw: valuesByVenue(pv),
      socRatio: await chargeByVenue(room.store.readings, room.pack, room.points, now),
    });
    const started = performance.now();
    const { plan, solve } = await solveEnergy(problem, {
      solver: room.solver,
      deadlineMs: room.budgetMs,
      seed: SEED,
    });
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

  private forecastKind(kind: Point['kind'], grid: SlotGrid, now: EpochMs): Promise<readonly PointForecast[]> {
    const { pack, points, histories } = this.room;
    const measured = pack.venues.flatMap(({ id }) => points.findKind(id, kind) ?? []);
    return Promise.all(
      measured.map(async (one) => {
        const history = await histories.load(one.id, ENERGY_SLOT_MS, 'mean', now);
        const forecast = forecastPower(history, grid, pack.games.time_zone);
        return { one, forecast };
      }),
    );
  }
}

const valuesByVenue = (series: readonly PointForecast[]): ReadonlyMap<string, readonly number[]> =>
  new Map(series.map(({ one, forecast }) => [one.venue, forecast.values]));
