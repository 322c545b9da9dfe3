import type { EpochMs } from '#libs/kernel';
import type { Queryable } from '../connection.js';

export type SimulationState = 'queued' | 'running' | 'done' | 'cancelled' | 'failed';

/** A what-if run: policies of a scenario on the same drawn days. */
export interface SimulationRun {
  readonly id: string;
  readonly title: string;
  /** The scenario's document, checked. */
  readonly scenario: unknown;
  readonly packVersion: string;
  readonly replications: number;
  readonly policies: number;
  readonly by: string;
  /** Wall time. */
  readonly created: EpochMs;
  readonly ended: EpochMs | null;
  readonly state: SimulationState;
  /** Why it failed, in a sentence. */
  readonly failure: string | null;
  /** Stays until a person lets it go. */
  readonly kept: boolean;
  /** From 0 to 1. */
  readonly progress: number;
  /** It is a past day with what was measured on it. */
  readonly replay: boolean;
  /** Of a past day that is run again: indicators of what happened on it; null where nothing is known of that. */
  readonly happened: Readonly<Record<string, number>> | null;
}

export interface NewSimulation extends Omit<
  SimulationRun,
  'ended' | 'state' | 'failure' | 'kept' | 'progress' | 'replay'
> {
  /** A document of what was measured on a past day, which is run again; null of a day as the pack has it. */
  readonly measured: unknown;
}

/** One policy on one drawn day. */
export interface SimulationDay {
  readonly policy: string;
  readonly replication: number;
  readonly indicators: Readonly<Record<string, number>>;
  /** How it went over the day, of the first replication; null of the others. */
  readonly samples: unknown;
}

export interface SimulationStore {
  /** Does what makes the tables of jobs: one process at a time. */
  prepareJobs(work: () => Promise<void>): Promise<void>;
  /** Adds a run and what `enqueue` writes in one transaction. False when so many stand already that none is taken. */
  add(run: NewSimulation, enqueue: (client: Queryable) => Promise<void>): Promise<boolean>;
  find(id: string): Promise<SimulationRun | undefined>;
  /** What a run was added with; null also where there is none. */
  measured(id: string): Promise<unknown>;
  /** Newest first, all that people asked for. */
  list(): Promise<readonly SimulationRun[]>;
  /** Those that are done, by replication. Without samples these are null. */
  days(id: string, options: { readonly samples: boolean }): Promise<readonly SimulationDay[]>;
  /** Says how far a replication is; the run is under way with that. False when it is over, so that there is nothing left to do. */
  tell(id: string, replication: number, share: number): Promise<boolean>;
  /** A day that is there already changes nothing, nor does one of a run that is over. With its last day a run is done. */
  saveDay(id: string, day: SimulationDay): Promise<void>;
  /** False when it is over already. */
  cancel(id: string): Promise<boolean>;
  /** Ends a run that is not over. */
  fail(id: string, failure: string): Promise<void>;
  /** Keeps it, or lets it go. `full`: as many are kept as may be. */
  keep(id: string, kept: boolean): Promise<'done' | 'unknown' | 'full'>;
}
