export type RunState = 'queued' | 'running' | 'done' | 'cancelled' | 'failed';

/** A what-if run at a glance. Times are wall time. */
export interface RunHead {
  readonly id: string;
  readonly title: string;
  /** The civil day that is run, `2026-02-07`. */
  readonly day: string;
  readonly state: RunState;
  /** From 0 to 1. */
  readonly progress: number;
  readonly failure: string | null;
  readonly kept: boolean;
  readonly by: string;
  readonly created_ms: number;
  readonly ended_ms: number | null;
  readonly replications: number;
  readonly policies: readonly string[];
}

export interface Figure {
  readonly mean: number;
  /** Of the interval at 95 %; null with one day alone. */
  readonly half_width: number | null;
}

/** By policy and indicator. */
export type Figures = Readonly<Record<string, Readonly<Record<string, Figure>>>>;

export interface Policy {
  readonly dispatch: 'timetable' | 'dispatch' | 'dispatch_with_forecast';
  readonly energy: 'idle' | 'rule' | 'planned';
}

export type OverlayValue = string | number | boolean | readonly string[];
/** One thing that is otherwise, as the API has it: a kind and its fields. */
export type Overlay = Readonly<Record<string, OverlayValue>> & { readonly kind: string };

export interface Scenario {
  readonly title: string;
  readonly day: string;
  readonly seed: number;
  readonly replications: number;
  readonly mismatch: number;
  readonly overlays: readonly Overlay[];
  readonly policies: Readonly<Record<string, Policy>>;
  readonly baseline: string;
  readonly cadence: { readonly energy_minutes: number; readonly dispatch_minutes: number };
  readonly effort: { readonly moves: number };
}

export interface Run extends RunHead {
  readonly scenario: Scenario;
  readonly baseline: string;
  readonly days_done: number;
  readonly days: number;
  readonly means: Figures;
  /** Of the other policies to the baseline, on the same days. */
  readonly differences: Figures;
  /** It is a past day with what was measured on it. */
  readonly replay: boolean;
  /** What live operation came to on that day; null where that is not known. */
  readonly happened: Readonly<Record<string, number>> | null;
}

export interface Comparison {
  readonly runs: readonly Run[];
  /** By run: to the first one, where both drew the same days. */
  readonly differences: Readonly<Record<string, Figures>>;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The names that overlays may use on a day. */
export interface Vocabulary {
  readonly venues: readonly Named[];
  readonly lines: readonly Named[];
  readonly feeders: readonly Named[];
  readonly batteries: readonly (Named & { readonly capacity_kwh: number; readonly power_kw: number })[];
  readonly counters: readonly { readonly venue: string; readonly point: string }[];
  readonly assets: readonly { readonly venue: string; readonly asset: string }[];
  readonly sessions: readonly (Named & {
    readonly venue: string;
    readonly start_ms: number;
    readonly end_ms: number;
  })[];
  readonly vehicles: number;
}

export interface ReadyScenario {
  readonly name: string;
  readonly scenario: Scenario;
}

export const isOver = ({ state }: Pick<RunHead, 'state'>): boolean => state !== 'queued' && state !== 'running';

/** A live day: what was predicted of it, and what happened. */
export interface LedgerDay {
  readonly day: string;
  readonly state: 'predicting' | 'predicted' | 'compared' | 'not_live' | 'not_predicted';
  /** When the prediction was there. */
  readonly timing: 'before' | 'during' | 'late' | null;
  readonly why: string | null;
  readonly indicators: Readonly<
    Record<
      string,
      {
        readonly predicted: { readonly mean: number; readonly low: number; readonly high: number } | null;
        readonly happened: number | null;
        readonly difference: number | null;
        readonly within: boolean | null;
      }
    >
  >;
}

export interface Ledger {
  /** Newest first. */
  readonly days: readonly LedgerDay[];
  /** Of the predicted intervals. */
  readonly confidence: number;
  readonly accuracy: Readonly<
    Record<string, { readonly days: number; readonly mean_error: number; readonly within: number }>
  >;
}
