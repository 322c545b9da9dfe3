import type { EnergyPlan, EnergyProblem } from '#libs/energy';
import { listVehicles } from '#libs/games';
import { addedDepartures, type Plan } from '#libs/planning';
import { orderCommands, type OrderPublisher } from './commands/order-commands.js';
import { setpointCommands, type SetpointPublisher } from './commands/setpoint-commands.js';
import type { DepartureDesk, StoredDispatchPlan } from './dispatch/departure-desk.js';
import type { DispatchCycle } from './dispatch/dispatch-cycle.js';
import { CorrectionDesk } from './energy/correction-desk.js';
import type { EnergyCycle } from './energy/energy-cycle.js';
import { reportPower } from './energy/site-power.js';
import { reportPlanAges } from './plan-gauges.js';
import type { PlanDesk } from './plans/plan-desk.js';
import type { PlanningRoom } from './planning-room.js';

/** State document in which other roles find queues, feeders' loads, the vehicles of added departures, departures that no vehicle can make, and what plans changed. */
export const ESTIMATE = 'estimate';

export interface WatchParts {
  readonly room: Pick<PlanningRoom, 'pack' | 'points' | 'store' | 'metrics' | 'now'>;
  readonly energy: PlanDesk;
  readonly dispatch: PlanDesk;
  readonly departures: DepartureDesk;
  readonly estimates: Pick<DispatchCycle, 'queues' | 'news'>;
  readonly setpoints: SetpointPublisher;
  readonly orders: OrderPublisher;
  readonly energyNews: Pick<EnergyCycle, 'hasNews'>;
  /** Runs the energy cycle at once. */
  readonly planEnergy: () => void;
}

/** Once a wall second: what people decided takes effect, limits are kept by what is measured, and what assets and vehicles were told is kept true. */
export class Watch {
  private readonly vehicles: readonly string[];
  private readonly corrections: CorrectionDesk;

  constructor(private readonly parts: WatchParts) {
    this.corrections = new CorrectionDesk(parts.room.pack, parts.room.points);
    this.vehicles = listVehicles(parts.room.pack.transport).map(({ id }) => id);
  }

  async run(): Promise<void> {
    const { room, energy, dispatch } = this.parts;
    const now = room.now();
    for (const desk of [energy, dispatch]) {
      await desk.pickUpApproved(now);
      await desk.clearExpired(now);
    }
    const overrides = await room.store.operations.listOverrides(now);
    const energyPlan = (await energy.findActive()) as Plan<EnergyProblem, EnergyPlan> | undefined;
    const dispatchPlan = (await dispatch.findActive()) as StoredDispatchPlan | undefined;
    reportPlanAges(room.metrics, [energyPlan, dispatchPlan], now);

    if (await this.parts.energyNews.hasNews(overrides, now)) this.parts.planEnergy();
    const latest = await room.store.readings.latest(room.points.all.map(({ id }) => id));
    const planned = energyPlan?.content.setpoints ?? [];
    const corrections = this.corrections.run(latest, planned, overrides, now);
    await this.parts.setpoints.publish(setpointCommands(room.pack, energyPlan, overrides, now, corrections), now);

    const { departures, dropped } = this.parts.departures.upcoming(dispatchPlan, overrides, now);
    if (dispatchPlan) {
      const ahead = await this.parts.departures.depart(dispatchPlan.id, departures, now);
      const trips = [...this.parts.departures.last, ...ahead];
      await this.parts.orders.publish(orderCommands(dispatchPlan, trips, this.vehicles), now);
    }

    const feeders = reportPower(room.pack, room.points, latest, room.metrics);
    const queues = this.parts.estimates.queues;
    await room.store.operations.putState(ESTIMATE, {
      at_ms: now,
      lines: queues?.lines ?? [],
      stops: queues?.stops ?? [],
      feeders,
      added_departures: dispatchPlan ? addedDepartures(dispatchPlan.content.departures, departures) : [],
      dropped_departures: dropped,
      news: this.parts.estimates.news,
    });
  }
}
