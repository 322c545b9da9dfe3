import { expect, it } from '@jest/globals';

import type { PolicyDay } from '../replications/compare-days.js';
import { tinyScenario } from '../tiny-day.fixture.js';
import type { ReplicationTask } from '../workers/protocol.js';
import { LIVE_MOVES, studyRobustness } from './robustness.js';

/** The plan waits less unless the world is far off what planners expect; more effort helps a little. */
const dayOf = ({ scenario, policy, replication }: ReplicationTask): PolicyDay => ({
  policy,
  replication,
  indicators: {
    mean_wait_s: policy === 'planned' ? 100 + 80 * scenario.mismatch - scenario.effort.moves / 1e4 : 200,
    energy_cost: policy === 'planned' ? 1 : 2,
  },
});

it('ranks policies at no, the usual and twice the mismatch, and at other efforts, and runs nothing twice', async () => {
  const scenario = { ...tinyScenario, mismatch: 1, replications: 6, effort: { moves: 1000 } };
  const asItIs = Object.keys(scenario.policies).flatMap((policy) =>
    Array.from({ length: 6 }, (_, replication) => dayOf({ packDirectory: '', scenario, policy, replication })),
  );
  const ran: ReplicationTask[] = [];
  const { mismatch, effort, reversed } = await studyRobustness('/tiny', scenario, asItIs, (tasks) => {
    ran.push(...tasks);
    return Promise.resolve(tasks.map(dayOf));
  });
  // Two policies: four days each at mismatch 0 and 2, one day each at a quarter and at live effort.
  expect(ran).toHaveLength(2 * 2 * 4 + 2 * 2);
  expect(mismatch.map(({ value, ranking }) => [value, ranking['mean_wait_s']?.[0]])).toEqual([
    [0, 'planned'],
    [1, 'planned'],
    [2, 'without_plan'],
  ]);
  expect(reversed).toEqual(['mean_wait_s']);
  expect(effort.map(({ value }) => value)).toEqual([250, 1000, LIVE_MOVES]);
  expect(effort[2]?.means['planned']?.['mean_wait_s']).toBeCloseTo(178);
});
