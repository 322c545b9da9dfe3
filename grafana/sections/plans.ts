import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { rising, stacked, timeseries, withLimits } from '../panels.js';
import { promql, sql } from '../queries.js';

export const planPanels = (): readonly PanelBuilder[] => [
  withLimits(
    timeseries(
      {
        title: 'Plan age',
        description:
          'Event time since the active plan was made. A saw-tooth is right; a ramp is a planner that stopped.',
        unit: 's',
      },
      [promql('max by (kind) (venueflow_plan_age_seconds)', '{{kind}}')],
    ),
    rising(420, 1200),
  ),
  timeseries(
    {
      title: 'Solve duration, 95 %',
      description: 'Wall time of a solve that 95 % stay below. It must stay under the cadence divided by the speed.',
      unit: 's',
    },
    [
      promql(
        'histogram_quantile(0.95, sum by (le, kind) (rate(venueflow_solve_duration_seconds_bucket[$__rate_interval])))',
        '{{kind}}',
      ),
    ],
  ),
  timeseries(
    {
      title: 'Solve gap',
      description: 'How far the plan may lie from the best one: (cost - proven bound) / cost.',
      unit: 'percentunit',
    },
    [promql('max by (kind) (venueflow_solve_gap_ratio)', '{{kind}}')],
  ),
  timeseries(
    {
      title: 'Plan transitions',
      description: 'Plans a minute by the state they entered. Rejections and roll-backs are people at work.',
      unit: 'opm',
    },
    [promql('60 * sum by (kind, state) (rate(venueflow_plan_state_total[$__rate_interval]))', '{{kind}} {{state}}')],
  ),
  timeseries(
    {
      title: 'Forecast error',
      description: 'Mean error of the forecast over the mean of what came, by series.',
      unit: 'percentunit',
    },
    [promql('avg by (series) (venueflow_forecast_error_ratio)', '{{series}}')],
  ),
  stacked(
    timeseries(
      {
        title: 'Plans by state',
        description: 'Plans made in each quarter of an hour of event time, by the state they are in now.',
        unit: 'none',
      },
      [
        sql(
          'time_series',
          `
select date_bin('15 minutes', created, timestamptz '2000-01-01') as "time", kind || ' ' || state as metric, count(*) as plans
from plan
where $__timeFilter(created)
group by 1, 2
order by 1`,
        ),
      ],
    ),
  ),
];
