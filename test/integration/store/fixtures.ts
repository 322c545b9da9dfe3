import { type EpochMs, epochMs, MINUTE_MS } from '#libs/kernel';
import type { Plan, PlanEvent, PlanKind, PlanState } from '#libs/planning';
import type { Batch, ReadingRow } from '#libs/store';
import { QUALITY } from '#libs/telemetry';

export const NOON = epochMs(Date.UTC(2026, 1, 6, 12));

/** Minutes after noon. */
export const at = (minutes: number): EpochMs => epochMs(NOON + minutes * MINUTE_MS);

export const reading = (pointId: number, ts: EpochMs, value: number, quality: number = QUALITY.good): ReadingRow => ({
  pointId,
  ts,
  value,
  quality,
});

export const batchOf = (...readings: readonly ReadingRow[]): Batch => ({ readings, receipts: [], rejected: [] });

export const planOf = (id: string, kind: PlanKind, seq: number, state: PlanState = 'proposed'): Plan => ({
  id,
  kind,
  seq,
  state,
  created: at(seq),
  valid_until: at(seq + 60),
  provenance: {
    forecast_run: 'run-1',
    data_up_to_ms: at(seq),
    pack_version: '1',
    solver: 'highs',
    solver_status: 'optimal',
    seed: 7,
    objective: 12.5,
    bound: 12.5,
    gap_ratio: 0,
    solve_ms: 40,
  },
  problem: { z: 1, a: [0.1, 0.2] },
  content: { departures: [] },
});

export const eventOf = (plan: string, state: PlanState, by = 'policy', minutes = 0): PlanEvent => ({
  plan,
  at: at(minutes),
  state,
  by,
  reason: null,
});
