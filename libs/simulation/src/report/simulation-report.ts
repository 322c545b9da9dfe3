import type { Pack } from '#libs/games';

import { type Expected, findMisses, type Miss } from '../indicators.js';
import { type Comparison, compareDays, type Figure, type PolicyDay, summarise } from '../replications/compare-days.js';
import type { Scenario } from '../scenario.js';

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
  /** By policy, in the scenario's order, and day. */
  readonly days: readonly PolicyDay[];
}

/** Sums up the days of a run, in whatever order they ended. */
export const sumUpRun = (
  scenario: Scenario,
  { games, feeders }: Pick<Pack, 'games' | 'feeders'>,
  expected: Expected,
  days: readonly PolicyDay[],
): SimulationReport => {
  const names = Object.keys(scenario.policies);
  const sorted = days.toSorted(
    (a, b) => names.indexOf(a.policy) - names.indexOf(b.policy) || a.replication - b.replication,
  );
  const means = summarise(sorted);
  const plain = Object.fromEntries(
    Object.entries(means).map(([policy, of]) => [
      policy,
      Object.fromEntries(Object.entries(of).map(([indicator, { mean }]) => [indicator, mean])),
    ]),
  );
  const misses = findMisses(expected, plain);
  return {
    ok: misses.length === 0,
    scenario,
    zone: games.time_zone,
    feeders: feeders.map(({ id, limit_kw }) => ({ id, limit_kw })),
    means,
    differences: compareDays(sorted, scenario.baseline),
    misses,
    days: sorted,
  };
};
