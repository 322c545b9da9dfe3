import { parentPort } from 'node:worker_threads';

import { formatFault } from '#libs/kernel';
import { loadPack, type Pack } from '#libs/games';
import { createSolverHere } from '#libs/lp';
import { type Feed, readPackFeed } from '#libs/transport';

import { replicationSeed } from '../replications/replication-seed.js';
import { measuredWorld, withMeasured } from '../replay/measured-day.js';
import { type DaySample, dayWindow, runDay } from '../run-day.js';
import { drawWorld } from '../world/world.js';
import type { ReplicationAnswer, ReplicationTask } from './protocol.js';

/** What the planners and the report need of a day grows with the pack: one pack at a time. */
let loaded: { readonly directory: string; readonly pack: Pack; readonly feed: Feed } | undefined;

const port = parentPort;
if (!port) throw new Error('This file runs as a worker.');
const answer = (message: ReplicationAnswer): void => port.postMessage(message);
const solver = createSolverHere();

const load = async (directory: string): Promise<NonNullable<typeof loaded>> => {
  if (loaded?.directory === directory) return loaded;
  const pack = await loadPack(directory);
  if (!pack.ok) throw new Error(pack.error[0] ? formatFault(pack.error[0]) : `The pack ${directory} cannot be read.`);
  const feed = readPackFeed(pack.value);
  if (!feed.ok) throw new Error(`The feed of ${directory} cannot be read.`);
  loaded = { directory, pack: pack.value, feed: feed.value };
  return loaded;
};

const run = async ({ packDirectory, scenario, policy, replication, measured }: ReplicationTask): Promise<void> => {
  const rules = scenario.policies[policy];
  if (!rules) throw new Error(`The scenario has no policy ${policy}.`);
  const { pack, feed } = await load(packDirectory);
  const world = drawWorld(replicationSeed(scenario.seed, replication), scenario.mismatch);
  let told = 0;
  const samples: DaySample[] = [];
  const indicators = await runDay({
    scenario,
    pack: measured ? withMeasured(pack, dayWindow(scenario, pack), measured) : pack,
    feed,
    solver,
    policy: rules,
    world: measured ? measuredWorld(world) : world,
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
