import { setTimeout as delay } from 'node:timers/promises';

import type { Logger } from '@nestjs/common';
import { errorMessage } from '#libs/kernel';

interface LifeOptions {
  readonly logger: Logger;
  /** What fails, before its reason: `Cannot lead`. */
  readonly complaint: string;
  /** Between two turns. */
  readonly pauseMs: number;
}

/** What a role does in the background, turn by turn, until it is told to end. A turn that fails is tried again; the same reason is said once. */
export class BackgroundLife {
  private readonly ending = new AbortController();
  private life: Promise<void> | undefined;

  constructor(private readonly options: LifeOptions) {}

  /** Aborts at the end. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** `turn` says whether the next one is to come at once. */
  begin(turn: () => Promise<boolean>): void {
    this.life = this.live(turn);
  }

  /** Waits for the turn under way, but not longer than `mostMs`. */
  async end(mostMs: number): Promise<void> {
    this.ending.abort();
    await Promise.race([this.life, delay(mostMs, undefined, { ref: false })]);
  }

  private async live(turn: () => Promise<boolean>): Promise<void> {
    const { signal } = this.ending;
    const { logger, complaint, pauseMs } = this.options;
    let said: string | undefined;
    while (!signal.aborted) {
      let atOnce = false;
      try {
        atOnce = await turn();
        said = undefined;
      } catch (error) {
        const reason = errorMessage(error);
        if (reason !== said) logger.error(`${complaint}: ${reason}`);
        said = reason;
      }
      if (!atOnce) await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
