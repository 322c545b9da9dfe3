import { type AdviceMessage, topics } from '#libs/telemetry';
import type { LiveVehicle } from '#libs/transport';
import type { BrokerLink } from '../control/broker-link.js';
import { MessageLog } from '../control/commands/message-log.js';

type Said = Pick<AdviceMessage, 'action' | 'until' | 'onto'> & { readonly stop: string };

const sameAdvice = (a: Said, b: Said): boolean =>
  a.action === b.action && a.until === b.until && a.stop === b.stop && a.onto === b.onto;

/** Tells drivers what they had better do, each piece of advice once. When none stands any more, all may be said again. */
export class AdvicePublisher {
  private log = new MessageLog<Said>(sameAdvice);

  constructor(
    private readonly link: Pick<BrokerLink, 'publish'>,
    private readonly nextSeq: () => Promise<number>,
  ) {}

  async publish(vehicles: readonly Pick<LiveVehicle, 'vehicle' | 'advice'>[]): Promise<void> {
    const standing = vehicles.flatMap(({ vehicle, advice }) =>
      advice
        ? [
            {
              vehicle,
              said: {
                action: advice.action,
                stop: advice.stop,
                ...(advice.until_ms !== undefined && { until: advice.until_ms }),
                ...(advice.onto !== undefined && { onto: advice.onto }),
              },
            },
          ]
        : [],
    );
    const fresh = standing.filter(({ vehicle, said }) => this.log.isNew(vehicle, said));
    const told = new Map(this.log.entries());
    this.log = new MessageLog<Said>(sameAdvice);
    for (const { vehicle } of standing) {
      const said = told.get(vehicle);
      if (said) this.log.note(vehicle, said);
    }
    if (fresh.length === 0) return;
    const seq = await this.nextSeq();
    await Promise.all(
      fresh.map(async ({ vehicle, said }) => {
        const { action, until, stop, onto } = said;
        const message: AdviceMessage = {
          action,
          ...(until !== undefined && { until }),
          ...(onto !== undefined && { stop, onto }),
          seq,
        };
        if (await this.link.publish(topics.advice(vehicle), message)) this.log.note(vehicle, said);
      }),
    );
  }
}
