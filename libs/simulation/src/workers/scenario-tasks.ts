import type { Scenario } from '../scenario.js';
import type { ReplicationTask } from './protocol.js';

/** Every policy on every drawn day from `first` on; the policies of a day one after the other, so that pairs are complete early. */
export const scenarioTasks = (packDirectory: string, scenario: Scenario, first = 0): readonly ReplicationTask[] =>
  Array.from({ length: scenario.replications - first }, (_, at) =>
    Object.keys(scenario.policies).map((policy): ReplicationTask => ({
      packDirectory,
      scenario,
      policy,
      replication: first + at,
    })),
  ).flat();
