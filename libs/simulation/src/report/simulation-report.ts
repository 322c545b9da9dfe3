import type { Pack } from '#libs/games';
import { type Feed, patternsOf } from '#libs/transport';

import { type Expected, findMisses, type Miss } from '../indicators.js';
import { type Comparison, compareDays, type Figure, type PolicyDay, summarise } from '../replications/compare-days.js';
import type { Scenario } from '../scenario.js';
import type { Robustness } from '../studies/robustness.js';
import type { MapStop } from './network-map.js';

type ByIndicator<T> = Readonly<Record<string, T>>;

/** What a run came to. Means and differences by policy and indicator. */
export interface SimulationReport {
  /** Every indicator is as expected. */
  readonly ok: boolean;
  readonly scenario: Scenario;
  /** IANA time zone of the pack. */
  readonly zone: string;
  readonly feeders: readonly { readonly id: string; readonly limit_kw: number }[];
  /** Stops of the pack's lines, and of each pattern its stops in order: for the map. */
  readonly network: { readonly stops: readonly MapStop[]; readonly lines: readonly (readonly string[])[] };
  readonly means: Readonly<Record<string, ByIndicator<Figure>>>;
  /** To the baseline, on the same days. */
  readonly differences: Readonly<Record<string, ByIndicator<Comparison>>>;
  readonly misses: readonly Miss[];
  /** Where it was studied. */
  readonly robustness?: Robustness;
  /** By policy, in the scenario's order, and day. */
  readonly days: readonly PolicyDay[];
}

/** Sums up the days of a run, in whatever order they ended. */
export const sumUpRun = (
  scenario: Scenario,
  { pack: { games, feeders, transport }, feed }: { readonly pack: Pack; readonly feed: Feed },
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
    network: networkOf(transport.lines, feed),
    means,
    differences: compareDays(sorted, scenario.baseline),
    misses,
    days: sorted,
  };
};

const networkOf = (lines: readonly { readonly id: string }[], feed: Feed): SimulationReport['network'] => {
  const ids = new Set(lines.map(({ id }) => id));
  const patterns = patternsOf(feed).filter(({ line }) => ids.has(line));
  const called = new Set(patterns.flatMap(({ stops }) => stops.map(({ stop }) => stop)));
  return {
    stops: [...called].flatMap((id) => {
      const { stop_name: name = id, stop_lat: lat, stop_lon: lon } = feed.stops.get(id) ?? {};
      return lat === undefined || lon === undefined ? [] : [{ id, name, lat, lon }];
    }),
    lines: patterns.map(({ stops }) => stops.map(({ stop }) => stop)),
  };
};
