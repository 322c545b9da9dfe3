import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { stacked, timeseries } from '../panels.js';
import { promql } from '../queries.js';

export const alarmPanels = (): readonly PanelBuilder[] => [
  stacked(
    timeseries(
      {
        title: 'Active alarms by priority',
        description: 'Conditions that hold, by priority. The console lists and acknowledges them.',
        unit: 'none',
      },
      [promql('sum by (priority) (venueflow_alarms_active)', '{{priority}}')],
    ),
  ),
  timeseries(
    {
      title: 'Skipped planning cycles',
      description: 'Cycles a minute that were due while the one before was still solving.',
      unit: 'opm',
    },
    [promql('60 * sum by (kind) (rate(venueflow_cycle_skipped_total[$__rate_interval]))', '{{kind}}')],
  ),
];
