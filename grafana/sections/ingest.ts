import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { timeseries } from '../panels.js';
import { promql, sql } from '../queries.js';

export const ingestPanels = (): readonly PanelBuilder[] => [
  timeseries(
    {
      title: 'Readings',
      description: 'Readings a second by outcome. Rejected ones are kept with their reason in rejected_message.',
      unit: 'cps',
    },
    [promql('sum by (outcome) (rate(venueflow_ingest_readings_total[$__rate_interval]))', '{{outcome}}')],
  ),
  timeseries(
    {
      title: 'Ingest delay, 95 %',
      description: 'Wall time from a message taken to its commit that 95 % stay below.',
      unit: 's',
    },
    [
      promql(
        'histogram_quantile(0.95, sum by (le) (rate(venueflow_ingest_delay_seconds_bucket[$__rate_interval])))',
        '95 %',
      ),
    ],
  ),
  timeseries(
    {
      title: 'Rejected readings by day',
      description:
        'Readings lost with rejected messages on each day of wall time, by the code of the reason; zero where there were none. The page Devices says what to do about each.',
      unit: 'none',
    },
    [
      sql(
        'time_series',
        `
select day as "time", coalesce(split_part(m.reason, ':', 1), 'none') as metric, coalesce(sum(m.readings), 0) as readings
from generate_series(date_trunc('day', $__timeFrom()::timestamptz), $__timeTo()::timestamptz, interval '1 day') as day
left join rejected_message m on m.at >= day and m.at < day + interval '1 day'
group by 1, 2
order by 1`,
      ),
    ],
  ),
];
