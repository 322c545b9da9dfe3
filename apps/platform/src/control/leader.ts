import { createSolver, type LinearSolver } from '#libs/lp';
import { type Clock, DAY_MS, type EpochMs, epochMs, floorTo, formatFault, MINUTE_MS } from '#libs/kernel';
import type { PlanKind } from '#libs/planning';
import { type ClockMessage, topics } from '#libs/telemetry';
import type { Pack } from '#libs/games';
import { type Feed, readPackFeed } from '#libs/transport';
import type { PlatformContext } from '../context.js';
import { BrokerLink } from './broker-link.js';
import { solverBudget } from './cadence.js';
import { OrderPublisher } from './commands/order-commands.js';
import { SetpointPublisher } from './commands/setpoint-commands.js';
import { DepartureDesk, type StoredDispatchPlan } from './dispatch/departure-desk.js';
import { DISPATCH_CADENCE_MS, DispatchCycle } from './dispatch/dispatch-cycle.js';
import { LIVE_MS, LiveDesk } from '../positions/live-desk.js';
import { RoadDesk } from './dispatch/road-desk.js';
import { ENERGY_CADENCE_MS, EnergyCycle } from './energy/energy-cycle.js';
import { CHECKPOINT_MS, EventClockOwner, firstInstant } from './event-clock-owner.js';
import { importHistory } from './history/import-history.js';
import { SlotHistories } from './history/slot-histories.js';
import { forgetLeaderGauges } from './plan-gauges.js';
import { PlanDesk } from './plans/plan-desk.js';
import type { PlanningRoom } from './planning-room.js';
import { PackPoints } from './points.js';
import type { Rounds } from './rounds.js';
import { Watch } from './watch.js';

const WATCH_MS = 1_000;
const ROLL_UP_MS = 5_000;
const MAINTAIN_MS = 60_000;
const KEEP_PLANS_MS = 7 * DAY_MS;
/** What a person decided on stays in the books for ever, its large documents do not. */
const KEEP_DOCUMENTS_MS = 30 * DAY_MS;
/** A person needs wall time to look at a proposal, but never so long that the plan is worth nothing: three cadences at least. */
const PATIENCE_WALL_MS = 30_000;
const PATIENCE_CADENCES = 3;

export interface LeaderTools {
  readonly context: PlatformContext;
  readonly rounds: Rounds;
  readonly wall: Clock;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What the one process that leads does, from taking the lead to giving it up. */
export class Leader {
  private readonly solvers: LinearSolver[] = [];
  private link: BrokerLink | undefined;
  private clock: EventClockOwner | undefined;
  /** Where imported history ends, when this process imported it. */
  private recordedFrom: EpochMs | undefined;

  constructor(private readonly tools: LeaderTools) {}

  /** Fills an empty store, takes over the event clock, and starts the rounds. */
  async start(): Promise<void> {
    const { context, wall, say, signal } = this.tools;
    const { pack, store, settings } = context;
    const feed = readFeed(pack);
    const points = PackPoints.of(pack, await store.listPoints());
    const reserved = await store.operations.loadClock();
    const begin = reserved
      ? epochMs(Math.max(wall.now(), reserved.reservedEventMs))
      : firstInstant(pack.games.time_zone, settings.begin, wall.now());
    await store.readings.maintain(begin);
    const imported = await importHistory(store.readings, pack, points, begin, { say, signal });
    if (signal.aborted) return;
    if (imported > 0) this.recordedFrom = floorTo(begin, MINUTE_MS);

    if (!reserved) await store.operations.saveClock(begin);
    const clock = await EventClockOwner.start(store.operations, wall, settings.speed);
    this.clock = clock;
    const histories = new SlotHistories(store.readings);
    const roomOf = (cadenceMs: number): PlanningRoom => ({
      pack,
      points,
      store,
      metrics: context.metrics,
      histories,
      solver: this.openSolver(),
      now: () => clock.now(),
      wall,
      budgetMs: solverBudget(cadenceMs, settings.speed),
      patienceMs: Math.max(PATIENCE_CADENCES * cadenceMs, PATIENCE_WALL_MS * settings.speed),
    });
    const desks = { plans: store.plans, states: store.operations, metrics: context.metrics };
    const energy = new PlanDesk('energy', pack.energy.approval, desks);
    const dispatch = new PlanDesk('dispatch', pack.transport.approval, desks);
    const departures = new DepartureDesk(store.operations);
    await departures.start(pack, feed, (await dispatch.findActive()) as StoredDispatchPlan | undefined, clock.now());

    const room = roomOf(DISPATCH_CADENCE_MS);
    const energyCycle = new EnergyCycle(roomOf(ENERGY_CADENCE_MS), energy, dispatch);
    const nextSeq = (kind: PlanKind) => () => store.plans.nextSeq(kind);
    const link = new BrokerLink(
      settings.mqttUrl,
      { topic: topics.clock(), payload: () => this.clockMessage(clock, 'offline') },
      () => {
        setpoints.forget();
        orders.forget();
        void this.publishClock('online');
      },
    );
    this.link = link;
    const setpoints = new SetpointPublisher(link, nextSeq('energy'));
    const orders = new OrderPublisher(link, nextSeq('dispatch'));
    const vehicles = await LiveDesk.start({ pack, feed, store, metrics: context.metrics, link, dispatch, departures });
    const dispatchCycle = new DispatchCycle(room, feed, dispatch, departures, new RoadDesk(pack, feed), vehicles);
    const { rounds } = this.tools;
    const planEnergy = rounds.everyEvent('energy', clock, ENERGY_CADENCE_MS, () => energyCycle.run());
    const watch = new Watch({
      room,
      energy,
      dispatch,
      departures,
      estimates: dispatchCycle,
      setpoints,
      orders,
      energyNews: energyCycle,
      planEnergy,
    });
    rounds.everyEvent('dispatch', clock, DISPATCH_CADENCE_MS, () => dispatchCycle.run());
    rounds.everyWall('watch', WATCH_MS, () => watch.run());
    rounds.everyWall('vehicles', LIVE_MS, () => vehicles.run(clock.now(), settings.speed));
    rounds.everyWall('clock', CHECKPOINT_MS, () => this.checkpoint(clock));
    rounds.everyWall('roll-up', ROLL_UP_MS, async () => {
      await store.readings.rollUp({ settled: true });
    });
    rounds.everyWall('maintenance', MAINTAIN_MS, async () => {
      await store.readings.maintain(clock.now());
      const now = clock.now();
      await store.plans.prune(epochMs(now - KEEP_PLANS_MS), epochMs(now - KEEP_DOCUMENTS_MS));
    });
  }

  /**
   * Nothing of it runs on when this resolves. What the database does not take any more is left. When the lead was lost, another may have it
   * by now: then nothing is said of the clock, which is the other's.
   */
  async stop(lost: boolean): Promise<void> {
    const closed = this.solvers.map((solver) => solver.close());
    await this.tools.rounds.stop();
    forgetLeaderGauges(this.tools.context.metrics);
    if (!lost) {
      await this.publishClock('offline');
      await Promise.allSettled([this.clock?.release()]);
    }
    await Promise.allSettled([this.link?.close(), ...closed]);
  }

  private openSolver(): LinearSolver {
    const solver = createSolver(this.tools.context.settings.solver);
    this.solvers.push(solver);
    return solver;
  }

  private async checkpoint(clock: EventClockOwner): Promise<void> {
    await this.publishClock('online');
    await clock.checkpoint();
  }

  private async publishClock(state: ClockMessage['state']): Promise<void> {
    if (this.clock) await this.link?.publishRetained(topics.clock(), this.clockMessage(this.clock, state));
  }

  private clockMessage(clock: EventClockOwner, state: ClockMessage['state']): ClockMessage {
    const wall_ms = this.tools.wall.now();
    const from = this.recordedFrom === undefined ? {} : { recorded_from: this.recordedFrom };
    return { event_ms: clock.now(), wall_ms, speed: clock.clock.speed, state, ...from };
  }
}

const readFeed = (pack: Pack): Feed => {
  const feed = readPackFeed(pack);
  if (feed.ok) return feed.value;
  const [first] = feed.error;
  throw new Error(`The pack's GTFS feed cannot be read: ${first ? formatFault(first) : 'unknown fault'}.`);
};
