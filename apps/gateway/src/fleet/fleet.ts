import type { Clock } from '#libs/kernel';
import { clockMessage, decodeMessage, ordersMessage, topicLevels, topics } from '#libs/telemetry';
import type { Answer } from '../commands/answer.js';
import { Link } from '../link/link.js';
import { FollowedClock } from '../replay/event-clock.js';
import { VehicleOrders } from './vehicle-orders.js';

export interface FleetOptions {
  readonly games: string;
  readonly vehicles: readonly string[];
  readonly mqttUrl: string;
  readonly clock: Clock;
  readonly warn: (line: string) => void;
}

/** The on-board units of the reference fleet: they take orders and say what became of them. One connection for all. */
export class Fleet {
  readonly #orders: ReadonlyMap<string, VehicleOrders>;
  readonly #clock = new FollowedClock();
  readonly #link: Link;

  constructor(private readonly options: FleetOptions) {
    this.#orders = new Map(options.vehicles.map((vehicle) => [vehicle, new VehicleOrders()]));
    this.#link = new Link({
      url: options.mqttUrl,
      clientId: `venueflow-fleet-${options.games}`,
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
    for (const [vehicle, orders] of this.#orders) this.#answer(vehicle, orders.settle(eventNow), eventNow);
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
    const answer = this.#orders.get(vehicle)?.offer(decoded.value, eventNow);
    this.#answer(vehicle, answer, eventNow ?? decoded.value.issued);
  }

  #answer(vehicle: string, answer: Answer | undefined, ts: number): void {
    if (answer) this.#link.publish(topics.ordersResult(vehicle), { ...answer, ts });
  }
}
