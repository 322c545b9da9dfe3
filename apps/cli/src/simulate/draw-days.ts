import {
  compareDays,
  type PolicyDay,
  type ReplicationTask,
  ROUND,
  type RunOptions,
  runTasks,
  type Scenario,
  scenarioTasks,
} from '#libs/simulation';

/** A half-width that is asked for: of an indicator's paired difference, or of its mean where only one policy runs. */
export interface WantedWidth {
  readonly indicator: string;
  readonly halfWidth: number;
}

/** Fewer days say nothing of their spread. */
const LEAST_DAYS = 2 * ROUND;

/** Every policy on the scenario's days; with a wanted half-width on as many of them, round by round, as it takes. The same on any number of cores. */
export const drawDays = async (
  packDirectory: string,
  scenario: Scenario,
  wanted: WantedWidth | undefined,
  options: RunOptions,
): Promise<readonly PolicyDay[]> => {
  if (!wanted) return runTasks(scenarioTasks(packDirectory, scenario), options);
  const { replications } = scenario;
  const policies = Object.keys(scenario.policies).length;
  const days: PolicyDay[] = [];
  for (let drawn = 0; drawn < replications && !isReached(days, scenario, wanted);) {
    const next = Math.min(replications, drawn === 0 ? LEAST_DAYS : drawn + ROUND);
    const tasks: readonly ReplicationTask[] = scenarioTasks(packDirectory, { ...scenario, replications: next }, drawn);
    const before = drawn;
    const onProgress = (ratio: number): void =>
      options.onProgress((before * policies + ratio * tasks.length) / (replications * policies));
    days.push(...(await runTasks(tasks, { ...options, onProgress })));
    drawn = next;
  }
  return days;
};

const isReached = (
  days: readonly PolicyDay[],
  { baseline }: Pick<Scenario, 'baseline'>,
  { indicator, halfWidth }: WantedWidth,
): boolean => {
  const differences = Object.values(compareDays(days, baseline)).map((of) => of[indicator]?.half_width ?? Infinity);
  return differences.length > 0 && differences.every((width) => width <= halfWidth);
};
