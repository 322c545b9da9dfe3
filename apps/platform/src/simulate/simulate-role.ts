import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type MeasuredPoint, type ReplicationTask, scenarioFile } from '#libs/simulation';
import type { SimulationRun } from '#libs/store';

import { BackgroundLife } from '../background-life.js';
import { CONTEXT, type PlatformContext } from '../context.js';
import { DayFailure, runDays } from './day-process.js';
import { type HeldJob, JobQueue, MOST_TRIES } from './job-queue.js';

/** How often it looks for a job, says how far one is, and asks whether it is still wanted. */
const LOOK_MS = 2_000;
/** One policy of a day: more than that nobody waits for. */
const LONGEST_MS = 30 * 60_000;
const STOP_MS = 2_000;

const isOver = ({ state }: SimulationRun): boolean => state !== 'queued' && state !== 'running';

/** Takes jobs, one at a time, and runs their days in a process of low priority. What it dies in the middle of, another takes up. */
@Injectable()
export class SimulateRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly life = new BackgroundLife({
    logger: new Logger('Simulate'),
    complaint: 'Cannot simulate',
    pauseMs: LOOK_MS,
  });

  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly queue: JobQueue,
  ) {}

  onApplicationBootstrap(): void {
    this.life.begin(() => this.workOnce());
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.life.end(STOP_MS);
  }

  /** False when there was nothing to do. */
  private async workOnce(): Promise<boolean> {
    const { simulations } = this.context.store;
    const given = await this.queue.takeGivenUp();
    if (given)
      await simulations.fail(
        given.run,
        `Day ${given.replication + 1} was begun ${MOST_TRIES} times, and each time its process ended. Perhaps it takes more memory than there is.`,
      );
    const job = await this.queue.take();
    if (!job) return false;
    const run = await simulations.find(job.run);
    if (run && !isOver(run)) {
      const ended = await this.runJob(job, run);
      if (!ended) {
        await this.queue.giveBack(job);
        return true;
      }
    }
    await this.queue.complete(job);
    return true;
  }

  /** The days of a job that are not there yet. False when somebody has to try it again. */
  private async runJob(job: HeldJob, run: SimulationRun): Promise<boolean> {
    const { store, pack } = this.context;
    const { simulations } = store;
    const scenario = scenarioFile.safeParse(run.scenario);
    const { id, version } = pack.games;
    if (!scenario.success || scenario.data.pack !== id || run.packVersion !== version) {
      const why = scenario.success
        ? `It was made with version ${run.packVersion} of the pack ${scenario.data.pack}, and a worker has ${version} of ${id}.`
        : 'It was made by another version of Venueflow.';
      await simulations.fail(run.id, `${why} Start it again.`);
      return true;
    }
    const { replication } = job;
    const saved = (await simulations.days(run.id, { samples: false })).filter((day) => day.replication === replication);
    // Written by this release or an earlier one, as `readDay` gave it.
    const measured = (await simulations.measured(run.id)) as readonly MeasuredPoint[] | null;
    const tasks = Object.keys(scenario.data.policies)
      .filter((policy) => !saved.some((day) => day.policy === policy))
      .map((policy): ReplicationTask => ({
        packDirectory: pack.directory,
        scenario: scenario.data,
        policy,
        replication,
        ...(measured && { measured }),
      }));

    const unwanted = new AbortController();
    let [ratio, tooLong] = [0, false];
    const begun = Date.now();
    const look = async (): Promise<void> => {
      const share = (saved.length + ratio * tasks.length) / run.policies;
      const isWanted = (await simulations.tell(run.id, replication, share)) && (await this.queue.hold(job));
      tooLong = Date.now() - begun > LONGEST_MS * tasks.length;
      if (!isWanted || tooLong) unwanted.abort();
    };
    await look();
    // While the database is away the day goes on; what it comes to is lost only when that lasts.
    const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
    const saves: Promise<void>[] = [];
    try {
      await runDays(tasks, {
        signal: AbortSignal.any([this.life.signal, unwanted.signal]),
        onProgress: (value) => (ratio = value),
        onDay: ({ samples = null, ...day }) => {
          const save = simulations.saveDay(run.id, { ...day, samples });
          save.catch(() => undefined);
          saves.push(save);
        },
      });
      await Promise.all(saves);
      await look();
      return true;
    } catch (error) {
      const failure = tooLong
        ? `Day ${replication + 1} is not done after ${(LONGEST_MS * tasks.length) / 60_000} min. Fewer moves or planning less often make it quicker.`
        : error instanceof DayFailure
          ? error.message
          : undefined;
      if (failure === undefined) return unwanted.signal.aborted;
      await simulations.fail(run.id, failure);
      return true;
    } finally {
      clearInterval(timer);
    }
  }
}
