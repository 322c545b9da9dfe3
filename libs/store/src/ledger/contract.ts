import type { EpochMs } from '#libs/kernel';
import type { Queryable } from '../connection.js';
import type { NewSimulation } from '../simulations/contract.js';

/** By indicator: what is expected, and between which bounds. */
export type StoredPrediction = Readonly<
  Record<string, { readonly mean: number; readonly low: number; readonly high: number }>
>;

/** A live day: what was predicted of it, and what happened. */
export interface LedgerDay {
  /** Civil, `2026-11-24`. */
  readonly day: string;
  /** The run that predicts it, once it was asked for; it goes when the prediction is here. */
  readonly run: string | null;
  /** Event time at which the prediction was here. */
  readonly predicted: EpochMs | null;
  readonly prediction: StoredPrediction | null;
  /** Why there is no prediction, in a sentence. */
  readonly failure: string | null;
  /** Event time at which the outcome was last counted. */
  readonly counted: EpochMs | null;
  /** The share of the day's minutes that was live, when it was counted. */
  readonly liveRatio: number | null;
  /** By indicator; null where too little of the day was live. */
  readonly outcome: Readonly<Record<string, number>> | null;
}

export type LedgerOutcome = Pick<LedgerDay, 'liveRatio' | 'outcome'> & {
  readonly counted: EpochMs;
  /** Nothing more is expected to come in: it is not counted again. */
  readonly settled: boolean;
};

export interface LedgerStore {
  /** Opens the page of a day, once; the oldest pages go. */
  open(day: string): Promise<void>;
  /** All there are, newest first. */
  list(): Promise<readonly LedgerDay[]>;
  /** Those that still lack a prediction or a settled outcome, oldest first. */
  listOpen(): Promise<readonly LedgerDay[]>;
  /** Adds the run that predicts a day, and what `enqueue` writes, in one transaction. False when the day has had one, or another day's is not over yet. */
  request(day: string, run: NewSimulation, enqueue: (client: Queryable) => Promise<void>): Promise<boolean>;
  /** Its run goes. */
  savePrediction(day: string, predicted: EpochMs, prediction: StoredPrediction): Promise<void>;
  /** That there will be no prediction, and why. Its run goes. */
  saveFailure(day: string, failure: string): Promise<void>;
  saveOutcome(day: string, outcome: LedgerOutcome): Promise<void>;
}
