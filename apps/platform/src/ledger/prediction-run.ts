import { createHash } from 'node:crypto';

import type { Pack } from '#libs/games';
import type { EpochMs } from '#libs/kernel';
import { type Scenario, scenarioFile } from '#libs/simulation';
import type { NewSimulation } from '#libs/store';

/** Few: a prediction is to leave the machine to the live event. */
const REPLICATIONS = 4;
const POLICY = 'live';

/** The pack's own day with nothing otherwise, shuttles and batteries planned as live. Its seed is the date, so a day is drawn alike by whoever predicts it. */
const predictionScenario = (pack: Pack, day: string): Scenario =>
  scenarioFile.parse({
    title: `Prediction of ${day}`,
    pack: pack.games.id,
    day,
    seed: Number(day.replaceAll('-', '')),
    replications: REPLICATIONS,
    overlays: [],
    policies: { [POLICY]: { dispatch: 'dispatch_with_forecast', energy: 'planned' } },
    baseline: POLICY,
    cadence: { energy_minutes: 15, dispatch_minutes: 15 },
    effort: { moves: 500 },
  });

/** The run that predicts a day: the same by whoever asks for it. */
export const predictionRun = (pack: Pack, day: string, created: EpochMs): NewSimulation => {
  const { id, version } = pack.games;
  const scenario = predictionScenario(pack, day);
  return {
    id: createHash('sha256').update(`ledger ${id} ${version} ${day}`).digest('hex').slice(0, 12),
    title: scenario.title,
    scenario,
    packVersion: version,
    replications: scenario.replications,
    policies: 1,
    by: 'ledger',
    created,
    measured: null,
    happened: null,
  };
};
