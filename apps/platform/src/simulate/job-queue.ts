import { createHash } from 'node:crypto';

import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import PgBoss from 'pg-boss';
import type { Queryable } from '#libs/store';

import { CONTEXT, type PlatformContext } from '../context.js';

const DAYS = 'simulation-day';
/** Jobs that were given up: those whose worker ended in the middle of them again and again. */
const GIVEN_UP = 'simulation-day-given-up';
/** Without a sign for so long, a job goes to another worker. */
const LEASE_S = 30;
const LOOK_S = 10;
export const MOST_TRIES = 5;

/** More than any run has. */
const MOST_REPLICATIONS = 1_000;

/** All policies of one drawn day of a run. */
export interface DayJob {
  readonly run: string;
  readonly replication: number;
}

/** A job that this process holds. */
export interface HeldJob extends DayJob {
  readonly id: string;
  /** Which try this is: when it is another, somebody else holds the job. */
  readonly attempt: number;
}

type QueueContext = Pick<PlatformContext, 'store'> & { readonly settings: Pick<PlatformContext['settings'], 'roles'> };

/** The same run and replication have the same id, so that a job is there once however often it is added. */
const idOf = ({ run, replication }: DayJob): string =>
  createHash('sha256')
    .update(`${run} ${replication}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** The days that are to be simulated, in pg-boss, in the database that every process shares. */
@Injectable()
export class JobQueue implements OnModuleInit, OnApplicationShutdown {
  private readonly boss: PgBoss;

  constructor(@Inject(CONTEXT) private readonly context: QueueContext) {
    const { settings, store } = context;
    this.boss = new PgBoss({
      db: { executeSql: (text, values) => store.pool.query(text, values) },
      schedule: false,
      supervise: settings.roles.has('simulate'),
      maintenanceIntervalSeconds: LOOK_S,
    });
    // Its looking for lost jobs fails while the database is away, and is repeated.
    this.boss.on('error', () => undefined);
  }

  /** Makes its tables where they are missing: by two processes at once, pg-boss would come to a deadlock. */
  onModuleInit(): Promise<void> {
    return this.context.store.simulations.prepareJobs(async () => {
      await this.boss.start();
      await this.boss.createQueue(GIVEN_UP, { name: GIVEN_UP });
      await this.boss.createQueue(DAYS, { name: DAYS, deadLetter: GIVEN_UP });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.boss.stop({ graceful: false, close: false });
  }

  /** Adds a job a replication, in the transaction of `client`. The first days of all runs come before the second ones, and those `afterAll` when there are no others. */
  async add(client: Queryable, run: string, replications: number, { afterAll = false } = {}): Promise<void> {
    const jobs = Array.from({ length: replications }, (_, replication) => ({
      id: idOf({ run, replication }),
      name: DAYS,
      data: { run, replication },
      priority: -replication - (afterAll ? MOST_REPLICATIONS : 0),
      expireInSeconds: LEASE_S,
      retryLimit: MOST_TRIES - 1,
    }));
    await this.boss.insert(jobs, { db: { executeSql: (text, values) => client.query(text, values) } });
  }

  async take(): Promise<HeldJob | undefined> {
    const [job] = await this.boss.fetch<DayJob>(DAYS, { includeMetadata: true });
    return job && { ...job.data, id: job.id, attempt: job.retryCount };
  }

  /** Begins the lease anew. False when it ran out and the job is another worker's. pg-boss 10 has no such call, so this knows its table. */
  async hold({ id, attempt }: HeldJob): Promise<boolean> {
    const { rowCount } = await this.context.store.pool.query(
      `update pgboss.job set started_on = now() where name = $1 and id = $2 and state = 'active' and retry_count = $3`,
      [DAYS, id, attempt],
    );
    return rowCount === 1;
  }

  async complete({ id }: HeldJob): Promise<void> {
    await this.boss.complete(DAYS, id);
  }

  /** Lets another worker have it at once. */
  async giveBack({ id }: HeldJob): Promise<void> {
    await this.boss.fail(DAYS, id);
  }

  /** A job that was given up after `MOST_TRIES`; each is told once. */
  async takeGivenUp(): Promise<DayJob | undefined> {
    const [job] = await this.boss.fetch<DayJob>(GIVEN_UP);
    if (!job) return undefined;
    await this.boss.complete(GIVEN_UP, job.id);
    return job.data;
  }
}
