import { listVehicles, type Pack } from '#libs/games';
import { epochMs, type EpochMs, HOUR_MS, MINUTE_MS, toCivil } from '#libs/kernel';
import { type Metrics, vehicleStates } from '#libs/observability';
import type { Store } from '#libs/store';
import {
  type BoardUpdate,
  expectBoardings,
  type ExpectedBoardings,
  type Feed,
  listTurns,
  LiveBoard,
  livePatterns,
  type LivePicture,
  observedWays,
  type OrderedTrip,
  patternsOf,
  type Ways,
} from '#libs/transport';
import type { BrokerLink } from '../control/broker-link.js';
import type { DepartureDesk, StoredDispatchPlan } from '../control/dispatch/departure-desk.js';
import type { PlanDesk } from '../control/plans/plan-desk.js';
import { AdvicePublisher } from './advice-publisher.js';
import { LIVE_PICTURE, readBoardMemory, BOARD_MEMORY } from './live-document.js';

/** How often the live picture is made, wall ms. */
export const LIVE_MS = 2_000;
/** What is learnt is written so often, wall ms: a crash forgets no more. */
const KEEP_MEMORY_MS = 60_000;
/** Positions before the start of the lead that still tell where vehicles are. */
const LOOK_BACK_MS = 10 * MINUTE_MS;
/** Positions may be written so long after others that were made later. */
const LATE_WALL_MS = 3_000;

export interface LiveDeskParts {
  readonly pack: Pack;
  readonly feed: Feed;
  readonly store: Pick<Store, 'positions' | 'operations' | 'plans'>;
  readonly metrics: Metrics;
  readonly link: Pick<BrokerLink, 'publish'>;
  readonly dispatch: Pick<PlanDesk, 'findActive'>;
  readonly departures: Pick<DepartureDesk, 'recent' | 'upcoming'>;
}

/** Every two wall seconds: what came of the vehicles becomes the live picture, which other roles read, and advice to drivers. */
export class LiveDesk {
  private readonly advice: AdvicePublisher;
  private readFrom: EpochMs | undefined;
  private keptAt = performance.now();
  private last: LivePicture | undefined;
  /** Whom the plans up to that one expect to board. */
  private boardings: { readonly plan: string; readonly expected: ExpectedBoardings } | undefined;

  private constructor(
    private readonly parts: LiveDeskParts,
    private readonly board: LiveBoard,
    private readonly patterns: ReturnType<typeof patternsOf>,
  ) {
    this.advice = new AdvicePublisher(parts.link, () => parts.store.plans.nextSeq('dispatch'));
  }

  /** Goes on with what was learnt of legs before. */
  static async start(parts: LiveDeskParts): Promise<LiveDesk> {
    const { pack, feed, store } = parts;
    const { transport, games } = pack;
    const patterns = livePatterns(feed);
    const types = new Map(transport.vehicle_types.map((type) => [type.id, type]));
    const fleet = listVehicles(transport).map(({ id, group }) => ({ id, type: types.get(group.type) }));
    const bays = new Map(transport.bays?.map(({ stop, bays: count }) => [stop, count]));
    const turns = listTurns(patterns);
    const boardingS = new Map(fleet.map(({ id, type }) => [id, type?.boarding_s]));
    const learnt = readBoardMemory(await store.operations.getState(BOARD_MEMORY));
    const board = new LiveBoard({
      fleet: new Map(fleet.map(({ id, type }) => [id, type ? type.seats + type.standing : 0])),
      patternOf: (id) => patterns.get(id),
      hourOf: (ms) => hourOf(games.time_zone, ms),
      layoverS: transport.layover_s,
      boardingS: (vehicle) => boardingS.get(vehicle),
      baysOf: (stop) => bays.get(stop),
      turnsOf: (pattern) => turns.get(pattern) ?? [],
      stopName: (stop) => feed.stops.get(stop)?.stop_name ?? stop,
      ...(learnt && { learnt }),
    });
    return new LiveDesk(parts, board, patternsOf(feed));
  }

  /** The newest picture; undefined before the first. */
  get picture(): LivePicture | undefined {
    return this.last;
  }

  /** Patterns that vehicles drive otherwise than by their timetable. */
  waysAt(now: EpochMs): Ways {
    return observedWays(this.patterns, this.board.legTimes, hourOf(this.parts.pack.games.time_zone, now));
  }

  async run(now: EpochMs, speed: number): Promise<void> {
    const { store, metrics } = this.parts;
    const from = this.readFrom ?? epochMs(now - LOOK_BACK_MS);
    const active = (await this.parts.dispatch.findActive()) as StoredDispatchPlan | undefined;
    const orders = await this.listOrders(active, now);
    const reports = await store.positions.between(from, epochMs(now + HOUR_MS));
    this.readFrom = epochMs(Math.max(from, now - Math.max(MINUTE_MS, LATE_WALL_MS * speed)));
    const update = this.board.advance(reports, { now, speed, orders, boardings: this.expect(active) });
    this.last = update.picture;
    reportVehicles(metrics, update);
    await store.operations.putState(LIVE_PICTURE, update.picture);
    await this.advice.publish(update.picture.vehicles);
    await this.keepMemory();
  }

  /** What left in the last hours, and what is to leave. */
  private async listOrders(active: StoredDispatchPlan | undefined, now: EpochMs): Promise<readonly OrderedTrip[]> {
    const { store, departures } = this.parts;
    const overrides = await store.operations.listOverrides(now);
    const ahead = departures.upcoming(active, overrides, now).departures;
    return [...departures.recent.map(({ departs, ...trip }) => ({ ...trip, departs_ms: departs })), ...ahead];
  }

  /** What the plan in force says of who boards; of calls that it takes for made, what those before it said. */
  private expect(active: StoredDispatchPlan | undefined): ExpectedBoardings | undefined {
    if (active && active.id !== this.boardings?.plan) {
      const expected = expectBoardings(active.problem, active.content, this.boardings?.expected);
      this.boardings = { plan: active.id, expected };
    }
    return this.boardings?.expected;
  }

  private async keepMemory(): Promise<void> {
    if (performance.now() - this.keptAt < KEEP_MEMORY_MS) return;
    this.keptAt = performance.now();
    await this.parts.store.operations.putState(BOARD_MEMORY, this.board.memory);
  }
}

const hourOf = (timeZone: string, ms: number): number => new Date(toCivil(timeZone, epochMs(ms))).getUTCHours();

const reportVehicles = (
  metrics: Pick<Metrics, 'vehicles' | 'predictionError'>,
  { picture, outcomes }: BoardUpdate,
): void => {
  const counts = countStates(picture);
  for (const state of vehicleStates) metrics.vehicles.set({ state }, counts.get(state) ?? 0);
  for (const { error_s, isInside } of outcomes)
    metrics.predictionError.observe({ inside: isInside ? 'yes' : 'no' }, Math.abs(error_s));
};

const countStates = ({ vehicles, missing }: LivePicture): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>([['missing', missing.length]]);
  const add = (state: string): void => void counts.set(state, (counts.get(state) ?? 0) + 1);
  for (const { trip, troubles } of vehicles) {
    add(trip ? 'on_trip' : 'idle');
    for (const { trouble } of troubles) if (trouble !== 'missing') add(trouble);
  }
  return counts;
};
