import { formatFault } from '#libs/kernel';
import {
  checkOverlays,
  type CheapestFound,
  CONFIDENCE,
  dayWindow,
  type Judged,
  type RunOptions,
  runTasks,
  type Scenario,
  type ScenarioSearch,
  searchCheapest,
} from '#libs/simulation';

import { formatTable } from '../output.js';
import type { PreparedScenario } from './read-scenario.js';

/** What is wrong with the candidates' overlays, beside those of the scenario; undefined: nothing. */
export const checkSearch = (
  { pack, feed, scenario }: PreparedScenario,
  { candidates }: ScenarioSearch,
): string | undefined => {
  const faults = candidates.flatMap(({ name, overlays }) =>
    checkOverlays(pack, feed, [...scenario.overlays, ...overlays], dayWindow(scenario, pack)).map(
      (fault) => `${name}: ${formatFault(fault)}`,
    ),
  );
  return faults.length > 0 ? `search.candidates: ${faults.join(' ')}` : undefined;
};

/** Draws days of candidates until the cheapest that meets the target is known, or there are as many as the scenario's replications. */
export const runSearch = (
  packDirectory: string,
  scenario: Scenario,
  { policy, target, candidates }: ScenarioSearch,
  options: RunOptions,
): Promise<CheapestFound> => {
  const rules = scenario.policies[policy];
  const scenarios = candidates.map(({ overlays }): Scenario => ({
    ...scenario,
    overlays: [...scenario.overlays, ...overlays],
    policies: rules ? { [policy]: rules } : {},
  }));
  const sample = async (asked: readonly { readonly candidate: number; readonly day: number }[]) => {
    const tasks = asked.map(({ candidate, day }) => ({
      packDirectory,
      scenario: scenarios[candidate] ?? scenario,
      policy,
      replication: day,
    }));
    const days = await runTasks(tasks, options);
    return days.map(({ indicators }) => {
      const value = indicators[target.indicator];
      if (value === undefined)
        throw new Error(
          `search.target.indicator: there is no ${target.indicator}; one of ${Object.keys(indicators).join(', ')}.`,
        );
      return value;
    });
  };
  return searchCheapest({ candidates, atMost: target.at_most, mostDays: scenario.replications, sample });
};

const SAYS = { meets: 'meets it', misses: 'does not', open: 'not known' } as const;

const rowOf = ({ name, cost, verdict, days, mean, half_width }: Judged): readonly string[] => [
  name,
  String(cost),
  SAYS[verdict],
  String(days),
  days === 0 ? '' : `${mean.toFixed(2)} ± ${half_width.toFixed(2)}`,
];

/** For people: what was found, how sure that is, and each candidate. */
export const describeSearch = ({ policy, target }: ScenarioSearch, { best, open, judged }: CheapestFound): string => {
  const goal = `${target.indicator} of ${policy} at most ${target.at_most}`;
  const sure = `${100 * CONFIDENCE} % sure`;
  const rest = open.length === 0 ? '' : ` Not known of ${open.map(({ name }) => name).join(', ')}: draw more days.`;
  const found = best
    ? `${best.name} is ${open.length === 0 ? 'the cheapest that meets it' : 'the cheapest that is sure to meet it'}, ${sure}.${rest}`
    : `None of them is sure to meet it.${rest}`;
  return `Target: mean of ${goal}\n\n${formatTable(['candidate', 'cost', 'target', 'days', 'mean'], judged.map(rowOf))}\n\n${found}`;
};
