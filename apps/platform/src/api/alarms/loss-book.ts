import { Inject, Injectable } from '@nestjs/common';
import { advanceLosses, type Loss, recentLosses } from '#libs/alarms';
import { epochMs, type EpochMs } from '#libs/kernel';
import { z } from 'zod';

import { CONTEXT, type PlatformContext } from '../../context.js';

const STATE = 'gateway_losses';

const lossesSchema = z.array(
  z.object({
    venue: z.string(),
    gateway: z.string(),
    dropped: z.number().int(),
    readings: z.number().int(),
    last_ms: z.number().int(),
  }),
);

const readLosses = (document: unknown): readonly Loss[] => {
  const parsed = lossesSchema.safeParse(document);
  return parsed.success ? parsed.data.map(({ last_ms, ...loss }) => ({ ...loss, last: epochMs(last_ms) })) : [];
};

const lossDocuments = (losses: readonly Loss[]): z.infer<typeof lossesSchema> =>
  losses.map(({ last, ...loss }) => ({ ...loss, last_ms: last }));

/** What gateways gave up, kept in the store so that a restart does not take an old count for a new loss. */
@Injectable()
export class LossBook {
  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  /** Takes in the running counts of the gateways; gives what they gave up lately. */
  async advance(
    gateways: readonly { readonly venue: string; readonly id: string; readonly dropped: number | null }[],
    now: EpochMs,
  ): Promise<readonly Loss[]> {
    const { operations } = this.context.store;
    const previous = readLosses(await operations.getState(STATE));
    const counts = gateways.map(({ venue, id, dropped }) => ({ venue, gateway: id, dropped }));
    const losses = advanceLosses(previous, counts, now);
    const same = losses.length === previous.length && losses.every((loss, index) => loss === previous[index]);
    if (!same) await operations.putState(STATE, lossDocuments(losses));
    return recentLosses(losses, now);
  }
}
