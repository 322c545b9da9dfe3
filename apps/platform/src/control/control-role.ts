import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { systemClock } from '#libs/kernel';
import { BackgroundLife } from '../background-life.js';
import { CONTEXT, type PlatformContext } from '../context.js';
import { JobQueue } from '../simulate/job-queue.js';
import { Leader } from './leader.js';
import { Rounds } from './rounds.js';

/** How often a standby looks whether the lead is free. */
const LOOK_MS = 1_000;
const STOP_MS = 2_500;

/** Stands by until it leads, leads until it loses the lead or is told to stop, and stands by again. */
@Injectable()
export class ControlRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Control');
  private readonly life = new BackgroundLife({ logger: this.logger, complaint: 'Cannot lead', pauseMs: LOOK_MS });

  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly registry: SchedulerRegistry,
    private readonly queue: JobQueue,
  ) {}

  /** In the background: the import of history may take a while, and health tells what is missing until then. */
  onApplicationBootstrap(): void {
    this.life.begin(async () => {
      await this.leadOnce(this.life.signal);
      return false;
    });
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.life.end(STOP_MS);
  }

  /** Resolves when the lead is held by another, or was held here and is over. */
  private async leadOnce(end: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const leadership = await this.context.store.tryLead(() => lost.abort());
    if (!leadership) return;
    const over = AbortSignal.any([end, lost.signal]);
    const leader = new Leader({
      context: this.context,
      queue: this.queue,
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
