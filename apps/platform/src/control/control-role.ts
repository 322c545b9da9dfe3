import { setTimeout as delay } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { errorMessage, systemClock } from '#libs/kernel';
import { CONTEXT, type PlatformContext } from '../context.js';
import { Leader } from './leader.js';
import { Rounds } from './rounds.js';

/** How often a standby looks whether the lead is free. */
const LOOK_MS = 1_000;
const STOP_MS = 2_500;

/** Stands by until it leads, leads until it loses the lead or is told to stop, and stands by again. */
@Injectable()
export class ControlRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Control');
  private readonly ending = new AbortController();
  private life: Promise<void> | undefined;

  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly registry: SchedulerRegistry,
  ) {}

  /** In the background: the import of history may take a while, and health tells what is missing until then. */
  onApplicationBootstrap(): void {
    this.life = this.live();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await Promise.race([this.life, delay(STOP_MS, undefined, { ref: false })]);
  }

  private async live(): Promise<void> {
    const { signal } = this.ending;
    let complaint: string | undefined;
    while (!signal.aborted) {
      const failure = await this.leadOnce(signal).then(
        () => undefined,
        (error: unknown) => errorMessage(error),
      );
      if (failure !== undefined && failure !== complaint) this.logger.error(`Cannot lead: ${failure}`);
      complaint = failure;
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Resolves when the lead is held by another, or was held here and is over. */
  private async leadOnce(end: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const leadership = await this.context.store.tryLead(() => lost.abort());
    if (!leadership) return;
    const over = AbortSignal.any([end, lost.signal]);
    const leader = new Leader({
      context: this.context,
      rounds: new Rounds(this.registry, this.context.metrics),
      wall: systemClock,
      say: (line) => void process.stdout.write(`${line}\n`),
      signal: over,
    });
    try {
      await leader.start();
      await aborted(over);
      if (lost.signal.aborted) this.logger.warn('The lead is lost; standing by.');
    } finally {
      await leader.stop(lost.signal.aborted);
      await leadership.release();
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
