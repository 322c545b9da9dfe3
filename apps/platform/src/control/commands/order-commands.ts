import type { EpochMs } from '#libs/kernel';
import type { PlannedDeparture } from '#libs/planning';
import { type OrdersMessage, topics } from '#libs/telemetry';
import type { BrokerLink } from '../broker-link.js';
import { MessageLog } from './message-log.js';

export interface OrderCommand {
  readonly vehicle: string;
  readonly message: Pick<OrdersMessage, 'plan' | 'valid_until' | 'trips'>;
}

/** The trips of every vehicle of the fleet, with the last one that left; a vehicle without any is told so. */
export const orderCommands = (
  plan: { readonly id: string; readonly valid_until: EpochMs },
  departures: readonly PlannedDeparture[],
  vehicles: readonly string[],
): readonly OrderCommand[] =>
  vehicles.map((vehicle) => ({
    vehicle,
    message: {
      plan: plan.id,
      valid_until: plan.valid_until,
      trips: departures
        .filter((departure) => departure.vehicle === vehicle)
        .map(({ line, pattern, departs_ms }) => ({ line, pattern, departs: departs_ms })),
    },
  }));

const upcoming = ({ trips }: Pick<OrdersMessage, 'trips'>, now: EpochMs): string =>
  JSON.stringify(
    trips.filter(({ departs }) => departs > now).map(({ line, pattern, departs }) => [line, pattern, departs]),
  );

/**
 * Keeps the retained orders true. A vehicle hears again when a trip that is still ahead of it changed, and before half of its orders' time is
 * over: not with every plan, which is made each minute and mostly says the same.
 */
export class OrderPublisher {
  private now = 0 as EpochMs;
  private readonly log = new MessageLog<OrderCommand['message'] & { readonly issued: EpochMs }>(
    (last, next) =>
      upcoming(last, this.now) === upcoming(next, this.now) && this.now < (last.issued + last.valid_until) / 2,
  );

  constructor(
    private readonly link: Pick<BrokerLink, 'publishRetained'>,
    private readonly nextSeq: () => Promise<number>,
  ) {}

  forget(): void {
    this.log.forget();
  }

  async publish(commands: readonly OrderCommand[], now: EpochMs): Promise<void> {
    this.now = now;
    const fresh = commands.filter(({ vehicle, message }) => this.log.isNew(vehicle, { ...message, issued: now }));
    if (fresh.length === 0) return;
    const seq = await this.nextSeq();
    await Promise.all(
      fresh.map(async ({ vehicle, message }) => {
        const whole: OrdersMessage = { ...message, seq, issued: now };
        if (await this.link.publishRetained(topics.orders(vehicle), whole))
          this.log.note(vehicle, { ...message, issued: now });
      }),
    );
  }
}
