import { createSolver } from '#libs/lp';
import { type Clock, DAY_MS, type EpochMs, epochMs, formatFault } from '#libs/kernel';
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
import { DISPATCH_CADENCE_MS, DISPATCH_SOLVE_MS, DispatchCycle } from './dispatch/dispatch-cycle.js';
import { DispatchPlanner } from './dispatch/dispatch-planner.js';
import { LedgerKeeper } from '../ledger/ledger-keeper.js';
import type { JobQueue } from '../simulate/job-queue.js';
import { LIVE_MS, LiveDesk } from '../positions/live-desk.js';
import { RoadDesk } from './dispatch/road-desk.js';
import { ENERGY_CADENCE_MS, ENERGY_SOLVE_MS, EnergyCycle } from './energy/energy-cycle.js';
import { firstInstant, nextInstant } from './event-begin.js';
import { CHECKPOINT_MS, EventClockOwner } from './event-clock-owner.js';
import type { History } from './history/history-document.js';
import { importHistory, openHistory } from './history/import-history.js';
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
const LEDGER_MS = 5_000;
const KEEP_PLANS_MS = 7 * DAY_MS;
/** What a person decided on stays in the books for ever, its large documents do not. */
const KEEP_DOCUMENTS_MS = 30 * DAY_MS;
/** A person needs wall time to look at a proposal, but never so long that the plan is worth nothing: three cadences at least. */
const PATIENCE_WALL_MS = 30_000;
const PATIENCE_CADENCES = 3;

/** What goes out to assets and vehicles. */
interface Commands {
  readonly link: BrokerLink;
  readonly setpoints: SetpointPublisher;
  readonly orders: OrderPublisher;
}

export interface LeaderTools {
  readonly context: PlatformContext;
  readonly queue: JobQueue;
  readonly rounds: Rounds;
  readonly wall: Clock;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What the one process that leads does, from taking the lead to giving it up. */
export class Leader {
  private solvers: readonly { close(): Promise<void> }[] = [];
  private link: BrokerLink | undefined;
  private clock: EventClockOwner | undefined;
  /** Where imported history ends, when this process imports it. */
  private recordedFrom: EpochMs | undefined;

  constructor(private readonly tools: LeaderTools) {}

  /** Takes over the event clock, fills an empty store, and then starts to plan. */
  async start(): Promise<void> {
    const { context, wall, signal } = this.tools;
    const { pack, store, settings } = context;
    const feed = readFeed(pack);
    const points = PackPoints.of(pack, await store.listPoints());
    const reserved = await store.operations.loadClock();
    const begin = reserved
      ? nextInstant(pack.games, reserved.reservedEventMs, wall.now())
      : firstInstant(pack.games, settings.begin, wall.now());
    await store.readings.maintain(begin);
    const history = await openHistory(store, pack, begin);
    if (history) this.recordedFrom = epochMs(history.to_ms);

    if (!reserved) await store.operations.saveClock(begin);
    const clock = await EventClockOwner.start(store.operations, wall, { begin, speed: settings.speed });
    this.clock = clock;
    const commands = this.openLink(clock);
    this.keepHouse(clock);
    if (history) await this.importHistory(points, history);
    if (!signal.aborted) await this.plan(feed, points, clock, commands);
  }

  /** The link to the broker, with what is retained there. */
  private openLink(clock: EventClockOwner): Commands {
    const { store, settings } = this.tools.context;
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
    const setpoints = new SetpointPublisher(link, nextSeq('energy'));
    const orders = new OrderPublisher(link, nextSeq('dispatch'));
    this.link = link;
    return { link, setpoints, orders };
  }

  /** What has to be done whether or not there are plans. */
  private keepHouse(clock: EventClockOwner): void {
    const { rounds, context } = this.tools;
    const { store } = context;
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

  /** Plans come after it: they forecast from last week. */
  private async importHistory(points: PackPoints, history: History): Promise<void> {
    const { context, say, signal } = this.tools;
    const { pack, store } = context;
    const days = Math.ceil((history.to_ms - history.until_ms) / DAY_MS);
    const started = performance.now();
    say(`Importing ${days} days of history …`);
    try {
      const rows = await importHistory(store, pack, points, history, signal);
      const seconds = Math.round((performance.now() - started) / 1000);
      say(`Imported ${rows.toLocaleString('en')} readings of history in ${seconds} s.`);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  private async plan(feed: Feed, points: PackPoints, clock: EventClockOwner, commands: Commands): Promise<void> {
    const { context, wall, rounds } = this.tools;
    const { pack, store, settings } = context;
    const histories = new SlotHistories(store.readings);
    const roomOf = (cadenceMs: number, longestSolveMs: number): Omit<PlanningRoom, 'solver'> => ({
      pack,
      points,
      store,
      metrics: context.metrics,
      histories,
      now: () => clock.now(),
      wall,
      budgetMs: solverBudget(cadenceMs, settings.speed, longestSolveMs),
      patienceMs: Math.max(PATIENCE_CADENCES * cadenceMs, PATIENCE_WALL_MS * settings.speed),
    });
    const desks = { plans: store.plans, states: store.operations, metrics: context.metrics };
    const energy = new PlanDesk('energy', pack.energy.approval, desks);
    const dispatch = new PlanDesk('dispatch', pack.transport.approval, desks);
    const departures = new DepartureDesk(store.operations);
    await departures.start(pack, feed, (await dispatch.findActive()) as StoredDispatchPlan | undefined, clock.now());

    const { link, setpoints, orders } = commands;
    const room = roomOf(DISPATCH_CADENCE_MS, DISPATCH_SOLVE_MS);
    const solver = createSolver(settings.solver);
    const planner = new DispatchPlanner(settings.solver);
    this.solvers = [solver, planner];
    const energyCycle = new EnergyCycle({ ...roomOf(ENERGY_CADENCE_MS, ENERGY_SOLVE_MS), solver }, energy, dispatch);
    const vehicles = await LiveDesk.start({ pack, feed, store, metrics: context.metrics, link, dispatch, departures });
    const dispatchCycle = new DispatchCycle(
      room,
      planner,
      feed,
      dispatch,
      departures,
      new RoadDesk(pack, feed),
      vehicles,
    );
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
    const ledger = new LedgerKeeper(context, this.tools.queue);
    rounds.everyWall('ledger', LEDGER_MS, () => ledger.run(clock.now(), wall.now()));
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
