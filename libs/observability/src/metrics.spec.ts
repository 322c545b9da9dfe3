import { describe, expect, it } from '@jest/globals';
import { Metrics } from './metrics.js';

const NAMES = [
  'ingest_messages_total',
  'ingest_readings_total',
  'ingest_delay_seconds',
  'ingest_batch_rows',
  'solve_duration_seconds',
  'solve_gap_ratio',
  'plan_age_seconds',
  'plan_state_total',
  'site_power_watts',
  'feeder_loading_ratio',
  'command_outcome_total',
  'line_wait_seconds',
  'stop_queue_passengers',
  'forecast_error_ratio',
  'alarms_active',
  'cycle_skipped_total',
];

describe('Metrics', () => {
  it('has every name of the contract, each with help', async () => {
    const text = await new Metrics().text();
    for (const name of NAMES) expect(text).toMatch(new RegExp(`^# HELP venueflow_${name} \\S`, 'm'));
  });

  it('starts counters at zero, so that their first step has a rate', async () => {
    const metrics = new Metrics();
    expect(await metrics.text()).toContain('venueflow_ingest_readings_total{outcome="rejected"} 0');
    metrics.ingestReadings.inc({ outcome: 'rejected' });
    expect(await metrics.text()).toContain('venueflow_ingest_readings_total{outcome="rejected"} 1');
  });

  it('keeps the process metrics but the three that promtool refuses', async () => {
    const text = await new Metrics().text();
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toMatch(/nodejs_active_\w+_total/);
  });

  it('keeps two platforms in one process apart', async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    one.alarmsActive.set({ priority: 'high' }, 3);
    expect(await other.text()).toContain('venueflow_alarms_active{priority="high"} 0');
  });
});
