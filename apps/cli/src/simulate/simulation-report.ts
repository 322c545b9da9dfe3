import type { Comparison, Figure, Miss, PolicyDay, Scenario } from '#libs/simulation';

type ByIndicator<T> = Readonly<Record<string, T>>;

/** What a run came to. Means and differences by policy and indicator. */
export interface SimulationReport {
  /** Every indicator is as expected. */
  readonly ok: boolean;
  readonly scenario: Scenario;
  /** IANA time zone of the pack. */
  readonly zone: string;
  readonly feeders: readonly { readonly id: string; readonly limit_kw: number }[];
  readonly means: Readonly<Record<string, ByIndicator<Figure>>>;
  /** To the baseline, on the same days. */
  readonly differences: Readonly<Record<string, ByIndicator<Comparison>>>;
  readonly misses: readonly Miss[];
  readonly days: readonly PolicyDay[];
}
