import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { stacked, timeseries } from '../panels.js';
import { promql, sql } from '../queries.js';

export const transportPanels = (): readonly PanelBuilder[] => [
  stacked(
    timeseries(
      {
        title: 'Queue by stop',
        description: 'Estimated passengers waiting, from gate counts and departures.',
        unit: 'none',
      },
      [promql('sum by (stop) (venueflow_stop_queue_passengers)', '{{stop}}')],
    ),
  ),
  timeseries(
    {
      title: 'Wait by line',
      description: 'Mean wait that the active dispatch plan expects.',
      unit: 's',
    },
    [promql('max by (line) (venueflow_line_wait_seconds)', '{{line}}')],
  ),
  stacked(
    timeseries(
      {
        title: 'Gate counts',
        description: 'People through the gates in each quarter of an hour, in event time.',
        unit: 'none',
      },
      [
        sql(
          'time_series',
          `
select r.bucket as "time", p.venue || ' ' || p.name as metric, r.sum as people
from reading_15m r
join point p on p.id = r.point_id
where $__timeFilter(r.bucket) and p.kind in ('count_in', 'count_out')
order by 1`,
        ),
      ],
    ),
  ),
];
