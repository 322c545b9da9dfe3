import { listVehicles, type Pack } from '#libs/games';
import { type Clock, type EpochMs, seededRandom } from '#libs/kernel';
import { clockMessage, decodeMessage, ordersMessage, topicLevels, topics } from '#libs/telemetry';
import type { Answer } from '../commands/answer.js';
import { Link } from '../link/link.js';
import { FollowedClock } from '../replay/event-clock.js';
import { type Feed, livePatterns, patternsOf } from '#libs/transport';
import { Bus, type Streets } from './bus.js';
import { Riders } from './riders.js';
import { VehicleOrders } from './vehicle-orders.js';

export interface FleetOptions {
  readonly pack: Pack;
  readonly feed: Feed;
  readonly mqttUrl: string;
  readonly clock: Clock;
  readonly warn: (line: string) => void;
}

/** On-board units send a position every ten seconds; of an accelerated day every two seconds of ours. */
const POSITION_EVENT_MS = 10_000;
const POSITION_WALL_MS = 2_000;
const SEED = 1;

interface Unit {
  readonly id: string;
  readonly orders: VehicleOrders;
  readonly bus: Bus;
}

/** The on-board units of the reference fleet: they take orders, drive them, and say where they are and what became of them. One connection for all. */
export class Fleet {
  readonly #units: ReadonlyMap<string, Unit>;
  readonly #riders: Riders;
  readonly #clock = new FollowedClock();
  readonly #link: Link;
  #reported = { event: -Infinity, wall: -Infinity };

  constructor(private readonly options: FleetOptions) {
    const { pack, feed } = options;
    this.#riders = new Riders(pack);
    this.#units = new Map(listUnits(pack, streetsOf(feed), this.#riders).map((unit) => [unit.id, unit]));
    this.#link = new Link({
      url: options.mqttUrl,
      clientId: `venueflow-fleet-${pack.games.id}`,
      subscriptions: [topics.clock(), topics.orders('+')],
      onConnect: () => undefined,
      onDisconnect: () => undefined,
      onMessage: (topic, payload) => this.#onMessage(topic, payload),
      warn: options.warn,
    });
  }

  tick(): void {
    const eventNow = this.#clock.findNow(this.options.clock.now());
    if (eventNow === undefined || !this.#link.connected) return;
    for (const { id, orders } of this.#units.values()) this.#answer(id, orders.settle(eventNow), eventNow);
    this.#report(eventNow);
  }

  stop(): Promise<void> {
    return this.#link.stop();
  }

  #onMessage(topic: string, payload: Uint8Array): void {
    if (topic === topics.clock()) {
      const clock = decodeMessage(clockMessage, payload);
      if (clock.ok) this.#clock.onMessage(clock.value);
      return;
    }
    const vehicle = topicLevels(topic)?.[1] ?? '';
    const decoded = decodeMessage(ordersMessage, payload);
    if (!decoded.ok) {
      this.options.warn(`Orders for ${vehicle} are ${decoded.error.code}; ignored.`);
      return;
    }
    const eventNow = this.#clock.findNow(this.options.clock.now());
    const answer = this.#units.get(vehicle)?.orders.offer(decoded.value, eventNow);
    this.#answer(vehicle, answer, eventNow ?? decoded.value.issued);
  }

  #report(now: EpochMs): void {
    const wall = this.options.clock.now();
    if (now - this.#reported.event < POSITION_EVENT_MS || wall - this.#reported.wall < POSITION_WALL_MS) return;
    this.#reported = { event: now, wall };
    this.#riders.come(now);
    for (const { id, orders, bus } of this.#units.values()) {
      const position = bus.move(orders.current, now);
      if (position) this.#link.publish(topics.position(id), { ts: Math.round(now), ...position });
    }
  }

  #answer(vehicle: string, answer: Answer | undefined, ts: number): void {
    if (answer) this.#link.publish(topics.ordersResult(vehicle), { ...answer, ts });
  }
}

const streetsOf = (feed: Feed): Streets => {
  const paths = livePatterns(feed);
  return {
    patterns: new Map(patternsOf(feed).map((pattern) => [pattern.id, pattern])),
    pathOf: (pattern) => paths.get(pattern)?.path,
    positionOf: (stop) => {
      const { stop_lat: lat, stop_lon: lon } = feed.stops.get(stop) ?? {};
      return lat === undefined || lon === undefined ? undefined : { lat, lon };
    },
  };
};

const listUnits = (pack: Pack, streets: Streets, riders: Riders): readonly Unit[] => {
  const random = seededRandom(SEED);
  const depots = new Map(pack.transport.depots.map(({ id, stop }) => [id, stop ?? '']));
  const types = new Map(pack.transport.vehicle_types.map((type) => [type.id, type]));
  return listVehicles(pack.transport).map(({ id, group }) => {
    const { seats = 0, standing = 0 } = types.get(group.type) ?? {};
    const home = depots.get(group.depot) ?? '';
    const bus = new Bus({ home, places: seats + standing, streets, riders, random });
    return { id, orders: new VehicleOrders(), bus };
  });
};
