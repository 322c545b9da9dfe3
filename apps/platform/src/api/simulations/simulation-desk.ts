import { randomBytes } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import { type Fault, formatFault, type Result, systemClock } from '#libs/kernel';
import {
  compareDays,
  type DaySample,
  dayWindow,
  type PolicyDay,
  type Scenario,
  scenarioFile,
  summarise,
} from '#libs/simulation';
import type { SimulationDay, SimulationRun } from '#libs/store';
import { type Feed, readPackFeed } from '#libs/transport';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { BrokerWatch } from '../../health/broker-watch.js';
import { LEAST_MEASURED, readDay, type StoredDay } from '../../measured-days.js';
import { JobQueue } from '../../simulate/job-queue.js';
import { ProblemError } from '../problem/problem.js';
import { checkScenario } from './check-scenario.js';
import {
  type ComparisonDocument,
  type Figures,
  figuresDocument,
  type HeadDocument,
  headDocument,
  type RunDocument,
  withoutKeys,
} from './simulation.schema.js';

interface StoredRun {
  readonly run: SimulationRun;
  readonly scenario: Scenario;
}

const toPolicyDay = ({ samples, ...day }: SimulationDay): PolicyDay => ({
  ...day,
  // Written by this release or an earlier one, as `onSample` gave them.
  ...(samples !== null && { samples: samples as readonly DaySample[] }),
});

/** Starts what-if runs and tells what they came to. */
@Injectable()
export class SimulationDesk {
  private read: Feed | undefined;

  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly queue: JobQueue,
    private readonly broker: BrokerWatch,
  ) {}

  /** Of the pack; read when it is asked for first. */
  get feed(): Feed {
    const read: Result<Feed, unknown> = this.read ? { ok: true, value: this.read } : readPackFeed(this.context.pack);
    if (!read.ok) throw new Error("The pack's GTFS feed cannot be read.");
    this.read = read.value;
    return read.value;
  }

  /** The id of the run that was added. Throws a ProblemError with every fault of the scenario. `replay`: a past day with what was measured on it. */
  async start(document: Readonly<Record<string, unknown>>, by: string, replay: boolean): Promise<string> {
    const { store, pack } = this.context;
    const checked = checkScenario(document, pack, this.feed);
    if (!checked.ok) throw refusalOf(checked.error);
    const scenario = checked.value;
    const day = replay ? await this.readDay(scenario) : undefined;
    const run = {
      id: randomBytes(6).toString('hex'),
      title: scenario.title,
      scenario,
      packVersion: pack.games.version,
      replications: scenario.replications,
      policies: Object.keys(scenario.policies).length,
      by,
      created: systemClock.now(),
      measured: day?.points ?? null,
      happened: day?.happened ?? null,
    };
    const isTaken = await store.simulations.add(run, (client) => this.queue.add(client, run.id, run.replications));
    if (!isTaken)
      throw new ProblemError(
        409,
        'As many runs are queued or running as may be. Cancel one, or wait until one is done.',
      );
    return run.id;
  }

  /** The scenario's day as it was measured. Throws a ProblemError when it is not over, or was not measured. */
  private async readDay(scenario: Scenario): Promise<StoredDay> {
    const { store, pack } = this.context;
    const window = dayWindow(scenario, pack);
    const refuse = (message: string): ProblemError =>
      refusalOf([{ file: 'scenario', path: 'day', value: scenario.day, rule: 'replay', message }]);
    if (window.end > this.broker.eventNow()) throw refuse('A day that is over can be run again; this one is not.');
    const day = await readDay(store, pack, window);
    if (day.measuredRatio < LEAST_MEASURED)
      throw refuse(
        `${Math.floor(day.measuredRatio * 100)} % of its minutes were measured, and ${LEAST_MEASURED * 100} % are needed to run it again.`,
      );
    return day;
  }

  async list(): Promise<HeadDocument[]> {
    const runs = await this.context.store.simulations.list();
    return runs.flatMap((run) => {
      const scenario = scenarioFile.safeParse(run.scenario);
      return scenario.success ? [headDocument(run, scenario.data)] : [];
    });
  }

  /** Throws a ProblemError when there is none. */
  async get(id: string): Promise<StoredRun> {
    const run = await this.context.store.simulations.find(id);
    const scenario = scenarioFile.safeParse(run?.scenario);
    if (!run || !scenario.success)
      throw new ProblemError(404, `There is no run "${id}". GET /api/v1/simulations lists those that there are.`);
    return { run, scenario: scenario.data };
  }

  async days(id: string, samples: boolean): Promise<readonly PolicyDay[]> {
    return (await this.context.store.simulations.days(id, { samples })).map(toPolicyDay);
  }

  async document(id: string): Promise<RunDocument> {
    const [{ run, scenario }, days] = await Promise.all([this.get(id), this.days(id, false)]);
    return documentOf(run, scenario, days);
  }

  /** Runs side by side, and their differences to the first on days that were drawn alike. */
  async compare(ids: readonly string[]): Promise<ComparisonDocument> {
    const all = await Promise.all(
      ids.map(async (id) => ({ ...(await this.get(id)), days: await this.days(id, false) })),
    );
    const [first, ...others] = all;
    return {
      runs: all.map(({ run, scenario, days }) => documentOf(run, scenario, days)),
      differences: Object.fromEntries(
        others.map((other) => [other.run.id, first ? differencesOf(first, other) : {}] as const),
      ),
    };
  }
}

const refusalOf = (faults: readonly Fault[]): ProblemError =>
  new ProblemError(
    422,
    `The scenario cannot be run. ${faults.map(formatFault).join(' ')}`,
    faults.map(({ path, value, message }) => ({ path, message, ...(value !== undefined && { value }) })),
  );

const documentOf = (run: SimulationRun, scenario: Scenario, days: readonly PolicyDay[]): RunDocument => ({
  ...headDocument(run, scenario),
  scenario: withoutKeys(scenario, 'pack'),
  baseline: scenario.baseline,
  days_done: days.length,
  days: run.replications * run.policies,
  means: figuresDocument(summarise(days)),
  differences: figuresDocument(compareDays(days, scenario.baseline)),
  replay: run.replay,
  happened: run.happened,
});

interface RunDays {
  readonly scenario: Scenario;
  readonly days: readonly PolicyDay[];
}

/** Of the policies of `other` to those of the same name in `first`; none where the two did not draw the same days. */
const differencesOf = (first: RunDays, other: RunDays): Figures => {
  const [a, b] = [first.scenario, other.scenario];
  if (a.seed !== b.seed || a.mismatch !== b.mismatch || a.day !== b.day) return {};
  const shared = Object.keys(b.policies).filter((policy) => Object.hasOwn(a.policies, policy));
  return Object.fromEntries(
    shared.flatMap((policy) => {
      const daysOf = ({ days }: RunDays, name: string): readonly PolicyDay[] =>
        days.filter((day) => day.policy === policy).map((day) => ({ ...day, policy: name }));
      const { other: compared } = figuresDocument(
        compareDays([...daysOf(first, 'first'), ...daysOf(other, 'other')], 'first'),
      );
      return compared ? [[policy, compared] as const] : [];
    }),
  );
};
