import { Logger } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import type { EpochMs } from '#libs/kernel';
import type { Metrics } from '#libs/observability';
import { nextBoundary, waitForBoundary } from './cadence.js';
import { Cycle } from './cycle.js';
import type { EventClockOwner } from './event-clock-owner.js';

/** What is done again and again, by name, in the scheduler's registry. */
export class Rounds {
  private readonly logger = new Logger('Control');
  private readonly cycles: Cycle[] = [];
  private readonly clears: (() => void)[] = [];

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly metrics: Pick<Metrics, 'cycleSkipped' | 'cycleFailed'>,
  ) {}

  /** At once, and then at every whole multiple of the cadence in event time; gives what runs it once more, when it is not under way. */
  everyEvent(name: string, clock: EventClockOwner, cadenceMs: number, run: () => Promise<void>): () => void {
    const cycle = this.open(name, run);
    let over = false;
    const next = (served?: EpochMs) => {
      const boundary = nextBoundary(clock.now(), cadenceMs, served);
      const wait = waitForBoundary(clock.clock, clock.wallNow(), boundary);
      const timer = setTimeout(() => {
        this.registry.deleteTimeout(name);
        if (over) return;
        cycle.tick();
        next(boundary);
      }, wait);
      this.registry.addTimeout(name, timer);
    };
    this.clears.push(() => {
      over = true;
      if (this.registry.doesExist('timeout', name)) this.registry.deleteTimeout(name);
    });
    cycle.tick();
    next();
    return () => cycle.tick();
  }

  /** At once, and then every so many wall milliseconds. */
  everyWall(name: string, everyMs: number, run: () => Promise<void>): void {
    const cycle = this.open(name, run);
    this.registry.addInterval(
      name,
      setInterval(() => cycle.tick(), everyMs),
    );
    this.clears.push(() => {
      if (this.registry.doesExist('interval', name)) this.registry.deleteInterval(name);
    });
    cycle.tick();
  }

  /** No timer is left and nothing is under way when this resolves. */
  async stop(): Promise<void> {
    for (const clear of this.clears.splice(0)) clear();
    await Promise.all(this.cycles.splice(0).map((cycle) => cycle.stop()));
  }

  private open(name: string, run: () => Promise<void>): Cycle {
    const cycle = new Cycle(run, {
      skipped: () => this.metrics.cycleSkipped.inc({ kind: name }),
      failed: (message, isNews) => {
        this.metrics.cycleFailed.inc({ kind: name });
        if (isNews) this.logger.error(`${name}: ${message}`);
      },
      recovered: () => this.logger.warn(`${name}: works again.`),
    });
    this.cycles.push(cycle);
    return cycle;
  }
}
