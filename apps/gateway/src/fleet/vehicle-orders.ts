import type { OrdersMessage } from '#libs/telemetry';
import { type Answer, answer } from '../commands/answer.js';
import { isNewer } from '../commands/newest.js';

/** The orders of one vehicle: the newest stand. Times are event time, epoch ms. */
export class VehicleOrders {
  #orders: OrdersMessage | undefined;
  #open = false;

  /** The newest orders; undefined before the first. */
  get current(): OrdersMessage | undefined {
    return this.#orders;
  }

  /** Takes a message; gives the answer, or nothing for one that is ignored. */
  offer(orders: OrdersMessage, eventNow: number | undefined): Answer | undefined {
    if (!isNewer(orders, this.#orders)) return undefined;
    this.#orders = orders;
    this.#open = !(eventNow !== undefined && orders.valid_until <= eventNow);
    if (this.#open) return answer(orders, 'received');
    return answer(orders, 'expired', { reason: `valid until ${orders.valid_until}, received at ${String(eventNow)}` });
  }

  /** What is to be reported at `eventNow`: applied when the first trip departs (at once without trips), expired when that comes too late. */
  settle(eventNow: number): Answer | undefined {
    const orders = this.#orders;
    if (!orders || !this.#open) return undefined;
    const departs = Math.min(...orders.trips.map((trip) => trip.departs));
    const applied = departs === Infinity || (departs <= eventNow && departs < orders.valid_until);
    if (!applied && eventNow < orders.valid_until) return undefined;
    this.#open = false;
    return applied
      ? answer(orders, 'applied')
      : answer(orders, 'expired', { reason: `no trip departed before ${orders.valid_until}` });
  }
}
