import type { EpochMs, Interval } from '#libs/kernel';
import { dayWindow, predictDay } from '#libs/simulation';
import type { LedgerDay } from '#libs/store';

import type { PlatformContext } from '../context.js';
import { readLiveDay } from '../measured-days.js';
import type { JobQueue } from '../simulate/job-queue.js';
import { daysToOpen, isCountDue, isSettled } from './ledger-days.js';
import { predictionRun } from './prediction-run.js';

/**
 * Keeps the ledger: a page a live day, its prediction asked for in good time and taken in when its run is done, one at a time, and what happened counted after its end. All of it stands in the
 * database, so that whoever leads goes on from there, and what is done twice is there once.
 */
export class LedgerKeeper {
  constructor(
    private readonly context: Pick<PlatformContext, 'pack' | 'store'>,
    private readonly queue: Pick<JobQueue, 'add'>,
  ) {}

  /** Once through everything that is open. `now`: event time; `wall`: wall time. */
  async run(now: EpochMs, wall: EpochMs): Promise<void> {
    const { pack, store } = this.context;
    for (const day of daysToOpen(pack.games, now)) await store.ledger.open(day);
    for (const page of await store.ledger.listOpen()) {
      const window = dayWindow(page, pack);
      if (page.prediction === null && page.failure === null) {
        if (page.run === null) await this.request(page, window, now, wall);
        else await this.collect(page, page.run, window, now);
      }
      if (isCountDue(page, window, now)) await this.count(page, window, now);
    }
  }

  private async request({ day }: LedgerDay, window: Interval, now: EpochMs, wall: EpochMs): Promise<void> {
    const { pack, store } = this.context;
    if (now >= window.end) {
      await store.ledger.saveFailure(
        day,
        'Its prediction was not begun before it was over: another was under way, or control was not.',
      );
      return;
    }
    const run = predictionRun(pack, day, wall);
    await store.ledger.request(day, run, (client) =>
      this.queue.add(client, run.id, run.replications, { afterAll: true }),
    );
  }

  /** Takes in what has come of a run. */
  private async collect({ day }: LedgerDay, id: string, window: Interval, now: EpochMs): Promise<void> {
    const { ledger, simulations } = this.context.store;
    const run = await simulations.find(id);
    if (run?.state === 'done') {
      const days = await simulations.days(id, { samples: false });
      await ledger.savePrediction(day, now, predictDay(days.map(({ indicators }) => indicators)));
      return;
    }
    const failure = !run
      ? 'The run that was to predict it is gone.'
      : run.state === 'failed'
        ? (run.failure ?? 'The run that was to predict it failed.')
        : run.state === 'cancelled'
          ? 'The run that was to predict it was cancelled.'
          : run.state === 'queued' && now >= window.end
            ? 'Nobody had begun with its prediction when it was over. Perhaps no process has the role simulate, or people had asked for much else.'
            : undefined;
    if (failure !== undefined) await ledger.saveFailure(day, failure);
  }

  private async count(page: LedgerDay, window: Interval, now: EpochMs): Promise<void> {
    const { pack, store } = this.context;
    const { liveRatio, happened } = await readLiveDay(store, pack, window);
    await store.ledger.saveOutcome(page.day, {
      counted: now,
      liveRatio,
      outcome: happened,
      settled: isSettled(page, liveRatio, window, now),
    });
  }
}
