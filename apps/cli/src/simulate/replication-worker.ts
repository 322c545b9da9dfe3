import { parentPort, workerData } from 'node:worker_threads';

import { createSolver } from '#libs/lp';
import { type DaySample, drawWorld, replicationSeed, runDay } from '#libs/simulation';

import type { ReplicationAnswer, ReplicationTask, WorkerStart } from './protocol.js';
import { readScenario } from './read-scenario.js';

const { folder } = workerData as WorkerStart;
const port = parentPort;
if (!port) throw new Error('This file runs as a worker.');
const answer = (message: ReplicationAnswer): void => port.postMessage(message);

const read = await readScenario(folder);
if (!read.ok) throw new Error(read.error);
const { pack, feed, scenario } = read.value;
const solver = createSolver('highs');

const run = async ({ policy, replication, seed }: ReplicationTask): Promise<void> => {
  const rules = scenario.policies[policy];
  if (!rules) throw new Error(`The scenario has no policy ${policy}.`);
  let told = 0;
  const samples: DaySample[] = [];
  const indicators = await runDay({
    scenario: { ...scenario, seed },
    pack,
    feed,
    solver,
    policy: rules,
    world: drawWorld(replicationSeed(seed, replication), scenario.mismatch),
    ...(replication === 0 && { onSample: (sample: DaySample) => samples.push(sample) }),
    onProgress: (ratio) => {
      if (ratio - told < 0.02) return;
      told = ratio;
      answer({ ratio });
    },
  });
  answer({ day: { policy, replication, indicators, ...(replication === 0 && { samples }) } });
};

port.on('message', (task: ReplicationTask) => {
  run(task).catch((error: unknown) => answer({ failure: error instanceof Error ? error.message : String(error) }));
});
