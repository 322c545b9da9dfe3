import type { ReplicationTask } from '../workers/protocol.js';
import { scenarioTasks } from '../workers/scenario-tasks.js';
import type { Scenario } from '../scenario.js';
import { type PolicyDay, summarise } from '../replications/compare-days.js';

/** By which policies are ranked; of all of them less is better. */
export const KEY_INDICATORS = [
  'mean_wait_s',
  'p95_wait_s',
  'unserved_passengers',
  'late_arrivals',
  'vehicle_hours',
  'energy_cost',
  'over_limit_kwh',
] as const;

/** Times the scenario's mismatch: planners know the world, are as wrong about it as usual, and twice as wrong. */
const TIMES = [0, 1, 2] as const;
const MOST_DAYS = 4;
/** About what a live plan of the campus computes in its time on two cores. */
export const LIVE_MOVES = 20_000;

/** Policies on some days of a variation of the scenario. */
export interface Variation {
  /** Of what is varied: mismatch, or moves a dispatch plan. */
  readonly value: number;
  readonly days: number;
  readonly means: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Policies by each indicator's mean, the least first. */
  readonly ranking: Readonly<Record<string, readonly string[]>>;
}

/** Whether conclusions hold in another world, and with other effort. */
export interface Robustness {
  readonly mismatch: readonly Variation[];
  readonly effort: readonly Variation[];
  /** Indicators whose ranking is not the same at every mismatch. */
  readonly reversed: readonly string[];
}

/** Scenarios that differ in one thing, and what of it. */
interface Varied {
  readonly value: number;
  readonly scenario: Scenario;
}

const variedMismatches = (scenario: Scenario): readonly Varied[] =>
  [...new Set(TIMES.map((times) => times * scenario.mismatch))].map((value) => ({
    value,
    scenario: { ...scenario, mismatch: value, replications: Math.min(scenario.replications, MOST_DAYS) },
  }));

/** A quarter, as asked, and live; none where no policy plans dispatch. */
const variedEfforts = (scenario: Scenario): readonly Varied[] => {
  if (Object.values(scenario.policies).every(({ dispatch }) => dispatch === 'timetable')) return [];
  const { moves } = scenario.effort;
  return [...new Set([Math.ceil(moves / 4), moves, LIVE_MOVES])]
    .sort((a, b) => a - b)
    .map((value) => ({ value, scenario: { ...scenario, effort: { moves: value }, replications: 1 } }));
};

/** Runs what is not among the `known` days of the scenario as it is. */
export const studyRobustness = async (
  packDirectory: string,
  scenario: Scenario,
  known: readonly PolicyDay[],
  run: (tasks: readonly ReplicationTask[]) => Promise<readonly PolicyDay[]>,
): Promise<Robustness> => {
  const studies = [variedMismatches(scenario), variedEfforts(scenario)];
  const isAsItIs = (varied: Varied): boolean =>
    varied.scenario.mismatch === scenario.mismatch && varied.scenario.effort.moves === scenario.effort.moves;
  const tasks = studies
    .flat()
    .flatMap((varied) => (isAsItIs(varied) ? [] : scenarioTasks(packDirectory, varied.scenario)));
  const ran = await run(tasks);
  const vary = (varied: Varied): Variation => {
    const { replications } = varied.scenario;
    const days = isAsItIs(varied)
      ? known.filter(({ replication }) => replication < replications)
      : ran.filter((_, at) => tasks[at]?.scenario === varied.scenario);
    return { value: varied.value, days: replications, ...rank(days) };
  };
  const [mismatch, effort] = studies.map((study) => study.map(vary)) as [Variation[], Variation[]];
  const reversed = KEY_INDICATORS.filter(
    (indicator) => new Set(mismatch.map(({ ranking }) => ranking[indicator]?.join(' '))).size > 1,
  );
  return { mismatch, effort, reversed };
};

const rank = (days: readonly PolicyDay[]): Pick<Variation, 'means' | 'ranking'> => {
  const figures = summarise(days);
  const policies = Object.keys(figures);
  const meanOf = (policy: string, indicator: string): number => figures[policy]?.[indicator]?.mean ?? 0;
  return {
    means: Object.fromEntries(
      policies.map((policy) => [
        policy,
        Object.fromEntries(KEY_INDICATORS.map((indicator) => [indicator, meanOf(policy, indicator)])),
      ]),
    ),
    ranking: Object.fromEntries(
      KEY_INDICATORS.map((indicator) => [
        indicator,
        policies.toSorted((a, b) => meanOf(a, indicator) - meanOf(b, indicator)),
      ]),
    ),
  };
};
