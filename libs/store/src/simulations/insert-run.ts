import type { Queryable } from '../connection.js';
import type { NewSimulation } from './contract.js';

/** Adds a run, queued. `forLedger`: nobody asked for it. */
export const insertRun = async (client: Queryable, run: NewSimulation, forLedger: boolean): Promise<void> => {
  await client.query(
    `insert into simulation_run (id, title, scenario, pack_version, replications, policies, by, created, replay, measured, happened, state, kept, under_way, for_ledger)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::json is not null, $9, $10, 'queued', false, '{}', $11)`,
    [
      run.id,
      run.title,
      JSON.stringify(run.scenario),
      run.packVersion,
      run.replications,
      run.policies,
      run.by,
      new Date(run.created),
      run.measured === null ? null : JSON.stringify(run.measured),
      run.happened === null ? null : JSON.stringify(run.happened),
      forLedger,
    ],
  );
};
