import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { rising, stat } from '../panels.js';
import { promqlNow, sql } from '../queries.js';

/** One row of numbers that say whether anyone has to look further. */
export const summaryPanels = (): readonly PanelBuilder[] => [
  stat(
    {
      title: 'Dispatch plan age',
      description:
        'Event time since the active dispatch plan was made. It is made every minute: past 3 minutes see solve duration and skipped cycles.',
      unit: 's',
    },
    [promqlNow('max(venueflow_plan_age_seconds{kind="dispatch"})', 'dispatch')],
  ).thresholds(rising(180, 600)),
  stat(
    {
      title: 'Energy plan age',
      description:
        'Event time since the active energy plan was made. It is made every 5 minutes: past 7 see solve duration and skipped cycles.',
      unit: 's',
    },
    [promqlNow('max(venueflow_plan_age_seconds{kind="energy"})', 'energy')],
  ).thresholds(rising(420, 1200)),
  stat(
    {
      title: 'Alarms',
      description: 'Conditions that hold now, acknowledged or not. The console lists them.',
      unit: 'none',
    },
    [promqlNow('sum(venueflow_alarms_active)', 'active')],
  ).thresholds(rising(1, 5)),
  stat(
    {
      title: 'Highest feeder loading',
      description: 'Load of the most loaded feeder over its limit.',
      unit: 'percentunit',
    },
    [promqlNow('max(venueflow_feeder_loading_ratio)', 'highest')],
  ).thresholds(rising(0.95, 1)),
  stat(
    {
      title: 'People waiting',
      description: 'Estimated passengers at all stops.',
      unit: 'none',
    },
    [promqlNow('sum(venueflow_stop_queue_passengers)', 'waiting')],
  ),
  stat(
    {
      title: 'Rejected messages kept',
      description: 'Messages that could not be stored, with payload and reason, in table rejected_message.',
      unit: 'none',
    },
    [sql('table', 'select count(*) as "rejected" from rejected_message')],
  ).thresholds(rising(1, 1000)),
];
